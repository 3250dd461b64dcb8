import { GuaritaError } from '../../errors.ts';
import type { SqlRelation } from '../sql/relation.ts';
import { type RelationName, relationParts } from '../view-config.ts';
import type { MysqlTransaction } from './connections.ts';
import { mysqlError } from './errors.ts';
import { quoteIdentifier, quoteText } from './literals.ts';
import { isLongType, kindOf, type MysqlColumn } from './types.ts';

/**
 * Of MySQL the identity that a server makes for itself in its data folder; of MariaDB that of the machine and port.
 * Neither shows that a backup was put in place: that, the operator has to say (`epoch`).
 */
export async function readEpoch(transaction: MysqlTransaction): Promise<string> {
  const rows = await transaction.rows(
    `SHOW GLOBAL VARIABLES WHERE Variable_name IN ('server_uuid', 'server_uid')`,
  );
  return rows.map((row) => row.join('=')).join('/');
}

/** @param schema of names that do not say theirs. Throws `view-missing`, also where the view itself is broken. */
export async function readRelation(
  transaction: MysqlTransaction,
  schema: string,
  name: RelationName,
  what: string,
): Promise<SqlRelation<MysqlColumn>> {
  const [table = '', of = schema] = relationParts(name).toReversed();
  const relation = [of, table].map(quoteIdentifier).join('.');
  const rows = await transaction.rows(
    `SELECT COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, IS_NULLABLE, CHARACTER_SET_NAME, COLLATION_NAME
       FROM information_schema.COLUMNS
      WHERE TABLE_SCHEMA = ${quoteText(of)} AND TABLE_NAME = ${quoteText(table)}
      ORDER BY ORDINAL_POSITION`,
  );
  const columns = rows.map(columnOf);
  await requireReadable(transaction, relation, `${what} (${relation})`, wantedOf(columns, name));
  if (rows.length === 0) throw new GuaritaError('view-missing', `${what} (${relation}).`);
  return { relation, columns };
}

/** What is to be asked of it: of columns that are not to be read, the user may lack the right. */
function wantedOf(columns: readonly MysqlColumn[], { columns: wanted }: RelationName): string {
  const named = columns.filter(({ name }) => wanted?.includes(name) === true);
  return named.length === 0 ? '*' : named.map(({ name }) => quoteIdentifier(name)).join(', ');
}

/** Also says what is wrong with a view: its table is gone, or its owner may not read it any more. */
async function requireReadable(
  transaction: MysqlTransaction,
  relation: string,
  what: string,
  columns: string,
): Promise<void> {
  try {
    await transaction.rows(`SELECT ${columns} FROM ${relation} LIMIT 0`);
  } catch (error) {
    const { code, detail, cause } = mysqlError(error);
    if (code !== 'view-missing') throw error;
    throw new GuaritaError('view-missing', `${what}: ${detail}`, { cause });
  }
}

function columnOf(row: readonly (string | null)[]): MysqlColumn {
  const [name = '', dataType = '', type = '', nullable, charset = null, collation = null] = row;
  const base = (dataType ?? '').toLowerCase();
  return {
    ...{ name: name ?? '', type: type ?? '', nullable: nullable !== 'NO' },
    ...{ base, kind: kindOf(base), isUnsigned: /\bunsigned\b/i.test(type ?? '') },
    ...{ charset, collation, isLong: isLongType(base) },
  };
}
