import type { StandardView } from '../dictionary/columns.ts';
import type { ColumnType } from '../dictionary/kinds.ts';

/** What a script is made for. Names are plain (`nameRule`), so that they need no quotes in any dialect. */
export interface ScriptNames {
  /** Where the views go; where the engine has no schemas, what their names begin with. */
  readonly schema: string;
  /** The state's database, as the server calls it. */
  readonly database: string;
  /** The database user of who reads the views. */
  readonly user: string;
  /** The address from which the views are read; null when it is not known. Only MySQL asks for it. */
  readonly from: string | null;
  readonly views: readonly StandardView[];
  /** Who reads them: the agent has them in a file of the state's, central finds them by itself. */
  readonly reader: Reader;
}

export type Reader = 'agent' | 'central';

/** What a schema or a user may be called: short enough for Firebird 2.5, of letters that every engine takes as they are. */
export const nameRule = /^[a-z][a-z0-9_]{0,30}$/;

/** Stands where the DBA has to fill something in. It is no SQL: a script that still holds it is refused there. */
export function toFillIn(what: 'SENHA' | 'IP_DE_QUEM_LE'): string {
  return `<${what}>`;
}

/**
 * What differs between the engines. Each part is a list of blocks: statements, complete with what ends them, and
 * comments. No comment holds an apostrophe: some clients look for the end of a text from there.
 */
export interface Dialect {
  /** How to run a script, in Portuguese, after "Para rodar:". */
  run(names: ScriptNames): string;
  readonly types: Readonly<Record<ColumnType, string>>;
  /** What a SELECT of constants reads from, to be put before WHERE; empty where it needs nothing. */
  readonly dual: string;
  /** The greatest of instants that is there; null when none is. */
  greatest(instants: readonly string[]): string;
  /** A view's name in statements, and in the configuration. */
  viewName(names: ScriptNames, view: string): string;
  /** What the view calls a column, quoted where the engine would change the name. */
  columnName(name: string): string;
  /** What has to be there before the views, and what holds for all of them. */
  beforeViews(names: ScriptNames): readonly string[];
  createView(name: string, select: string): string;
  createUser(names: ScriptNames): readonly string[];
  /** Lets the user read a view; null where the engine knows no users. */
  grantSelect(names: ScriptNames, view: string): string | null;
  /** Whether an index that ascends is of no use backwards. */
  readonly indexesAreOneWay?: boolean;
  /** Ends the user's sessions and takes away all that it was given. */
  revoke(names: ScriptNames): readonly string[];
  /** What the views leave behind, to be dropped when nobody needs them any more. */
  dropViews(names: ScriptNames): readonly string[];
}

/** Text as lines of comment. */
export function comment(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '--' : `-- ${line}`))
    .join('\n');
}

/**
 * The greatest by a function that gives null as soon as one of its arguments is null: each of them falls back on the
 * others, so that null comes only when all are.
 */
export function greatestByFallback(name: string, instants: readonly string[]): string {
  const rotated = instants.map((_, at) => [...instants.slice(at), ...instants.slice(0, at)]);
  const each = rotated.map((rotation) => `COALESCE(${rotation.join(', ')})`);
  return `${name}(\n    ${each.join(',\n    ')})`;
}
