import type { ViewCopy } from '../base/source-layer/view-copies.ts';
import type { Owed } from '../state/view-states.ts';
import type { StoredCheckpoint } from './examine-state.ts';

/**
 * How a checkpoint stands to the base (docs/decisions/0005, 0013). `missing`: the base has pages and there is none.
 * `other-base`, `ahead`: it stands for pages that this base does not hold. `differs`: the same number of pages, and
 * another place than the base says, which nothing that Guarita does can bring about.
 */
export type Standing = 'sound' | 'missing' | 'other-base' | 'ahead' | 'differs';

export interface ComparedView {
  readonly source: string;
  readonly view: string;
  readonly standing: Standing;
  /** What the base says of the view; null for one that it never heard of. */
  readonly copy: ViewCopy | null;
}

/** Compares every checkpoint with what the base says of its view, and finds the views that have none. */
export function compareCheckpoints(
  checkpoints: readonly StoredCheckpoint[],
  copies: readonly ViewCopy[],
  baseId: string,
): ComparedView[] {
  const nameOf = ({ source, view }: { source: string; view: string }) => `${source} ${view}`;
  const byName = new Map(checkpoints.map((checkpoint) => [nameOf(checkpoint), checkpoint]));
  const known = new Set(copies.map(nameOf));
  const loaded = copies
    .filter((copy) => copy.loads > 0 || byName.has(nameOf(copy)))
    .map((copy) => {
      const { source, view } = copy;
      return { source, view, standing: standingOf(byName.get(nameOf(copy)), copy, baseId), copy };
    });
  const unheard = checkpoints
    .filter((checkpoint) => !known.has(nameOf(checkpoint)))
    .map((checkpoint): ComparedView => {
      const { source, view, base } = checkpoint;
      return { source, view, standing: base === baseId ? 'ahead' : 'other-base', copy: null };
    });
  return [...loaded, ...unheard];
}

function standingOf(checkpoint: StoredCheckpoint | undefined, copy: ViewCopy, baseId: string): Standing {
  if (checkpoint === undefined) return 'missing';
  if (checkpoint.base !== baseId) return 'other-base';
  if (checkpoint.loads > copy.loads) return 'ahead';
  // Behind it may be: by a page whose run was killed, by lookups, which count as pages and move no cursor.
  if (checkpoint.loads < copy.loads || copy.cursor === null) return 'sound';
  return checkpoint.cursor === copy.cursor ? 'sound' : 'differs';
}

/** Why a view whose checkpoint was taken from the base is to be reconciled. */
export const owedFor: Readonly<Record<Exclude<Standing, 'sound'>, Owed>> = {
  missing: 'checkpoint-lost',
  differs: 'checkpoint-lost',
  'other-base': 'base-changed',
  ahead: 'base-changed',
};
