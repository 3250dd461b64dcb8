import { comment, type Dialect, greatestByFallback, type ScriptNames, toFillIn } from './dialect.ts';

/** MySQL 5.7 or newer, MariaDB 10.3 or newer. What they call a database is what other engines call a schema. */
export const mysql: Dialect = {
  run: () => 'mysql -u root -p < guarita.sql (ou mariadb)',
  types: {
    text: 'CHAR(200)',
    integer: 'SIGNED',
    decimal: 'DECIMAL(12, 2)',
    date: 'DATE',
    timestamp: 'DATETIME(6)',
    boolean: 'SIGNED',
    bytes: 'BINARY(200)',
  },
  dual: 'FROM DUAL',
  greatest: (instants) => greatestByFallback('GREATEST', instants),
  viewName: ({ schema }, view) => `${schema}.${view}`,
  columnName: (name) => name,
  beforeViews: ({ schema }) => [
    comment(
      `As visões ficam em um banco próprio, com o direito de quem as cria (DEFINER): o usuário lê as visões sem direito\n` +
        `algum sobre as tabelas. Na configuração: database: ${schema}`,
    ),
    `CREATE DATABASE IF NOT EXISTS ${schema};`,
  ],
  createView: (name, select) => `CREATE OR REPLACE SQL SECURITY DEFINER VIEW ${name} AS\n${select};`,
  createUser: (names) => [
    comment(
      [
        `Senha: troque ${toFillIn('SENHA')} por ela, entre apóstrofos, só ao rodar; não a guarde no arquivo.`,
        ...(names.from === null
          ? [
              `Troque ${toFillIn('IP_DE_QUEM_LE')} pelo endereço de onde se lê, entre apóstrofos (ou use --from).`,
            ]
          : []),
      ].join('\n'),
    ),
    `CREATE USER IF NOT EXISTS ${account(names)} IDENTIFIED BY ${toFillIn('SENHA')} WITH MAX_USER_CONNECTIONS 8;`,
    names.views.map((view) => grantSelect(names, view.name)).join('\n'),
  ],
  grantSelect,
  revoke: (names) => [
    `DROP USER ${account(names)};`,
    comment(
      'Sessões que ainda estejam abertas já nada leem. Rode o que esta consulta mostrar, para encerrá-las:',
    ),
    `SELECT CONCAT('KILL ', id, ';') AS encerrar FROM information_schema.processlist WHERE user = '${names.user}';`,
  ],
  dropViews: ({ schema }) => [`DROP DATABASE ${schema};`],
};

/** A user is one of a host: the same name from elsewhere is nobody. */
function account({ user, from }: ScriptNames): string {
  return `'${user}'@${from === null ? toFillIn('IP_DE_QUEM_LE') : `'${from}'`}`;
}

function grantSelect(names: ScriptNames, view: string): string {
  return `GRANT SELECT ON ${names.schema}.${view} TO ${account(names)};`;
}
