import type { ViewDescription } from '../../../shared/sources/view-source.ts';

/** What the base knows of a view, as `guarita.view` has it; numbers as text. */
export interface KnownView {
  readonly key: readonly string[];
  readonly columns: readonly { name: string; type: string }[];
  readonly fingerprint: string;
  readonly epoch: string;
  readonly loads: string;
  readonly rows: string;
  readonly cursor: string | null;
  readonly cycleComplete: boolean;
}

/** A change of a view that is not believed without asking: it may as well be a mistake at the source. */
export interface Doubt {
  readonly code: 'epoch-changed' | 'column-lost';
  readonly detail: string;
  /** What exactly is in doubt, the new epoch or the new fingerprint: a decision holds for nothing else. */
  readonly subject: string;
  /** Names of the columns that it is about. */
  readonly columns?: readonly string[];
}

/**
 * The doubts about a description, by what was known before. A lost column that was believed once is not known any
 * more, and so not doubted again.
 */
export function doubtsAbout(known: KnownView, view: ViewDescription): Doubt[] {
  const doubts: Doubt[] = [];
  if (known.epoch !== view.epoch) {
    const detail = `Visão "${view.name}": a fonte tem outro histórico do que antes.`;
    doubts.push({ code: 'epoch-changed', detail, subject: view.epoch });
  }
  const lost = lostColumns(known, view);
  if (lost.length > 0) {
    const names = lost.map((name) => `"${name}"`).join(', ');
    const detail = `Visão "${view.name}": ${names}.`;
    doubts.push({ code: 'column-lost', detail, subject: view.fingerprint, columns: lost });
  }
  return doubts;
}

/** What differs between two descriptions of a view, for the operator. */
export function differences(known: KnownView, view: ViewDescription): string[] {
  if (known.fingerprint === view.fingerprint) return [];
  const before = new Map(known.columns.map((column) => [column.name, column.type]));
  const added = view.columns
    .filter(({ name }) => !before.has(name))
    .map(({ name }) => `column "${name}" was added`);
  const dropped = lostColumns(known, view).map((name) => `column "${name}" was dropped`);
  const retyped = view.columns.flatMap(({ name, type }) => {
    const old = before.get(name);
    return old !== undefined && old !== type ? [`column "${name}" was ${old}, is now ${type}`] : [];
  });
  return [...added, ...dropped, ...retyped];
}

function lostColumns(known: KnownView, view: ViewDescription): string[] {
  const now = new Set(view.columns.map(({ name }) => name));
  return known.columns.map(({ name }) => name).filter((name) => !now.has(name));
}
