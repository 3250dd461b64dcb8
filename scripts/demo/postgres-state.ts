import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { ColumnType } from '../../shared/dictionary/kinds.ts';
import { AddressedClient } from '../../shared/sources/postgres-client/client.ts';
import { encodeField } from '../../shared/sources/reading/lines.ts';
import { arrivals, type ChangeCounts, type NextIds, type SampleTable } from './sample-state.ts';

const sqlTypes: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  integer: 'integer',
  decimal: 'numeric',
  date: 'date',
  timestamp: 'timestamp(6) without time zone',
  boolean: 'boolean',
  bytes: 'bytea',
};

/** A state's database in schema `siap` of a PostgreSQL server, and a login that may read its views and no more. */
export async function createPostgresState(
  url: string,
  tables: SampleTable[],
  reader: { user: string; password: string },
): Promise<void> {
  await inTransaction(url, async (client) => {
    await client.query('CREATE SCHEMA siap');
    for (const table of tables) await createTable(client, table);
    await createReader(client, tables, reader);
  });
}

async function inTransaction<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new AddressedClient({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } finally {
    // Closing a connection undoes what it has not committed.
    await client.end();
  }
}

async function createTable(client: Client, { name, columns, rows }: SampleTable): Promise<void> {
  const table = `siap.tb_${name}`;
  const names = columns.map((column) => `"${column.name}"`).join(', ');
  const definitions = columns.map(
    (column) => `"${column.name}" ${sqlTypes[column.type]}${column.name === 'id' ? ' PRIMARY KEY' : ''}`,
  );
  await client.query(`CREATE TABLE ${table} (${definitions.join(', ')})`);
  const copy = client.query(copyFrom(`COPY ${table} (${names}) FROM STDIN (ENCODING 'UTF8')`));
  await pipeline(Readable.from(copyLines(rows)), copy);
  await client.query(`CREATE INDEX tb_${name}_atualizado_em ON ${table} (atualizado_em, id);
    CREATE VIEW siap.${name} AS SELECT ${names} FROM ${table};
    ANALYZE ${table}`);
}

function* copyLines(rows: SampleTable['rows']): Generator<Buffer> {
  let chunk = '';
  for (const row of rows) {
    chunk += `${row.map((value) => encodeField(value === null ? null : String(value))).join('\t')}\n`;
    if (chunk.length > 65_536) {
      yield Buffer.from(chunk);
      chunk = '';
    }
  }
  yield Buffer.from(chunk);
}

async function createReader(
  client: Client,
  tables: SampleTable[],
  reader: { user: string; password: string },
): Promise<void> {
  const role = client.escapeIdentifier(reader.user);
  const known = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [reader.user]);
  const verifier = client.escapeLiteral(scramVerifier(reader.password));
  await client.query(`${known.rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${role} LOGIN PASSWORD ${verifier}`);
  const views = tables.map(({ name }) => `siap.${name}`).join(', ');
  await client.query(`REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA siap TO ${role};
    GRANT SELECT ON ${views} TO ${role}`);
}

/** What the server would store of the password (RFC 5803): so no statement, error or server log ever holds it. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, 4096, 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64');
  return `SCRAM-SHA-256$4096:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}

/** A day's work in the state: some people edited, some released, twenty new ones. Every step may be repeated. */
export function changePostgresState(url: string, step: number, timeZone: string): Promise<ChangeCounts> {
  return inTransaction(url, async (client) => {
    const clock = await client.query<{ instant: string }>(
      `SELECT to_char(now() AT TIME ZONE $1, 'YYYY-MM-DD HH24:MI:SS.US') AS instant`,
      [timeZone],
    );
    const instant = clock.rows[0]?.instant ?? '';
    const edited = await client.query(
      'UPDATE siap.tb_custodiado SET alcunhas = $1, atualizado_em = $2 WHERE id % 100 = $3::integer % 100',
      [`VULGO ${step} (${instant})`, instant, step],
    );
    const released = await client.query(
      `UPDATE siap.tb_custodia SET saida = $1::date, motivo_saida = 'ALVARÁ DE SOLTURA', atualizado_em = $2 WHERE id IN
       (SELECT id FROM siap.tb_custodia WHERE saida IS NULL
        ORDER BY (id::bigint * 7919 + $3::integer) % 10007, id LIMIT 15)`,
      [instant.slice(0, 10), instant, step],
    );
    let inserted = 0;
    for (const table of arrivals(timeZone, step, instant, await nextIds(client))) {
      inserted += await insert(client, table);
    }
    return { inserted, updated: (edited.rowCount ?? 0) + (released.rowCount ?? 0) };
  });
}

async function insert(client: Client, { name, columns, rows }: SampleTable): Promise<number> {
  const names = columns.map((column) => `"${column.name}"`).join(', ');
  const places = columns.map((_, index) => `$${index + 1}`).join(', ');
  let inserted = 0;
  for (const row of rows) {
    await client.query(`INSERT INTO siap.tb_${name} (${names}) VALUES (${places})`, [...row]);
    inserted += 1;
  }
  return inserted;
}

async function nextIds(client: Client): Promise<NextIds> {
  const result = await client.query<NextIds>(`SELECT
    (SELECT coalesce(max(id), 0) + 1 FROM siap.tb_unidade) AS unidade,
    (SELECT coalesce(max(id), 0) + 1 FROM siap.tb_custodiado) AS custodiado,
    (SELECT coalesce(max(id), 0) + 1 FROM siap.tb_custodia) AS custodia,
    (SELECT coalesce(max(id), 0) + 1 FROM siap.tb_movimentacao) AS movimentacao`);
  const next = result.rows[0];
  if (next === undefined) throw new Error('the state database told no ids');
  return next;
}
