import { GuaritaError } from '../../errors.ts';
import type { SqlRelation } from '../sql/relation.ts';
import { type RelationName, relationParts } from '../view-config.ts';
import type { ColumnDescription } from '../view-source.ts';
import type { Cell, FirebirdTransaction } from './attachment.ts';
import { type Charset, type FirebirdCharsets, hexLiteral } from './charsets.ts';
import { firebirdError, isOfStatement, serverCode } from './errors.ts';
import { type FirebirdType, typeOf } from './types.ts';

export interface FirebirdColumn extends ColumnDescription, FirebirdType {
  /** What its bytes mean; null where they are no text, or a text that cannot be read. */
  readonly charset: Charset | null;
  /** The character set in which it is stored, for literals. */
  readonly storedAs: string;
  /** Bytes that it takes in a row, at most. */
  readonly bytes: number;
  /** Characters of a CHAR, which comes with blanks up to the bytes that as many characters could have; else 0. */
  readonly padded: number;
  /** Why it cannot be read, as a sentence; null when it can. */
  readonly unusable: string | null;
}

export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** How texts are read. */
export interface Texts {
  readonly charsets: FirebirdCharsets;
  /** The character set of columns that do not say theirs. */
  readonly unnamed: string;
}

/** Throws `view-missing`, also where the user may not read it, or the server itself cannot. */
export async function readRelation(
  transaction: FirebirdTransaction,
  { charsets, unnamed }: Texts,
  relationName: RelationName,
  what: string,
): Promise<SqlRelation<FirebirdColumn>> {
  const parts = relationParts(relationName);
  const relation = parts.map(quoteIdentifier).join('.');
  const missing = (why: string, cause?: unknown) =>
    new GuaritaError('view-missing', `${what} (${relation})${why}.`, { cause });
  const [name = ''] = parts;
  const rows = parts.length === 1 ? await transaction.rows(columnsStatement(name)) : [];
  if (rows.length === 0) throw missing('');
  try {
    // The server looks at privileges, and at what a view is made of, when it prepares a statement.
    await transaction.plan(`SELECT * FROM ${relation}`);
  } catch (error) {
    if (isOfStatement(error)) {
      throw missing(`: Firebird error ${serverCode(error)}`, firebirdError(error).cause);
    }
    throw error;
  }
  const columns: FirebirdColumn[] = [];
  for (const row of rows) {
    const described = describe(row);
    const { storedAs } = described;
    const isText = described.kind === 'text' || (described.kind === 'blob' && storedAs !== 'OCTETS');
    const meant = storedAs === 'NONE' ? unnamed : storedAs;
    const charset = isText ? await charsets.read(transaction, meant) : null;
    columns.push({ ...described, charset, unusable: unusable(described, isText && charset === null, meant) });
  }
  return { relation, columns };
}

function unusable({ kind, name, type }: Described, isUnread: boolean, charset: string): string | null {
  if (kind === 'unknown') return `coluna "${name}", de tipo ${type}, não pode ser lida.`;
  if (isUnread) return `coluna "${name}": textos em ${charset} não podem ser lidos.`;
  return null;
}

/** A name as the catalogue keeps it: padded with blanks, in UTF-8 whatever the connection. */
export function nameOf(cell: Cell | undefined): string {
  return Buffer.from(String(cell ?? ''), 'latin1')
    .toString('utf8')
    .trimEnd();
}

/** One row for each column, in their order; see `describe`. */
function columnsStatement(name: string): string {
  return `SELECT R.RDB$FIELD_NAME, F.RDB$FIELD_TYPE, F.RDB$FIELD_SUB_TYPE, F.RDB$FIELD_SCALE, F.RDB$FIELD_PRECISION,
      F.RDB$FIELD_LENGTH, F.RDB$CHARACTER_LENGTH, S.RDB$CHARACTER_SET_NAME, S.RDB$BYTES_PER_CHARACTER,
      C.RDB$COLLATION_NAME, F.RDB$DIMENSIONS, R.RDB$NULL_FLAG, F.RDB$NULL_FLAG
    FROM RDB$RELATION_FIELDS R
    JOIN RDB$FIELDS F ON F.RDB$FIELD_NAME = R.RDB$FIELD_SOURCE
    LEFT JOIN RDB$CHARACTER_SETS S ON S.RDB$CHARACTER_SET_ID = COALESCE(F.RDB$CHARACTER_SET_ID, 0)
    LEFT JOIN RDB$COLLATIONS C ON C.RDB$CHARACTER_SET_ID = S.RDB$CHARACTER_SET_ID
      AND C.RDB$COLLATION_ID = COALESCE(R.RDB$COLLATION_ID, F.RDB$COLLATION_ID)
      AND C.RDB$COLLATION_NAME <> COALESCE(S.RDB$DEFAULT_COLLATE_NAME, S.RDB$CHARACTER_SET_NAME)
   WHERE R.RDB$RELATION_NAME = ${hexLiteral(Buffer.from(name), 'UNICODE_FSS')}
   ORDER BY R.RDB$FIELD_POSITION`;
}

type Described = Omit<FirebirdColumn, 'charset' | 'unusable'>;

function describe(row: readonly Cell[]): Described {
  const [code, subType, scale, precision, length, characters] = row.slice(1, 7).map(Number);
  const stored = nameOf(row[7]);
  const isText = code === 14 || code === 37 || (code === 261 && subType === 1);
  const storedAs = isText ? stored : 'OCTETS';
  const bytesPerCharacter = Number(row[8]);
  const of = {
    ...{ code: code ?? 0, subType: subType ?? 0, scale: scale ?? 0, precision: precision ?? 0 },
    ...{ length: length ?? 0, characters: characters || Math.floor((length ?? 0) / bytesPerCharacter) },
    ...{ charset: storedAs, collation: row[9] === null ? null : nameOf(row[9]) },
    isArray: row[10] !== null && row[10] !== 0,
  };
  const type = typeOf(of);
  return {
    ...type,
    name: nameOf(row[0]),
    type: type.name,
    nullable: row[11] !== 1 && row[12] !== 1,
    storedAs,
    bytes: type.kind === 'text' || type.kind === 'bytes' ? of.length + 2 : type.width + 8,
    padded: code === 14 && bytesPerCharacter > 1 ? of.characters : 0,
  };
}
