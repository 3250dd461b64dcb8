import type { StandardColumn, StandardView } from '../../../shared/dictionary/columns.ts';
import type { Kind } from '../../../shared/dictionary/kinds.ts';
import { type Role, roles } from '../../../shared/dictionary/roles.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';

/** A standard view as the national layer holds it. */
export interface TypedView {
  readonly view: StandardView;
  /** `nacional.custodia` */
  readonly table: string;
  /** `nacional.historico_custodia` */
  readonly history: string;
  /** Of a view of people: they are one table, `registro`, by their role. */
  readonly role: Role | null;
  /** What is carried of it, without its key, in the order of the dictionary. */
  readonly columns: readonly StandardColumn[];
}

/** The key is told apart; bytes of photos and the watermark of a view are not treated. */
const notTreated: readonly Kind[] = ['bytes', 'changed'];

/** Whether treatment reads a column at all. */
export function isTreated({ kind }: StandardColumn): boolean {
  return !notTreated.includes(kind);
}

/** All standard views, in the order of the dictionary. */
export const typedViews: readonly TypedView[] = standardViews.map((view) => {
  const role = roles.find((each) => each === view.name) ?? null;
  const name = role === null ? view.name : 'registro';
  return {
    ...{ view, role, table: `nacional.${name}`, history: `nacional.historico_${name}` },
    columns: view.columns.filter((column) => column.kind !== 'key' && isTreated(column)),
  };
});

/** Undefined for a view of the source's own. */
export function typedView(name: string): TypedView | undefined {
  return typedViews.find(({ view }) => view.name === name);
}

/**
 * As which standard view the rows of a source's view are treated; undefined for a view of its own, and for one whose key
 * is not the dictionary's, so that nothing could refer to its rows.
 */
export function treatedAs(name: string, key: readonly string[]): TypedView | undefined {
  const view = typedView(name);
  return view?.view.key.join() === key.join() ? view : undefined;
}
