/** Names of what default privileges are of (`pg_default_acl.defaclobjtype`), as SQL's statements have them. */
export const defaultKinds = `CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
  WHEN 'n' THEN 'SCHEMAS' WHEN 'T' THEN 'TYPES' WHEN 'L' THEN 'LARGE OBJECTS' ELSE defaclobjtype::text END`;

/**
 * What writes nothing by itself and would all the same: rights of another by a function, rights that are handed on, rights
 * in what is made later, what is owned besides. As a part of the proof's statement (`console-role-faults.ts`), which has
 * `me` (who asks and each role that they may take on), `schema` and `relation`.
 */
export const latent = `latent (what) AS (
    -- It does for whoever calls it what its owner may. Triggers are called by nobody.
    SELECT format('função %s: SECURITY DEFINER', p.oid::regprocedure)
      FROM me, pg_proc p JOIN schema ON schema.oid = p.pronamespace
     WHERE p.prosecdef AND p.proowner <> me.oid AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype)
       AND has_function_privilege(me.oid, p.oid, 'EXECUTE')
    UNION ALL
    SELECT format('%s: %s', name, string_agg(w, ', '))
      FROM me, relation, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) r, concat(r, ' WITH GRANT OPTION') w
     WHERE relkind <> 'S' AND relowner <> me.oid AND (r = 'SELECT' OR allowed ? r)
       AND (has_table_privilege(me.oid, relation.oid, w) OR r <> 'DELETE' AND has_any_column_privilege(me.oid, relation.oid, w))
     GROUP BY me.oid, name
    UNION ALL
    SELECT format('esquema %s: USAGE WITH GRANT OPTION', nspname)
      FROM me, schema WHERE nspowner <> me.oid AND has_schema_privilege(me.oid, schema.oid, 'USAGE WITH GRANT OPTION')
    UNION ALL
    -- Whoever may let others into a role may let themselves in, and others out.
    SELECT format('papel %s: ADMIN', roleid::regrole) FROM me JOIN pg_auth_members ON member = me.oid WHERE admin_option
    UNION ALL
    -- Reading is given of what comes later, and no more: what anybody makes is not theirs to write in.
    SELECT format('%s de %s%s: %s (ALTER DEFAULT PRIVILEGES)', ${defaultKinds}, defaclrole::regrole,
                  ' em ' || nullif(defaclnamespace, 0)::regnamespace, string_agg(DISTINCT privilege_type, ', '))
      FROM pg_default_acl, aclexplode(defaclacl) acl
     WHERE (grantee = 0 OR grantee IN (SELECT oid FROM me)) AND defaclrole NOT IN (SELECT oid FROM me)
       AND EXISTS (SELECT FROM me)
       AND NOT (defaclobjtype IN ('r', 'S', 'L') AND privilege_type = 'SELECT' AND NOT is_grantable)
       AND NOT (defaclobjtype IN ('n', 'T') AND privilege_type = 'USAGE' AND NOT is_grantable)
       -- Functions are everybody's as a rule, and no more than their caller may.
       AND NOT (defaclobjtype = 'f' AND grantee = 0)
     GROUP BY defaclobjtype, defaclrole, defaclnamespace
    UNION ALL
    SELECT format('servidor externo %s: USAGE', srvname)
      FROM me, pg_foreign_server s WHERE srvowner <> me.oid AND has_server_privilege(me.oid, s.oid, 'USAGE')
    UNION ALL
    SELECT format('%s: USAGE', fdwname)
      FROM me, pg_foreign_data_wrapper w
     WHERE fdwowner <> me.oid AND has_foreign_data_wrapper_privilege(me.oid, w.oid, 'USAGE')
    UNION ALL
    -- What else may have an owner: of tables, functions, schemas and the database it is said above.
    SELECT format('%s: dono', pg_describe_object(classid, objid, objsubid))
      FROM me JOIN pg_shdepend ON refclassid = 'pg_authid'::regclass AND refobjid = me.oid AND deptype = 'o'
     WHERE dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
       AND classid NOT IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_namespace'::regclass, 'pg_database'::regclass,
                           'pg_default_acl'::regclass)
    UNION ALL
    -- Triggers that keep the audit in its order would not act.
    SELECT format('parâmetro session_replication_role: %s', current_setting('session_replication_role'))
     WHERE current_setting('session_replication_role') <> 'origin'
  )`;
