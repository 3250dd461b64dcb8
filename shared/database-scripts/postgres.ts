import { comment, type Dialect, type ScriptNames } from './dialect.ts';

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** PostgreSQL 12 or newer. */
export const postgres: Dialect = {
  run: ({ database }) =>
    `psql -v ON_ERROR_STOP=1 -d ${database} -f guarita.sql (dono do banco ou superusuário)`,
  types: {
    text: 'text',
    integer: 'bigint',
    decimal: 'numeric',
    date: 'date',
    timestamp: 'timestamptz',
    boolean: 'boolean',
    bytes: 'bytea',
  },
  dual: '',
  greatest: (instants) => `GREATEST(${instants.join(', ')})`,
  viewName: ({ schema }, view) => `${schema}.${view}`,
  columnName: (name) => name,
  beforeViews: ({ schema }) => [`CREATE SCHEMA IF NOT EXISTS ${schema};`],
  // Not OR REPLACE: that refuses a view whose columns have other types than before.
  createView: (name, select) => `DROP VIEW IF EXISTS ${name};\nCREATE VIEW ${name} AS\n${select};`,
  createUser: ({ schema, database, user, views }) => [
    `DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${user}') THEN
    CREATE ROLE ${user};
  END IF;
END $$;
ALTER ROLE ${user} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 8;
ALTER ROLE ${user} SET default_transaction_read_only = on;`,
    `GRANT CONNECT ON DATABASE ${quoted(database)} TO ${user};
GRANT USAGE ON SCHEMA ${schema} TO ${user};
${views.map((view) => grantSelect({ schema, user }, view.name)).join('\n')}`,
    comment(
      `Senha: sem ela o usuário não entra. Defina-a no psql, para que não fique em arquivo nem em log:\n` +
        `  \\password ${user}`,
    ),
    comment(
      `O PostgreSQL dá a TODOS os usuários (PUBLIC) o que segue; o Guarita recusa um usuário que possa criar no esquema\n` +
        `public (padrão até a versão 14). Afeta todos: antes, dê o mesmo direito a quem de fato precisa dele.\n` +
        `REVOKE CREATE ON SCHEMA public FROM PUBLIC;\n` +
        `REVOKE TEMPORARY ON DATABASE ${quoted(database)} FROM PUBLIC;`,
    ),
  ],
  grantSelect,
  revoke: ({ schema, database, user }) => [
    `ALTER ROLE ${user} NOLOGIN;
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${user}';`,
    `REVOKE ALL ON ALL TABLES IN SCHEMA ${schema} FROM ${user};
REVOKE ALL ON SCHEMA ${schema} FROM ${user};
REVOKE ALL ON DATABASE ${quoted(database)} FROM ${user};
DROP ROLE ${user};`,
  ],
  dropViews: ({ schema, views }) => [
    ...views.map((view) => `DROP VIEW ${schema}.${view.name};`),
    `DROP SCHEMA ${schema};`,
  ],
};

function grantSelect({ schema, user }: Pick<ScriptNames, 'schema' | 'user'>, view: string): string {
  return `GRANT SELECT ON ${schema}.${view} TO ${user};`;
}
