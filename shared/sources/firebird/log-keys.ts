import { type Key, textsOf } from '../reading/keys.ts';
import type { FirebirdTransaction } from './attachment.ts';
import type { FirebirdColumn } from './catalog.ts';
import { isOfStatement } from './errors.ts';
import { FirebirdLines, fieldOf } from './lines.ts';
import { requireLiteral } from './literals.ts';

/** Columns of one place of the key, in the view and in its log. */
export interface KeyPlace {
  readonly view: FirebirdColumn;
  readonly log: FirebirdColumn;
}

/** Values of one statement: each is a column of its only row. */
const valuesAtOnce = 100;

/**
 * Keys of a log as the view would give them: the database casts each to the types of the view's key, so that `000123`
 * of a CHAR(10) names the 123 of an INTEGER. Without it, a row that is gone is reported under a key that nobody has.
 * A key that the view's types cannot hold stays as it was: no row has it, and one bad entry of a log must not stop the
 * others. Of a CHAR, the blanks that fill it up are no part of what it says.
 */
export async function inTypesOfView(
  transaction: FirebirdTransaction,
  keys: readonly Key[],
  places: readonly KeyPlace[],
): Promise<readonly Key[]> {
  const rendered: Key[] = [];
  const atOnce = Math.max(1, Math.floor(valuesAtOnce / places.length));
  for (let start = 0; start < keys.length; start += atOnce) {
    rendered.push(...(await cast(transaction, keys.slice(start, start + atOnce), places)));
  }
  return rendered;
}

/** All at once, else by halves. */
async function cast(
  transaction: FirebirdTransaction,
  keys: readonly Key[],
  places: readonly KeyPlace[],
): Promise<readonly Key[]> {
  const columns = places.map(({ view }) => view);
  const fields = keys.flatMap((key) => places.map((place, index) => castOf(place, key[index] ?? '')));
  try {
    const [row = []] = await transaction.rows(`SELECT ${fields.join(', ')} FROM RDB$DATABASE`);
    const lines = new FirebirdLines(columns, new Set(columns.keys()));
    return keys.map((_, index) => {
      const cells = row.slice(index * columns.length, (index + 1) * columns.length);
      return textsOf(lines.line(cells) ?? '', [...columns.keys()]);
    });
  } catch (error) {
    if (!isOfStatement(error)) throw error;
  }
  if (keys.length === 1) return keys;
  const middle = keys.length >> 1;
  const first = await cast(transaction, keys.slice(0, middle), places);
  return [...first, ...(await cast(transaction, keys.slice(middle), places))];
}

function castOf({ view, log }: KeyPlace, text: string): string {
  const value = requireLiteral(log, text);
  const isPadded = log.type.startsWith('CHAR(');
  return fieldOf(view, `CAST(${isPadded ? `TRIM(TRAILING FROM ${value})` : value} AS ${view.cast})`);
}
