import type { Key } from '../reading/keys.ts';
import type { MysqlTransaction } from './connections.ts';
import { literalOf, mayBeValue } from './literals.ts';
import type { MysqlColumn } from './types.ts';

/** A column of a key, as the view has it and as its log has it. */
interface KeyPlace {
  readonly view: MysqlColumn;
  readonly log: MysqlColumn;
}

/**
 * Keys of a log as the view would give them: the server casts each to the type of the view's column, so that `007` of
 * a text names the 7 of a number. Without it, a row that is gone is reported under a key that nobody has. What is no
 * value of that type stays as it was: no row has it, and one bad entry of a log must not stop the others.
 */
export async function inTypesOfView(
  transaction: MysqlTransaction,
  keys: readonly Key[],
  places: readonly KeyPlace[],
): Promise<readonly Key[]> {
  if (keys.length === 0) return keys;
  const rows = keys.map(
    (key) => `SELECT ${places.map((place, index) => render(key[index] ?? null, place)).join(', ')}`,
  );
  const rendered = await transaction.rows(rows.join(' UNION ALL '));
  return keys.map((key, index) =>
    key.map((text, place) => {
      const cast = rendered[index]?.[place] ?? null;
      const view = places[place]?.view;
      return cast !== null && view !== undefined && mayBeValue(view, cast) ? cast : text;
    }),
  );
}

/** SQL for the text of a key in the type of the view; NULL where it stays as it is. */
function render(text: string | null, { view, log }: KeyPlace): string {
  if (text === null || !mayBeValue(log, text) || !(castable[view.kind]?.test(text) ?? true)) return 'NULL';
  const value = literalOf(log, text) ?? 'NULL';
  const size = /\(\d+(,\d+)?\)/.exec(view.type)?.[0] ?? '';
  switch (view.kind) {
    case 'integer':
      // Not as an integer: of one that is too large the server makes another one.
      return `CAST(CAST(${value} AS DECIMAL(65)) AS CHAR)`;
    case 'decimal':
      return `CAST(CAST(${value} AS DECIMAL${size}) AS CHAR)`;
    case 'date':
      return `CAST(CAST(${value} AS DATE) AS CHAR)`;
    case 'datetime':
    case 'timestamp':
      return `CAST(CAST(${value} AS DATETIME${size}) AS CHAR)`;
    default:
      return 'NULL';
  }
}

/** Numbers that are written in some other way; the server would also take what only begins like one. */
const castable: Partial<Readonly<Record<MysqlColumn['kind'], RegExp>>> = {
  integer: /^\s*[+-]?\d{1,60}(\.0*)?\s*$/,
  decimal: /^\s*[+-]?\d{1,35}(\.\d{0,30})?\s*$/,
};
