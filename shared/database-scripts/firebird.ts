import { comment, type Dialect, greatestByFallback, type ScriptNames, toFillIn } from './dialect.ts';

/** Firebird 2.5 or newer, dialect 3. It has no schemas: the names of the views begin with that of the schema. */
export const firebird: Dialect = {
  run: ({ database }) =>
    `isql -bail -ch UTF8 -i guarita.sql ${database} (sem -ch UTF8, acentos da visão saem trocados; usuário e senha em\n` +
    `ISC_USER e ISC_PASSWORD, fora da lista de processos)`,
  types: {
    text: 'VARCHAR(200)',
    integer: 'BIGINT',
    decimal: 'DECIMAL(12, 2)',
    date: 'DATE',
    timestamp: 'TIMESTAMP',
    // Firebird 2.5 has no BOOLEAN.
    boolean: 'SMALLINT',
    bytes: 'BLOB SUB_TYPE 0',
  },
  dual: 'FROM RDB$DATABASE',
  greatest: (instants) => greatestByFallback('MAXVALUE', instants),
  viewName,
  // Unquoted, it would become upper case.
  columnName: (name) => `"${name}"`,
  beforeViews: () => [
    comment(
      `Uma visão lê as tabelas com o direito de quem a cria. Se não for o dono delas, o dono dá o direito à visão:\n` +
        `GRANT SELECT ON PESSOA TO VIEW GUARITA_CUSTODIADO;`,
    ),
  ],
  createView: (name, select) => `CREATE OR ALTER VIEW ${name} AS\n${select};`,
  createUser: (names) => [
    comment(
      `Senha: troque ${toFillIn('SENHA')} por ela, entre apóstrofos, só ao rodar; não a guarde no arquivo.\n` +
        `No Firebird 2.5 só contam os 8 primeiros caracteres.`,
    ),
    `CREATE USER ${names.user} PASSWORD ${toFillIn('SENHA')};`,
    names.views.map((view) => grantSelect(names, view.name)).join('\n'),
  ],
  grantSelect,
  indexesAreOneWay: true,
  revoke: ({ user }) => [
    `REVOKE ALL ON ALL FROM USER ${user};
DROP USER ${user};
COMMIT;
DELETE FROM MON$ATTACHMENTS WHERE MON$USER = '${user.toUpperCase()}';
COMMIT;`,
  ],
  dropViews: (names) => names.views.map((view) => `DROP VIEW ${viewName(names, view.name)};`),
};

function viewName({ schema }: Pick<ScriptNames, 'schema'>, view: string): string {
  return `${schema}_${view}`.toUpperCase();
}

function grantSelect(names: ScriptNames, view: string): string {
  return `GRANT SELECT ON ${viewName(names, view)} TO USER ${names.user};`;
}
