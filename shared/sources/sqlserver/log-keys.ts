import { type Key, rawHexOf } from '../reading/keys.ts';
import { columnOf, type SqlView } from '../sql/relation.ts';
import type { SqlServerConnection, WireRow } from './connections.ts';
import { mostUnits, textLiteral } from './text.ts';
import { rendering, type SqlServerAbilities, type SqlServerColumn } from './types.ts';

/** Keys of one statement. */
const most = 500;

/**
 * Keys of a log as the view would give them: the server casts each text to the type of the view's key column, so that
 * `007` of a text names the 7 of a number. Without it, a row that is gone is reported under a key that nobody has.
 * What the type cannot hold stays as it was, and so do bytes without a text, and a blank text, of which SQL Server would
 * make a zero.
 */
export async function inTypesOfView(
  view: SqlView<SqlServerColumn>,
  keys: readonly Key[],
  {
    connection,
    milliseconds,
    abilities,
  }: {
    readonly connection: SqlServerConnection;
    readonly milliseconds: number;
    readonly abilities: SqlServerAbilities;
  },
): Promise<readonly Key[]> {
  const columns = view.config.key.map((name) => columnOf(view, name));
  const named: Key[] = [];
  for (let start = 0; start < keys.length; start += most) {
    const some = keys.slice(start, start + most);
    const rows = await connection.rows(castStatement(columns, some, abilities), milliseconds);
    named.push(...some.map((key, index) => key.map((text, place) => textAt(rows[index], place) ?? text)));
  }
  return named;
}

/** A row for each key, in their order: null where a text is not to be converted, or cannot be. */
export function castStatement(
  columns: readonly SqlServerColumn[],
  keys: readonly Key[],
  abilities: SqlServerAbilities,
): string {
  const fields = columns.map((column, place) => {
    const { form, sql } = rendering(column, `TRY_CAST(k.c${place} AS ${column.type})`, abilities);
    return form === 'text' && !column.isClr ? sql : 'NULL';
  });
  const rows = keys.map((key, index) => {
    const texts = key.map((text) =>
      text === null || text.trim() === '' || rawHexOf(text) !== null
        ? 'CONVERT(nvarchar(4000), NULL)'
        : wide(text),
    );
    return `(${[index, ...texts].join(', ')})`;
  });
  const names = ['n', ...columns.map((_, place) => `c${place}`)];
  return `SELECT ${fields.join(', ')} FROM (VALUES ${rows.join(', ')}) AS k (${names.join(', ')}) ORDER BY k.n`;
}

/** All texts of a column have one type, also where every one of them is null: the longest of these. */
function wide(text: string): string {
  return `CONVERT(nvarchar(${text.length > mostUnits ? 'max' : mostUnits}), ${textLiteral(text)})`;
}

function textAt(row: WireRow | undefined, place: number): string | null {
  const value = row?.[place] ?? null;
  return value === null ? null : String(value);
}
