import { consoleRole as me } from '../../../central/base/access-layer/console-role.ts';
import type { RoleFault } from '../../../central/base/access-layer/console-role-faults.ts';

/** What a DBA may have done, what is told of it, and how it is undone where the script does not. */
export type Power = readonly [done: string, RoleFault, undone?: string];

/** Roles and things by which the console could be given more; of them alone nothing is told. */
export const granters = `CREATE ROLE grupo; GRANT INSERT ON nacional.pessoa TO grupo; CREATE ROLE dona; CREATE ROLE vazio;
  CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TABLE public.dela (x int);
  CREATE FUNCTION public.gatilho() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN NEW; END';
  CREATE FOREIGN DATA WRAPPER fora; CREATE SERVER longe FOREIGN DATA WRAPPER fora`;

const audit = 'console-role-changes-audit';
const strong = 'console-role-too-strong';
const lacking = 'console-role-lacking';

/** @param version of the server, as `server_version_num` */
export function powers(version: number): readonly Power[] {
  // Servers know it from 17 on.
  const maintained: RoleFault = { problem: audit, what: 'acesso.auditoria: MAINTAIN' };
  const maintaining: readonly Power[] =
    version < 170_000
      ? []
      : [
          [`GRANT MAINTAIN ON acesso.auditoria TO ${me}`, maintained],
          [`GRANT pg_maintain TO ${me}`, maintained, `REVOKE pg_maintain FROM ${me}`],
        ];
  return [
    [`GRANT USAGE ON SCHEMA correio TO ${me}`, { problem: strong, what: 'esquema correio: USAGE' }],
    [`GRANT UPDATE ON acesso.auditoria TO ${me}`, { problem: audit, what: 'acesso.auditoria: UPDATE' }],
    [
      `GRANT DELETE, TRUNCATE ON acesso.auditoria TO ${me}`,
      { problem: audit, what: 'acesso.auditoria: DELETE, TRUNCATE' },
    ],
    [`GRANT TRIGGER ON acesso.auditoria TO ${me}`, { problem: audit, what: 'acesso.auditoria: TRIGGER' }],
    [
      `GRANT UPDATE (termos) ON acesso.auditoria TO ${me}`,
      { problem: audit, what: 'acesso.auditoria: UPDATE' },
    ],
    [
      `GRANT INSERT ON acesso.auditoria_dia TO ${me}`,
      { problem: audit, what: 'acesso.auditoria_dia: INSERT' },
    ],
    [
      `GRANT INSERT, UPDATE ON nacional.pessoa TO ${me}`,
      { problem: strong, what: 'nacional.pessoa: INSERT, UPDATE' },
    ],
    [`GRANT DELETE ON acesso.orgao TO ${me}`, { problem: strong, what: 'acesso.orgao: DELETE' }],
    [`GRANT UPDATE ON decidido.vinculo TO ${me}`, { problem: strong, what: 'decidido.vinculo: UPDATE' }],
    [`GRANT UPDATE ON fonte_al.unidade TO ${me}`, { problem: strong, what: 'fonte_al.unidade: UPDATE' }],
    [
      `GRANT USAGE ON SEQUENCE guarita.change TO ${me}`,
      { problem: strong, what: 'sequência guarita.change' },
    ],
    [`GRANT CREATE ON SCHEMA acesso TO ${me}`, { problem: strong, what: 'esquema acesso: CREATE' }],
    [`GRANT CREATE ON SCHEMA public TO PUBLIC`, { problem: strong, what: 'esquema public: CREATE' }],
    [`GRANT CREATE ON DATABASE direitos TO ${me}`, { problem: strong, what: 'banco direitos: CREATE' }],
    ...['CREATEROLE', 'CREATEDB', 'REPLICATION', 'BYPASSRLS'].map(
      (attribute) =>
        [`ALTER ROLE ${me} ${attribute}`, { problem: strong, what: `${me}: ${attribute}` }] as const,
    ),
    [`ALTER ROLE ${me} SUPERUSER`, { problem: strong, what: `${me}: superusuário` }],
    [
      `GRANT postgres TO ${me}`,
      { problem: strong, what: 'postgres: superusuário' },
      `REVOKE postgres FROM ${me}`,
    ],
    [`GRANT grupo TO ${me}`, { problem: strong, what: 'nacional.pessoa: INSERT' }, `REVOKE grupo FROM ${me}`],
    [
      `GRANT pg_write_server_files TO ${me}`,
      { problem: strong, what: 'papel pg_write_server_files' },
      `REVOKE pg_write_server_files FROM ${me}`,
    ],
    [
      `GRANT pg_signal_backend TO ${me}`,
      { problem: strong, what: 'papel pg_signal_backend' },
      `REVOKE pg_signal_backend FROM ${me}`,
    ],
    [
      `GRANT pg_monitor TO grupo; GRANT grupo TO ${me}`,
      { problem: strong, what: 'papel pg_monitor' },
      `REVOKE pg_monitor FROM grupo; REVOKE grupo FROM ${me}`,
    ],
    ...maintaining,
    [
      `GRANT TEMPORARY ON DATABASE direitos TO PUBLIC`,
      { problem: strong, what: 'banco direitos: TEMPORARY' },
    ],
    [
      `GRANT SET ON PARAMETER session_replication_role TO ${me}`,
      { problem: strong, what: 'parâmetro session_replication_role: SET' },
    ],
    [
      `GRANT ALTER SYSTEM ON PARAMETER archive_command TO ${me}`,
      { problem: strong, what: 'parâmetro archive_command: ALTER SYSTEM' },
    ],
    [
      `GRANT SET ON PARAMETER session_replication_role TO PUBLIC`,
      { problem: strong, what: 'parâmetro session_replication_role: SET' },
      `REVOKE SET ON PARAMETER session_replication_role FROM PUBLIC`,
    ],
    [
      `GRANT EXECUTE ON FUNCTION pg_read_file(text) TO ${me}`,
      { problem: strong, what: 'função pg_read_file(text)' },
    ],
    [
      `REVOKE EXECUTE ON FUNCTION public.f() FROM PUBLIC; GRANT EXECUTE ON FUNCTION public.f() TO grupo; GRANT grupo TO ${me}`,
      { problem: strong, what: 'função f()' },
      `GRANT EXECUTE ON FUNCTION public.f() TO PUBLIC; REVOKE grupo FROM ${me}`,
    ],
    [
      `ALTER TABLE public.dela OWNER TO ${me}`,
      { problem: strong, what: 'public.dela: dono' },
      'ALTER TABLE public.dela OWNER TO dona',
    ],
    [
      `ALTER FUNCTION public.f() OWNER TO ${me}`,
      { problem: strong, what: 'função public.f: dono' },
      'ALTER FUNCTION public.f() OWNER TO dona',
    ],
    ...latent,
    [`REVOKE SELECT ON nacional.pessoa FROM ${me}`, { problem: lacking, what: 'nacional.pessoa: SELECT' }],
    [`REVOKE INSERT ON acesso.auditoria FROM ${me}`, { problem: lacking, what: 'acesso.auditoria: INSERT' }],
    [`REVOKE UPDATE ON acesso.sessao FROM ${me}`, { problem: lacking, what: 'acesso.sessao: UPDATE' }],
    [`REVOKE USAGE ON SCHEMA fonte_al FROM ${me}`, { problem: lacking, what: 'esquema fonte_al: USAGE' }],
  ];
}

/** What writes nothing by itself, and would all the same. */
const latent: readonly Power[] = [
  [
    `CREATE FUNCTION public.poder() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`,
    { problem: strong, what: 'função poder(): SECURITY DEFINER' },
    'DROP FUNCTION public.poder()',
  ],
  [
    `CREATE PROCEDURE nacional.poder() LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`,
    { problem: strong, what: 'função nacional.poder(): SECURITY DEFINER' },
    'REVOKE EXECUTE ON PROCEDURE nacional.poder() FROM PUBLIC',
  ],
  [
    `GRANT SELECT ON nacional.pessoa TO ${me} WITH GRANT OPTION`,
    { problem: strong, what: 'nacional.pessoa: SELECT WITH GRANT OPTION' },
  ],
  [
    `GRANT SELECT (nome) ON acesso.pessoa TO ${me} WITH GRANT OPTION`,
    { problem: strong, what: 'acesso.pessoa: SELECT WITH GRANT OPTION' },
  ],
  [
    `GRANT INSERT ON acesso.auditoria TO ${me} WITH GRANT OPTION`,
    { problem: strong, what: 'acesso.auditoria: INSERT WITH GRANT OPTION' },
  ],
  [
    `GRANT USAGE ON SCHEMA acesso TO ${me} WITH GRANT OPTION`,
    { problem: strong, what: 'esquema acesso: USAGE WITH GRANT OPTION' },
  ],
  [
    `GRANT vazio TO ${me} WITH ADMIN OPTION`,
    { problem: strong, what: 'papel vazio: ADMIN' },
    `REVOKE vazio FROM ${me}`,
  ],
  [
    `ALTER DEFAULT PRIVILEGES GRANT INSERT ON TABLES TO ${me}`,
    { problem: strong, what: 'TABLES de postgres: INSERT (ALTER DEFAULT PRIVILEGES)' },
  ],
  [
    `ALTER DEFAULT PRIVILEGES FOR ROLE dona IN SCHEMA public GRANT UPDATE, DELETE ON TABLES TO ${me}`,
    { problem: strong, what: 'TABLES de dona em public: DELETE, UPDATE (ALTER DEFAULT PRIVILEGES)' },
  ],
  [
    `ALTER DEFAULT PRIVILEGES FOR ROLE dona GRANT INSERT ON TABLES TO PUBLIC`,
    { problem: strong, what: 'TABLES de dona: INSERT (ALTER DEFAULT PRIVILEGES)' },
    'ALTER DEFAULT PRIVILEGES FOR ROLE dona REVOKE INSERT ON TABLES FROM PUBLIC',
  ],
  [
    `ALTER DEFAULT PRIVILEGES FOR ROLE dona GRANT USAGE ON SEQUENCES TO grupo; GRANT grupo TO ${me}`,
    { problem: strong, what: 'SEQUENCES de dona: USAGE (ALTER DEFAULT PRIVILEGES)' },
    `ALTER DEFAULT PRIVILEGES FOR ROLE dona REVOKE USAGE ON SEQUENCES FROM grupo; REVOKE grupo FROM ${me}`,
  ],
  [
    `ALTER DEFAULT PRIVILEGES FOR ROLE dona GRANT EXECUTE ON FUNCTIONS TO ${me}`,
    { problem: strong, what: 'FUNCTIONS de dona: EXECUTE (ALTER DEFAULT PRIVILEGES)' },
  ],
  [
    `ALTER DEFAULT PRIVILEGES FOR ROLE dona GRANT CREATE ON SCHEMAS TO ${me}`,
    { problem: strong, what: 'SCHEMAS de dona: CREATE (ALTER DEFAULT PRIVILEGES)' },
  ],
  [
    `GRANT USAGE ON FOREIGN SERVER longe TO ${me}`,
    { problem: strong, what: 'servidor externo longe: USAGE' },
    `REVOKE USAGE ON FOREIGN SERVER longe FROM ${me}`,
  ],
  [
    `GRANT USAGE ON FOREIGN DATA WRAPPER fora TO ${me}`,
    { problem: strong, what: 'fora: USAGE' },
    `REVOKE USAGE ON FOREIGN DATA WRAPPER fora FROM ${me}`,
  ],
  [
    `CREATE FUNCTION public.ao_mudar() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
     CREATE EVENT TRIGGER ao_mudar ON ddl_command_end WHEN TAG IN ('CREATE COLLATION') EXECUTE FUNCTION public.ao_mudar();
     ALTER ROLE ${me} SUPERUSER; ALTER EVENT TRIGGER ao_mudar OWNER TO ${me}; ALTER ROLE ${me} NOSUPERUSER`,
    { problem: strong, what: 'event trigger ao_mudar: dono' },
    'DROP EVENT TRIGGER ao_mudar',
  ],
  [
    `CREATE TYPE public.tipo AS ENUM ('a'); ALTER TYPE public.tipo OWNER TO ${me}`,
    { problem: strong, what: 'type tipo: dono' },
    'DROP TYPE public.tipo',
  ],
];
