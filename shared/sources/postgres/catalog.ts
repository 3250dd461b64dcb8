import { type ClientBase, escapeIdentifier } from 'pg';
import { GuaritaError } from '../../errors.ts';
import type { SqlRelation } from '../sql/relation.ts';
import { type RelationName, relationParts } from '../view-config.ts';
import type { ColumnDescription } from '../view-source.ts';
import type { ServerLook } from './server-look.ts';

/** A column as the catalogue has it; `cast` is the type to cast a literal to: of a domain, what it is made of. */
export interface PostgresColumn extends ColumnDescription {
  readonly cast: string;
  /** By which its texts are compared, quoted; null where that is the database's own, or it has no texts. */
  readonly collation: string | null;
  /** Whether its values have an order, as those of a key must. */
  readonly isOrdered: boolean;
}

/**
 * The system identifier tells servers apart, the timeline a restore to a point in time, the database's OID a
 * database that was dropped and loaded from a dump. Where the functions are kept from ordinary users, the OID remains.
 */
export async function readEpoch(
  client: ClientBase,
  { maySeeSystem, maySeeCheckpoint }: ServerLook,
): Promise<string> {
  const parts = [
    'oid',
    ...(maySeeSystem ? ['(SELECT system_identifier FROM pg_control_system())'] : []),
    ...(maySeeCheckpoint ? ['(SELECT timeline_id FROM pg_control_checkpoint())'] : []),
  ];
  const { rows } = await client.query<{ epoch: string }>(
    `SELECT concat_ws('/', ${parts.join(', ')}) AS epoch FROM pg_database WHERE datname = current_database()`,
  );
  return rows[0]?.epoch ?? '';
}

/** The modifier -1 is that of no length: without it, `character` is one character and cuts a key to that. */
const columnsStatement = `
  WITH ordered AS MATERIALIZED (
    SELECT opcintype AS oid FROM pg_opclass JOIN pg_am ON pg_am.oid = opcmethod
     WHERE amname = 'btree' AND opcdefault),
  alike AS MATERIALIZED (
    SELECT castsource AS oid FROM pg_cast JOIN ordered ON ordered.oid = casttarget
     WHERE castmethod = 'b' AND castcontext = 'i')
  SELECT a.attname AS name,
         format_type(a.atttypid, a.atttypmod) AS type,
         (WITH RECURSIVE base AS (
            SELECT oid, typtype, typbasetype FROM pg_type WHERE oid = a.atttypid
            UNION ALL
            SELECT t.oid, t.typtype, t.typbasetype FROM pg_type t JOIN base ON t.oid = base.typbasetype)
          SELECT format_type(oid, -1) FROM base WHERE typtype <> 'd') AS cast,
         (SELECT format('%I.%I', n.nspname, c.collname)
            FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
           WHERE c.oid = a.attcollation AND c.collname <> 'default') AS collation,
         NOT a.attnotnull AS nullable,
         (WITH RECURSIVE base AS (
            SELECT oid, typtype, typbasetype, typelem, typcategory FROM pg_type WHERE oid = a.atttypid
            UNION ALL
            SELECT t.oid, t.typtype, t.typbasetype, t.typelem, t.typcategory
              FROM pg_type t JOIN base
                ON t.oid = CASE WHEN base.typtype = 'd' THEN base.typbasetype
                                WHEN base.typcategory = 'A' THEN base.typelem END)
          SELECT coalesce(bool_or(typtype <> 'b' OR oid IN (SELECT oid FROM ordered UNION ALL SELECT oid FROM alike)), true)
            FROM base WHERE typtype <> 'd' AND NOT (typcategory = 'A' AND typelem <> 0)) AS "isOrdered",
         has_column_privilege(a.attrelid, a.attnum, 'SELECT') AS readable
    FROM pg_attribute a
   WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped
   ORDER BY a.attnum`;

/** Throws `view-missing`, also where the user may not read all columns that are wanted. */
export async function readRelation(
  client: ClientBase,
  name: RelationName,
  what: string,
): Promise<SqlRelation<PostgresColumn>> {
  const relation = relationParts(name).map(escapeIdentifier).join('.');
  const { rows } = await client.query<PostgresColumn & { readable: boolean }>(columnsStatement, [relation]);
  if (rows.length === 0) throw new GuaritaError('view-missing', `${what} (${relation}).`);
  const wanted = rows.filter((row) => name.columns?.includes(row.name) ?? true);
  const kept = wanted.filter((row) => !row.readable).map((row) => row.name);
  if (kept.length > 0 && kept.length === wanted.length) {
    throw new GuaritaError('view-missing', `${what} (${relation}): sem direito de SELECT.`);
  }
  if (kept.length > 0) {
    const others = name.columns === undefined ? ' Dê o direito, ou liste as outras em "columns".' : '';
    const detail = `${what} (${relation}): sem direito de SELECT em ${kept.join(', ')}.${others}`;
    throw new GuaritaError('view-missing', detail);
  }
  return { relation, columns: rows };
}
