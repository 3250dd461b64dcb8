import { comment, type Dialect, greatestByFallback, type ScriptNames } from './dialect.ts';

/** SQLite has neither schemas nor users: the views' names begin with that of the schema, files have permissions. */
export const sqlite: Dialect = {
  run: ({ database }) => `sqlite3 -bail ${database} < guarita.sql`,
  types: {
    text: 'TEXT',
    integer: 'INTEGER',
    decimal: 'NUMERIC',
    date: 'TEXT',
    timestamp: 'TEXT',
    boolean: 'INTEGER',
    bytes: 'BLOB',
  },
  dual: '',
  greatest: (instants) => greatestByFallback('max', instants),
  viewName,
  columnName: (name) => name,
  beforeViews: () => [],
  createView: (name, select) => `DROP VIEW IF EXISTS ${name};\nCREATE VIEW ${name} AS\n${select};`,
  createUser: ({ database, reader }) => [
    comment(
      `O SQLite não tem usuários. O Guarita abre o arquivo só para leitura; garanta o mesmo pelas permissões do arquivo:\n` +
        `dê à conta dele leitura, sem gravação (chgrp ${reader === 'agent' ? 'guarita-agent' : 'guarita-central'} ${database}, chmod 640 ${database}).`,
    ),
  ],
  grantSelect: () => null,
  revoke: ({ database }) => [
    comment(
      `O SQLite não tem usuários. Tire da conta do Guarita a leitura do arquivo (chmod 600 ${database}).`,
    ),
  ],
  dropViews: (names) => names.views.map((view) => `DROP VIEW ${viewName(names, view.name)};`),
};

function viewName({ schema }: Pick<ScriptNames, 'schema'>, view: string): string {
  return `${schema}_${view}`;
}
