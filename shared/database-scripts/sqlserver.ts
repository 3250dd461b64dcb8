import { comment, type Dialect, type ScriptNames, toFillIn } from './dialect.ts';

const quoted = (name: string) => `[${name.replaceAll(']', ']]')}]`;
const batch = (statements: string) => `${statements}\nGO`;

/** SQL Server 2012 or newer. Each block is batches of their own. */
export const sqlserver: Dialect = {
  run: () => 'sqlcmd -b -i guarita.sql, ou o SQL Server Management Studio (como sysadmin)',
  types: {
    text: 'nvarchar(200)',
    integer: 'bigint',
    decimal: 'decimal(12, 2)',
    date: 'date',
    timestamp: 'datetime2(7)',
    boolean: 'bit',
    bytes: 'varbinary(max)',
  },
  dual: '',
  greatest: (instants) =>
    `(SELECT MAX(v) FROM (VALUES ${instants.map((instant) => `(${instant})`).join(', ')}) AS t(v))`,
  viewName: ({ schema }, view) => `${schema}.${view}`,
  columnName: (name) => name,
  beforeViews: ({ schema, database }) => [
    batch(`USE ${quoted(database)};`),
    // CREATE SCHEMA has to be the only statement of its batch.
    batch(`IF SCHEMA_ID(N'${schema}') IS NULL EXEC(N'CREATE SCHEMA ${schema} AUTHORIZATION dbo');`),
    comment(
      `O esquema é de dbo: o usuário lê as visões sem direito algum sobre as tabelas, desde que também sejam de dbo.\n` +
        `Recomendado, para que a leitura do Guarita nunca espere por gravações nem as faça esperar:\n` +
        `ALTER DATABASE ${quoted(database)} SET ALLOW_SNAPSHOT_ISOLATION ON;`,
    ),
  ],
  // CREATE OR ALTER VIEW is of 2016; altered, a view keeps what was granted on it.
  createView: (name, select) =>
    [
      batch(`IF OBJECT_ID(N'${name}', N'V') IS NULL EXEC(N'CREATE VIEW ${name} AS SELECT 1 AS nada');`),
      batch(`ALTER VIEW ${name} AS\n${select};`),
    ].join('\n'),
  createUser: ({ schema, database, user, views }) => [
    comment(
      `Senha: troque ${toFillIn('SENHA')} por ela, entre apóstrofos, só ao rodar; não a guarde no arquivo.`,
    ),
    batch(
      `USE ${quoted(database)};
IF SUSER_ID(N'${user}') IS NULL
  CREATE LOGIN ${user} WITH PASSWORD = ${toFillIn('SENHA')}, DEFAULT_DATABASE = ${quoted(database)}, CHECK_POLICY = ON;
IF USER_ID(N'${user}') IS NULL
  CREATE USER ${user} FOR LOGIN ${user};`,
    ),
    batch(views.map((view) => grantSelect({ schema, user }, view.name)).join('\n')),
  ],
  grantSelect: (names, view) => batch(grantSelect(names, view)),
  revoke: ({ database, user }) => [
    batch(
      `USE ${quoted(database)};
ALTER LOGIN ${user} DISABLE;
DECLARE @kill nvarchar(max) = N'';
SELECT @kill += N'KILL ' + CONVERT(nvarchar(11), session_id) + N'; '
  FROM sys.dm_exec_sessions WHERE login_name = N'${user}';
EXEC sys.sp_executesql @kill;`,
    ),
    batch(`DROP USER ${user};\nDROP LOGIN ${user};`),
  ],
  dropViews: ({ schema, views }) => [
    ...views.map((view) => `DROP VIEW ${schema}.${view.name};`),
    `DROP SCHEMA ${schema};`,
  ],
};

function grantSelect({ schema, user }: Pick<ScriptNames, 'schema' | 'user'>, view: string): string {
  return `GRANT SELECT ON OBJECT::${schema}.${view} TO ${user};`;
}
