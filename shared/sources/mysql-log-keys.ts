import type { Key } from './keys.ts';
import type { MysqlTransaction } from './mysql-connection.ts';
import { literalOf, mayBeValue } from './mysql-literals.ts';
import type { MysqlColumn } from './mysql-types.ts';

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
  const casts = places.map(({ view }) => castOf(view));
  const rows = keys.map(
    (key) => `SELECT ${key.map((text, place) => render(text, places[place], casts[place])).join(', ')}`,
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
function render(
  text: string | null,
  place: KeyPlace | undefined,
  cast: ((value: string) => string) | null | undefined,
): string {
  if (text === null || place === undefined || !cast || !mayBeValue(place.log, text)) return 'NULL';
  // A number that is written some other way; what only begins like one is none.
  const isNumber =
    place.view.kind !== 'integer' && place.view.kind !== 'decimal'
      ? true
      : /^\s*-?\d+(\.\d*)?\s*$/.test(text);
  return isNumber ? cast(literalOf(place.log, text)) : 'NULL';
}

/** How a type casts what another one has; null where the server has no such cast, or changes nothing by it. */
function castOf({ kind, type, isUnsigned }: MysqlColumn): ((value: string) => string) | null {
  const size = /\(\d+(,\d+)?\)/.exec(type)?.[0] ?? '';
  switch (kind) {
    case 'integer':
      return (value) => `CAST(CAST(${value} AS ${isUnsigned ? 'UNSIGNED' : 'SIGNED'}) AS CHAR)`;
    case 'decimal':
      return (value) => `CAST(CAST(${value} AS DECIMAL${size}) AS CHAR)`;
    case 'date':
      return (value) => `CAST(CAST(${value} AS DATE) AS CHAR)`;
    case 'datetime':
    case 'timestamp':
      return (value) => `CAST(CAST(${value} AS DATETIME${size}) AS CHAR)`;
    default:
      return null;
  }
}
