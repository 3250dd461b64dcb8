import type { ClientBase } from 'pg';

/**
 * Each way in which this user, or a role that it may take on by SET ROLE, could change the state's data.
 * One statement, so that the answer is of one moment. What a SECURITY DEFINER function would do for its caller
 * cannot be seen from here: `docs/decisions/0004-read-only-proof.md`.
 */
const statement = `
  WITH me AS (
    SELECT oid, rolname, rolsuper, rolcreaterole, rolcreatedb
      FROM pg_roles
     WHERE rolname = current_user OR pg_has_role(current_user, oid, 'MEMBER')
  ), relation AS (
    SELECT c.oid, n.nspname, c.relname, c.relkind, c.relowner
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname NOT LIKE 'pg\\_temp%'
       AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  )
  SELECT format('role %I is a superuser', rolname) AS reason FROM me WHERE rolsuper
  UNION ALL
  SELECT format('role %I may create roles or databases', rolname) FROM me WHERE rolcreaterole OR rolcreatedb
  UNION ALL
  SELECT format('role %I may write files of the server or run programs there', rolname)
    FROM me WHERE rolname IN ('pg_write_server_files', 'pg_execute_server_program')
  UNION ALL
  SELECT format('role %I may create in database %I', rolname, current_database())
    FROM me WHERE NOT rolsuper AND has_database_privilege(me.oid, current_database(), 'CREATE')
  UNION ALL
  SELECT format('role %I may create in schema %I', rolname, nspname)
    FROM me, pg_namespace n
   WHERE NOT rolsuper AND nspname NOT LIKE 'pg\\_%' AND has_schema_privilege(me.oid, n.oid, 'CREATE')
  UNION ALL
  SELECT format('role %I may write to %I.%I', rolname, nspname, relname)
    FROM me, relation r
   WHERE NOT rolsuper AND relkind <> 'S'
     AND (relowner = me.oid OR has_table_privilege(me.oid, r.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
          OR has_any_column_privilege(me.oid, r.oid, 'INSERT, UPDATE'))
  UNION ALL
  SELECT format('role %I may set sequence %I.%I', rolname, nspname, relname)
    FROM me, relation r
   WHERE NOT rolsuper AND relkind = 'S' AND has_sequence_privilege(me.oid, r.oid, 'USAGE, UPDATE')
  LIMIT 20`;

/** The reasons why the user could write, at most 20; empty when it cannot. */
export async function writePrivileges(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ reason: string }>(statement);
  return rows.map((row) => row.reason);
}
