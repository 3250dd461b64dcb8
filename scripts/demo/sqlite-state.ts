import Database from 'better-sqlite3';
import {
  arrivals,
  type ChangeCounts,
  type NextIds,
  type SampleTable,
  utcOffsetMinutes,
} from './sample-state.ts';

/** A state's database as one SQLite file: a table `tb_NAME` and a view NAME over it for each standard view. */
export function createSqliteState(file: string, tables: SampleTable[]): void {
  const database = new Database(file);
  try {
    database.pragma('journal_mode = WAL');
    database.transaction(() => {
      for (const table of tables) createTable(database, table);
    })();
    database.exec('ANALYZE');
  } finally {
    database.close();
  }
}

function createTable(database: Database.Database, { name, columns, rows }: SampleTable): void {
  const table = `tb_${name}`;
  const names = columns.map((column) => `"${column.name}"`).join(', ');
  // INTEGER PRIMARY KEY is the row id itself, which SQLite never lets be null.
  const definitions = columns.map(
    (column) => `"${column.name}" ${column.type.toUpperCase()}${column.name === 'id' ? ' PRIMARY KEY' : ''}`,
  );
  database.exec(`CREATE TABLE ${table} (${definitions.join(', ')})`);
  insert(database, table, columns, rows);
  database.exec(`CREATE INDEX ${table}_atualizado_em ON ${table} (atualizado_em, id);
    CREATE VIEW ${name} AS SELECT ${names} FROM ${table}`);
}

function insert(
  database: Database.Database,
  table: string,
  columns: SampleTable['columns'],
  rows: SampleTable['rows'],
): number {
  const names = columns.map((column) => `"${column.name}"`).join(', ');
  const statement = database.prepare(
    `INSERT INTO ${table} (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  let inserted = 0;
  for (const row of rows) inserted += statement.run(row).changes;
  return inserted;
}

/** A day's work in the state: some people edited, some released, twenty new ones. Every step may be repeated. */
export function changeSqliteState(file: string, step: number, timeZone: string): ChangeCounts {
  const database = new Database(file);
  try {
    return database.transaction(() => change(database, step, timeZone)).immediate();
  } finally {
    database.close();
  }
}

export function executeOnSqliteState(file: string, statements: readonly string[]): void {
  const database = new Database(file);
  try {
    database.transaction(() => statements.forEach((sql) => database.exec(sql))).immediate();
  } finally {
    database.close();
  }
}

function change(database: Database.Database, step: number, timeZone: string): ChangeCounts {
  const instant = localInstant(database, timeZone);
  const edited = database
    .prepare('UPDATE tb_custodiado SET alcunhas = ?, atualizado_em = ? WHERE id % 100 = ? % 100')
    .run(`VULGO ${step} (${instant})`, instant, step);
  const released = database
    .prepare(
      `UPDATE tb_custodia SET saida = ?, motivo_saida = 'ALVARÁ DE SOLTURA', atualizado_em = ?
       WHERE id IN (SELECT id FROM tb_custodia WHERE saida IS NULL ORDER BY (id * 7919 + ?) % 10007, id LIMIT 15)`,
    )
    .run(instant.slice(0, 10), instant, step);
  const arrived = arrivals(timeZone, step, instant, nextIds(database));
  let inserted = 0;
  for (const { name, columns, rows } of arrived) inserted += insert(database, `tb_${name}`, columns, rows);
  return { inserted, updated: edited.changes + released.changes };
}

/** SQLite's clock has milliseconds; the text keeps the six digits that the other rows have. */
function localInstant(database: Database.Database, timeZone: string): string {
  const shift = `${utcOffsetMinutes(new Date(), timeZone) / 60} hours`;
  const clock = database.prepare(`SELECT strftime('%Y-%m-%d %H:%M:%f', 'now', ?) || '000'`).pluck();
  return String(clock.get(shift));
}

function nextIds(database: Database.Database): NextIds {
  const next = (name: string): number =>
    Number(database.prepare(`SELECT coalesce(max(id), 0) + 1 FROM tb_${name}`).pluck().get());
  return {
    unidade: next('unidade'),
    custodiado: next('custodiado'),
    custodia: next('custodia'),
    movimentacao: next('movimentacao'),
  };
}
