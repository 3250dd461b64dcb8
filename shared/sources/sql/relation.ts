import type { ViewConfig } from '../view-config.ts';
import type { ColumnDescription, ViewDescription } from '../view-source.ts';

/**
 * A view or table; `relation` is its name, quoted, as SQL text.
 * @typeParam C a column as the engine's catalogue has it
 */
export interface SqlRelation<C extends ColumnDescription> {
  readonly relation: string;
  readonly columns: readonly C[];
}

/** A view as the database has it. */
export interface SqlView<C extends ColumnDescription> extends SqlRelation<C> {
  readonly config: ViewConfig;
  readonly description: ViewDescription;
  /** The log of its changes, in mode `changelog`. */
  readonly log: SqlRelation<C> | null;
}

/** The column of that name, which `describeView` or `describeLog` has found there. */
export function columnOf<C extends ColumnDescription>({ columns }: SqlRelation<C>, name: string): C {
  const column = columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new TypeError(`no column "${name}"`);
  return column;
}
