import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { AddressedClient } from '../../shared/sources/postgres-client/client.ts';
import type { KnownPeople } from './known-people.ts';
import type { Uf } from './people.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';
import { changePostgresState, createPostgresState } from './postgres-state.ts';
import { freePort } from './processes.ts';
import { quietChanges } from './quiet-changes.ts';
import { type ChangeCounts, sampleTables, stateTimeZones } from './sample-state.ts';
import { changeSqliteState, createSqliteState, executeOnSqliteState } from './sqlite-state.ts';

/** A sample state: its database, and what an agent is told of it. */
export interface SampleState {
  readonly uf: Uf;
  /** The `source` of the agent's configuration. */
  readonly source: Record<string, unknown>;
  /** Prefix of a view's name in the database. */
  readonly schema: string;
  change(step: number): Promise<ChangeCounts>;
  /** Changes rows behind the back of their watermark. */
  changeQuietly(step: number): Promise<void>;
  stop(): Promise<void>;
}

const custodiados: Readonly<Record<Uf, number>> = { AL: 1000, RO: 1200, MS: 1200 };
const seeds: Readonly<Record<Uf, number>> = { AL: 27, RO: 11, MS: 50 };

/** Nothing else writes to these databases, so a change may be read at once: no settle time. */
const settings = (uf: Uf) => ({ timeZone: stateTimeZones[uf], settleSeconds: 0 });

function tablesOf(uf: Uf, known: KnownPeople) {
  return sampleTables({ uf, custodiados: custodiados[uf], seed: seeds[uf], now: new Date(), known });
}

export function openSqliteSample(folder: string, uf: 'AL' | 'RO', known: KnownPeople): SampleState {
  const file = join(folder, `${uf}.sqlite`);
  const done = join(folder, `${uf}.ready`);
  if (!existsSync(done)) {
    createSqliteState(file, tablesOf(uf, known));
    writeFileSync(done, '');
  }
  return {
    uf,
    source: { engine: 'sqlite', file, ...settings(uf) },
    schema: '',
    change: (step) => Promise.resolve(changeSqliteState(file, step, stateTimeZones[uf])),
    changeQuietly: (step) => Promise.resolve(executeOnSqliteState(file, quietChanges('tb_', step))),
    stop: () => Promise.resolve(),
  };
}

const reader = 'guarita_leitura';

export async function openPostgresSample(folder: string, known: KnownPeople): Promise<SampleState> {
  const passwordFile = join(folder, 'MS.password');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(passwordFile)) {
    writeFileSync(passwordFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
  }
  const password = readFileSync(passwordFile, 'utf8').trim();
  const server = await startPostgres({
    folder: join(folder, 'MS-postgres'),
    port: await freePort(),
    password,
    persistent: true,
  });
  const url = server.url('postgres');
  const done = join(folder, 'MS.ready');
  if (!existsSync(done)) {
    await withClient(server, (client) => client.query('DROP SCHEMA IF EXISTS siap CASCADE'));
    await createPostgresState(url, tablesOf('MS', known), { user: reader, password });
    writeFileSync(done, '');
  }
  return {
    uf: 'MS',
    source: {
      engine: 'postgres',
      url: `postgres://${reader}@127.0.0.1:${server.port}/postgres`,
      password: { file: passwordFile },
      ...settings('MS'),
    },
    schema: 'siap.',
    change: (step) => changePostgresState(url, step, stateTimeZones.MS),
    changeQuietly: async (step) => {
      for (const sql of quietChanges('siap.tb_', step)) {
        await withClient(server, (client) => client.query(sql));
      }
    },
    stop: () => server.stop(),
  };
}

async function withClient(server: PostgresServer, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new AddressedClient({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
