import { GuaritaError } from '../../errors.ts';
import type { SqlRelation } from '../sql/relation.ts';
import { type RelationName, relationParts } from '../view-config.ts';
import type { WireRow } from './connections.ts';
import { codeOf } from './errors.ts';
import { quoteName, textLiteral } from './text.ts';
import type { SqlServerColumn } from './types.ts';

const defaultSchema = 'dbo';

/** The name of a view or table, quoted: of the schema `dbo` where none is given. Throws `view-missing`. */
export function relationOf(name: RelationName, what: string): string {
  const parts = relationParts(name);
  const [first = '', second] = parts;
  if (parts.length > 2) {
    throw new GuaritaError(
      'view-missing',
      `${what} (${parts.map(quoteName).join('.')}): no máximo um esquema e um nome.`,
    );
  }
  return (second === undefined ? [defaultSchema, first] : [first, second]).map(quoteName).join('.');
}

/**
 * What a SELECT of a view would give, by the server's own analysis of it: the types of what really comes, where the
 * catalogue still has those of the day on which the view was made; and why it would fail, without failing.
 * @param columns quoted; all of them without
 */
export function columnsStatement(relation: string, columns = '*'): string {
  return `
    SELECT name, CONVERT(int, is_nullable), system_type_name, user_type_name,
           CASE WHEN assembly_qualified_type_name IS NULL THEN 0 ELSE 1 END,
           CONVERT(int, max_length), CONVERT(int, precision), CONVERT(int, scale),
           collation_name, CONVERT(int, COLLATIONPROPERTY(collation_name, 'CodePage')), error_number
      FROM sys.dm_exec_describe_first_result_set(${textLiteral(`SELECT ${columns} FROM ${relation}`)}, NULL, 0)
     ORDER BY column_ordinal`;
}

/** Whether a column is not to be read by this user, while others are. */
export function lacksColumns(rows: readonly WireRow[]): boolean {
  return rows.some((row) => Number(row[10]) === 230);
}

/** A view or table from the rows of `columnsStatement`. Throws `view-missing`, also where the user may not read it. */
export function describedRelation(
  rows: readonly WireRow[],
  relation: string,
  what: string,
): SqlRelation<SqlServerColumn> {
  const failed = rows.find((row) => row[10] !== null);
  if (failed !== undefined || rows.length === 0) {
    const number = Number(failed?.[10] ?? 208);
    throw new GuaritaError(
      codeOf(number) ?? 'view-missing',
      `${what} (${relation}): SQL Server error ${number}.`,
    );
  }
  return { relation, columns: rows.map(columnOfRow) };
}

function columnOfRow(row: WireRow): SqlServerColumn {
  const [name, nullable, systemType, userType, isClr, bytes, precision, scale, collation, codePage] = row;
  const type = String(systemType ?? userType);
  return {
    name: String(name),
    type,
    nullable: nullable === 1,
    base: type.replace(/\(.*/, '').toLowerCase(),
    isClr: isClr === 1,
    bytes: Number(bytes),
    precision: Number(precision),
    scale: Number(scale),
    collation: collation === null ? null : String(collation),
    codePage: codePage === null ? null : Number(codePage),
  };
}
