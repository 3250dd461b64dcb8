import type { StandardColumn, StandardView } from '../../../shared/dictionary/columns.ts';
import type { Kind } from '../../../shared/dictionary/kinds.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';

/** The views whose rows are people; they are one table, `registro`, by their role. */
export type Role = 'custodiado' | 'visitante' | 'advogado';
const roles: readonly string[] = ['custodiado', 'visitante', 'advogado'] satisfies Role[];

/** A standard view as the national layer holds it. */
export interface TypedView {
  readonly view: StandardView;
  /** `nacional.custodia` */
  readonly table: string;
  /** `nacional.historico_custodia` */
  readonly history: string;
  /** Of a view of people. */
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

export const typedViews: readonly TypedView[] = standardViews.map((view) => {
  const role = roles.includes(view.name) ? (view.name as Role) : null;
  const name = role === null ? view.name : 'registro';
  return {
    ...{ view, role, table: `nacional.${name}`, history: `nacional.historico_${name}` },
    columns: view.columns.filter((column) => column.kind !== 'key' && isTreated(column)),
  };
});

export function typedView(name: string): TypedView | undefined {
  return typedViews.find(({ view }) => view.name === name);
}
