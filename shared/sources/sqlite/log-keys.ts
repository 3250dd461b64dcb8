import type Database from 'better-sqlite3';
import type { Key } from '../reading/keys.ts';
import { columnOf, type SqlView } from '../sql/relation.ts';
import { declarationsHold } from './lines.ts';
import type { SqliteColumn } from './values.ts';

/**
 * What makes of a key of a log the key as the view would give it. A column declared INT holds no `007` and no `7.0`:
 * SQLite stores such a value as the integer 7, and so it is named here. Without it, a row that is gone is reported
 * under a key that nobody has. All else stays as it is: of other columns, and of views whose declarations need not
 * hold, nothing says how they would write it.
 */
export function keyOfView(db: Database.Database, view: SqlView<SqliteColumn>): (key: Key) => Key {
  // SQLite's rule for INTEGER affinity.
  const isInteger = view.description.key.map((name) => /INT/i.test(columnOf(view, name).type));
  if (!isInteger.includes(true) || !declarationsHold(db, view.relation)) return (texts) => texts;
  return (texts) =>
    texts.map((text, place) => (text !== null && isInteger[place] === true ? integerText(text) : text));
}

/** A whole number, with the blanks that SQLite passes over. */
const whole = /^[ \t\n\v\f\r]*([+-]?\d{1,19})(\.0{1,30})?[ \t\n\v\f\r]*$/;

function integerText(text: string): string {
  const [, digits, fraction] = whole.exec(text) ?? [];
  if (digits === undefined) return text;
  const value = BigInt(digits);
  // With a fraction it has been a real on the way: beyond 53 bits, another number.
  const bits = fraction === undefined ? 64 : 54;
  return BigInt.asIntN(bits, value) === value ? String(value) : text;
}
