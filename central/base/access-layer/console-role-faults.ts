import type { Questions } from '../base.ts';
import { consoleRights, readSchemas, unreadSchemas } from './console-role.ts';
import { latent } from './console-role-latent.ts';

/** What is wrong with who the console is in the base, for people: `nacional.pessoa: INSERT, UPDATE`. */
export interface RoleFault {
  readonly problem: RoleProblem;
  readonly what: string;
}

type RoleProblem = 'console-role-changes-audit' | 'console-role-too-strong' | 'console-role-lacking';

/** The worst first. */
export const roleProblems: readonly RoleProblem[] = [
  'console-role-changes-audit',
  'console-role-too-strong',
  'console-role-lacking',
];

/**
 * The server's own roles that it may have: none but the one of whoever owns the database, which is told of as that. The
 * others read files, end the work of others, lock tables or read all passwords, and each version knows more of them.
 */
const harmlessRoles = `('pg_database_owner')`;

/**
 * Each way in which who asks, or a role that they may take on, could write elsewhere than `$1` says, now or in what is made
 * later, and each right of it that they lack. One statement, so that the answer is of one moment. To a superuser all is
 * allowed, so of one no more is said.
 */
const statement = `
  WITH everybody AS (
    SELECT oid, rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles
     WHERE rolname = current_user OR pg_has_role(current_user, oid, 'MEMBER')
  ), me AS (
    SELECT * FROM everybody WHERE NOT EXISTS (SELECT FROM everybody WHERE rolsuper)
  ), schema AS (
    SELECT oid, nspname, nspowner FROM pg_namespace
     WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
  ), relation AS (
    SELECT c.oid, s.nspname, format('%s.%s', s.nspname, c.relname) AS name, c.relkind, c.relowner,
           coalesce($1::jsonb -> format('%s.%s', s.nspname, c.relname), '[]') AS allowed
      FROM pg_class c JOIN schema s ON s.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  ), written AS (
    SELECT r.name, string_agg(DISTINCT w, ', ') AS rights
      FROM me, relation r, unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']
        -- Locks a table for good; servers know it from 17 on.
        || CASE WHEN current_setting('server_version_num')::int >= 170000 THEN ARRAY['MAINTAIN'] ELSE '{}' END) w
     WHERE r.relkind <> 'S' AND NOT r.allowed ? w
       AND (has_table_privilege(me.oid, r.oid, w)
            OR w IN ('INSERT', 'UPDATE') AND has_any_column_privilege(me.oid, r.oid, w))
     GROUP BY r.name
  ), ${latent}, fault (problem, what) AS (
    SELECT CASE WHEN name LIKE 'acesso.auditoria%' THEN 'console-role-changes-audit' ELSE 'console-role-too-strong' END,
           format('%s: %s', name, rights) FROM written
    UNION ALL
    SELECT 'console-role-too-strong', format('%s: superusuário', rolname) FROM everybody WHERE rolsuper
    UNION ALL
    SELECT 'console-role-too-strong', format('%s: %s', rolname, attribute)
      FROM me, LATERAL (VALUES (rolcreaterole, 'CREATEROLE'), (rolcreatedb, 'CREATEDB'),
        (rolreplication, 'REPLICATION'), (rolbypassrls, 'BYPASSRLS')) AS has(it, attribute) WHERE it
    UNION ALL
    SELECT 'console-role-too-strong', format('papel %s', rolname)
      FROM me WHERE rolname LIKE 'pg\\_%' AND rolname NOT IN ${harmlessRoles}
    UNION ALL
    SELECT 'console-role-too-strong', format('banco %s: dono', datname)
      FROM me JOIN pg_database ON datdba = me.oid WHERE datname = current_database()
    UNION ALL
    SELECT 'console-role-too-strong', format('banco %s: %s', datname, w)
      FROM me, pg_database, unnest(ARRAY['CREATE', 'TEMPORARY']) w
     WHERE datname = current_database() AND datdba <> me.oid AND has_database_privilege(me.oid, pg_database.oid, w)
    UNION ALL
    SELECT 'console-role-too-strong', format('parâmetro %s: %s', parname, w)
      FROM me, pg_parameter_acl, unnest(ARRAY['SET', 'ALTER SYSTEM']) w WHERE has_parameter_privilege(me.oid, parname, w)
    UNION ALL
    -- What the server or a DBA keeps from everybody is kept for a reason: files of the server are read by some.
    SELECT 'console-role-too-strong', format('função %s', p.oid::regprocedure)
      FROM me, pg_proc p WHERE has_function_privilege(me.oid, p.oid, 'EXECUTE') AND p.proowner <> me.oid
       AND p.proacl IS NOT NULL AND NOT EXISTS (SELECT FROM aclexplode(p.proacl) WHERE grantee = 0)
    UNION ALL
    SELECT 'console-role-too-strong', format('esquema %s: %s', nspname, CASE WHEN nspowner = me.oid THEN 'dono' ELSE 'CREATE' END)
      FROM me, schema WHERE nspowner = me.oid OR has_schema_privilege(me.oid, schema.oid, 'CREATE')
    UNION ALL
    SELECT 'console-role-too-strong', format('%s: dono', name) FROM me JOIN relation ON relowner = me.oid
    UNION ALL
    SELECT 'console-role-too-strong', format('função %s.%s: dono', nspname, proname)
      FROM me JOIN pg_proc ON proowner = me.oid JOIN schema ON schema.oid = pronamespace
    UNION ALL
    SELECT 'console-role-too-strong', what FROM latent
    UNION ALL
    SELECT 'console-role-too-strong', format('sequência %s', name)
      FROM me, relation WHERE relkind = 'S' AND has_sequence_privilege(me.oid, relation.oid, 'USAGE, UPDATE')
    UNION ALL
    SELECT 'console-role-too-strong', format('esquema %s: USAGE', nspname)
      FROM me, schema WHERE ${unreadSchemas} AND has_schema_privilege(me.oid, schema.oid, 'USAGE')
    UNION ALL
    SELECT 'console-role-lacking', format('esquema %s: USAGE', nspname)
      FROM schema WHERE ${readSchemas} AND NOT has_schema_privilege(current_user, schema.oid, 'USAGE')
    UNION ALL
    SELECT 'console-role-lacking', format('%s: SELECT', name)
      FROM relation WHERE ${readSchemas} AND relkind <> 'S' AND NOT has_table_privilege(current_user, oid, 'SELECT')
    UNION ALL
    SELECT 'console-role-lacking', format('%s: %s', name, needed)
      FROM relation, jsonb_array_elements_text(allowed) AS needed
     WHERE NOT has_table_privilege(current_user, oid, needed)
  )
  SELECT DISTINCT problem, what FROM fault ORDER BY problem, what LIMIT 20`;

/** What is wrong with whom the questions are asked as, at most 20; empty where all is as it should be. */
export function roleFaults(questions: Questions): Promise<RoleFault[]> {
  return questions.query<RoleFault>(statement, [JSON.stringify(consoleRights)]);
}

/** All of them, the worst first. */
export function faultsText(faults: readonly RoleFault[]): string {
  return roleProblems
    .flatMap((code) => faults.filter(({ problem }) => problem === code))
    .map(({ problem, what }) => (problem === 'console-role-lacking' ? `falta ${what}` : `sobra ${what}`))
    .join('; ');
}
