import type { Client } from 'pg';

/** The four ways in which the views of this state are read, a table of the same columns each. */
export const views = ['por_instante', 'por_numero', 'por_retrato', 'por_log'] as const;
export type ViewName = (typeof views)[number];

/** Columns of every view, the key first; `marca` is the watermark where the view has one. */
export const columns = ['id', 'nome', 'marca'] as const;

/**
 * A state's database. None of the tables has a key of its own, so that a key may be repeated or empty; each change of
 * `tb_por_log` is written to the log by a trigger, as such systems do it. `marca` of `por_numero` is a sequence: the
 * number is drawn before the transaction commits, so that a late one commits behind others.
 */
const statements = `
  CREATE SEQUENCE numero;
  CREATE TABLE tb_por_instante (id integer, nome text, marca timestamptz);
  CREATE TABLE tb_por_numero (id integer, nome text, marca bigint);
  CREATE TABLE tb_por_retrato (id integer, nome text, marca bigint);
  CREATE TABLE tb_por_log (id integer, nome text, marca bigint);
  CREATE TABLE tb_log (seq bigserial, tabela text, chave integer, operacao text, em timestamptz);
  CREATE FUNCTION registra() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO tb_log (tabela, chave, operacao, em)
        VALUES (TG_TABLE_NAME, coalesce(NEW.id, OLD.id), left(TG_OP, 1), clock_timestamp()),
               ('outra', 1, 'U', clock_timestamp()), (TG_TABLE_NAME, 999, 'ACESSO', clock_timestamp());
      RETURN NULL;
    END $$;
  CREATE TRIGGER registra AFTER INSERT OR UPDATE OR DELETE ON tb_por_log
    FOR EACH ROW EXECUTE FUNCTION registra();
  CREATE INDEX ON tb_por_instante (marca, id);
  CREATE INDEX ON tb_por_numero (marca, id);
  ${views.map((view) => `CREATE INDEX ON tb_${view} (id); CREATE VIEW ${view} AS SELECT * FROM tb_${view};`).join('\n')}
  CREATE VIEW log_de_mudancas AS SELECT * FROM tb_log;
  GRANT SELECT ON ${[...views, 'log_de_mudancas'].join(', ')} TO leitor;`;

/** The views as the agent's configuration has them. */
export const viewConfigs = [
  { name: 'por_instante', key: ['id'], watermark: 'marca' },
  { name: 'por_numero', key: ['id'], watermark: 'marca' },
  { name: 'por_retrato', key: ['id'], mode: 'snapshot' },
  {
    ...{ name: 'por_log', key: ['id'], mode: 'changelog' },
    changelog: {
      ...{ relation: 'log_de_mudancas', watermark: 'seq', key: ['chave'] },
      table: { column: 'tabela', values: ['tb_por_log'] },
      operation: { column: 'operacao', values: ['I', 'U', 'D'] },
    },
  },
];

/** What may happen to rows of a view. `id` is from a small range, so that the same rows meet again and again. */
export interface Change {
  readonly view: ViewName;
  readonly id: number;
  readonly kind:
    | 'insert'
    | 'update'
    | 'delete'
    /** Changes the row and leaves its watermark alone. */
    | 'update-silently'
    /** Takes the watermark away. */
    | 'unmark'
    /** Dates the row 2099, or numbers it far ahead of all others. */
    | 'postdate'
    /** Dates the row long ago. */
    | 'backdate'
    /** Adds another row of the same key. */
    | 'repeat'
    /** Adds a row without a key. */
    | 'keyless'
    /** Gives every row of the view the same watermark. */
    | 'tie';
}

const marks = (view: ViewName, hours: number) => ({
  next: view === 'por_instante' ? `clock_timestamp() + interval '${hours} hours'` : `nextval('numero')`,
  past: view === 'por_instante' ? `timestamptz '2001-02-03 04:05:06.000007+00'` : '1',
  future: view === 'por_instante' ? `timestamptz '2099-12-31 23:59:59.999999+00'` : '1000000000000',
});

/** SQL of a change. @param hours what the clock of whoever writes is ahead, @param step makes the values new */
function statementOf({ view, id, kind }: Change, hours: number, step: number): string {
  const table = `tb_${view}`;
  const { next, past, future } = marks(view, hours);
  const name = `'PESSOA ${id} versão ${step}\t\\'`;
  switch (kind) {
    case 'insert':
      return `INSERT INTO ${table} SELECT ${id}, ${name}, ${next}
        WHERE NOT EXISTS (SELECT FROM ${table} WHERE id = ${id})`;
    case 'update':
      return `UPDATE ${table} SET nome = ${name}, marca = ${next} WHERE id = ${id}`;
    case 'delete':
      return `DELETE FROM ${table} WHERE id = ${id}`;
    case 'update-silently':
      return `UPDATE ${table} SET nome = ${name} WHERE id = ${id}`;
    case 'unmark':
      return `UPDATE ${table} SET marca = NULL WHERE id = ${id}`;
    case 'postdate':
      return `UPDATE ${table} SET nome = ${name}, marca = ${future} WHERE id = ${id}`;
    case 'backdate':
      return `UPDATE ${table} SET nome = ${name}, marca = ${past} WHERE id = ${id}`;
    case 'repeat':
      return `INSERT INTO ${table} VALUES (${id}, ${name}, ${next})`;
    case 'keyless':
      return `INSERT INTO ${table} VALUES (NULL, ${name}, ${next})`;
    case 'tie':
      return `UPDATE ${table} SET marca = (SELECT max(marca) FROM ${table}) WHERE marca IS NOT NULL`;
  }
}

/** The state's own system: two writers and their clock. */
export class StateDatabase {
  readonly #writer: Client;
  readonly #late: Client;
  #step = 0;
  #isLate = false;
  #emptied: ViewName | null = null;
  /** The sequences at the time of the backup. */
  #sequences = { numero: '1', log: '1' };
  /** Hours that the clock of whoever writes is ahead of the database's. */
  hours = 0;

  /** Both connected. */
  constructor(writer: Client, late: Client) {
    this.#writer = writer;
    this.#late = late;
  }

  async create(): Promise<void> {
    await this.#writer.query(statements);
  }

  /** As on the first day, with some rows in each view. */
  async reset(rows: number): Promise<void> {
    await this.rollBackLate();
    this.hours = 0;
    await this.#writer.query(`TRUNCATE ${views.map((view) => `tb_${view}`).join(', ')}, tb_log RESTART IDENTITY;
      ALTER SEQUENCE numero RESTART`);
    for (const view of views) {
      await this.#writer.query(`INSERT INTO tb_${view} SELECT i, 'PESSOA ' || i, ${marks(view, 0).next}
        FROM generate_series(1, ${rows}) i`);
    }
    await this.save();
  }

  /** Some changes in one transaction. */
  async write(changes: readonly Change[]): Promise<void> {
    const sql = changes.map((change) => statementOf(change, this.hours, ++this.#step));
    await this.#writer.query(['BEGIN', ...sql, 'COMMIT'].join(';\n'));
  }

  /** The same by the other writer, whose transaction stays open. It keeps to rows of its own, so that none waits. */
  async writeLate(changes: readonly Change[]): Promise<void> {
    if (!this.#isLate) await this.#late.query('BEGIN');
    this.#isLate = true;
    for (const change of changes) {
      if (change.kind === 'tie') continue;
      await this.#late.query(statementOf({ ...change, id: change.id + 1000 }, this.hours, ++this.#step));
    }
  }

  async commitLate(): Promise<void> {
    if (this.#isLate) await this.#late.query('COMMIT');
    this.#isLate = false;
  }

  async rollBackLate(): Promise<void> {
    if (this.#isLate) await this.#late.query('ROLLBACK');
    this.#isLate = false;
  }

  /** Takes a backup of everything. */
  async save(): Promise<void> {
    const tables = [...views.map((view) => `tb_${view}`), 'tb_log'];
    const copies = tables.map(
      (table) => `DROP TABLE IF EXISTS copia_${table}; CREATE TABLE copia_${table} AS SELECT * FROM ${table}`,
    );
    await this.#writer.query(copies.join(';\n'));
    const { rows } = await this.#writer.query<{ numero: string; log: string }>(
      `SELECT nextval('numero')::text AS numero, nextval('tb_log_seq_seq')::text AS log`,
    );
    this.#sequences = rows[0] ?? this.#sequences;
  }

  /** Puts the last backup in place of everything. */
  async restore(): Promise<void> {
    await this.rollBackLate();
    const tables = [...views.map((view) => `tb_${view}`), 'tb_log'];
    // The log is put back after the tables, whose triggers would write to it.
    const sql = tables.map((table) => `TRUNCATE ${table}; INSERT INTO ${table} SELECT * FROM copia_${table}`);
    const log = 'TRUNCATE tb_log; INSERT INTO tb_log SELECT * FROM copia_tb_log';
    const { numero, log: seq } = this.#sequences;
    const sequences = `SELECT setval('numero', ${numero}), setval('tb_log_seq_seq', ${seq})`;
    await this.#writer.query(['BEGIN', ...sql, log, sequences, 'COMMIT'].join(';\n'));
  }

  /** A view is empty from now on, as when a job of the state loads its table anew, until `refill`. */
  async empty(view: ViewName): Promise<void> {
    if (this.#emptied !== null) return;
    this.#emptied = view;
    await this.#writer.query(`DROP TABLE IF EXISTS fora; BEGIN; CREATE TABLE fora AS SELECT * FROM tb_${view};
      DELETE FROM tb_${view}; COMMIT`);
  }

  /** What was emptied has its rows again. */
  async refill(): Promise<void> {
    const view = this.#emptied;
    this.#emptied = null;
    if (view !== null) await this.#writer.query(`INSERT INTO tb_${view} SELECT * FROM fora`);
  }

  /** Every row of a view, each value the text that the agent's session makes of it. */
  async rows(view: ViewName): Promise<(string | null)[][]> {
    const texts = columns.map((name) => `${name}::text`);
    const text = `SELECT ${texts.join(', ')} FROM ${view}`;
    return (await this.#writer.query<(string | null)[]>({ text, rowMode: 'array' })).rows;
  }
}
