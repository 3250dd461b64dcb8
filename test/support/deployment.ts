import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Test } from 'tap';
import { centralKeyFile } from '../../central/identities.ts';
import { freePort } from '../../scripts/demo/processes.ts';
import { daysAgo } from '../../shared/day.ts';
import { type ServingAgent, serveAgent } from './agent-process.ts';
import { runCommand } from './commands.ts';
import { type Environment, spawnProgram } from './program-process.ts';
import { type TcpProxy, tcpProxy } from './tcp-proxy.ts';

/** Names and columns of the one view that these states publish. */
export const columns = ['id', 'nome', 'observacao', 'atualizado_em'] as const;

/**
 * A state as it is in the field: a database, an agent in a process of its own in front of it, and a line to it that
 * the test can hold and cut. Pages are small, so that there are many.
 */
export interface TestState {
  readonly uf: string;
  readonly file: string;
  readonly proxy: TcpProxy;
  readonly agentPort: number;
  readonly agent: () => ServingAgent;
  /** Starts the agent, on the same port each time. */
  start(): Promise<void>;
  /** Ends the agent as a power cut would. */
  kill(): Promise<void>;
  /** A day's work: changes one row in `every`, which ones depends on the step, and adds others. */
  change(step: number, every: number, added: number): void;
  /** Every row as the base must hold it, by id. */
  rows(): Map<string, string>;
  config: string;
}

export async function testState(t: Test, folder: string, uf: string, rows: number): Promise<TestState> {
  const home = join(folder, `agent-${uf}`);
  mkdirSync(home, { recursive: true });
  const file = join(home, 'estado.sqlite');
  createState(file, rows);
  const agentPort = await freePort();
  const config = join(home, 'agent.yaml');
  const source = { engine: 'sqlite', file, timeZone: 'UTC', settleSeconds: 0, overlapSeconds: 60 };
  const view = { name: 'custodiado', key: ['id'], watermark: 'atualizado_em' };
  writeFileSync(
    config,
    JSON.stringify({
      ...{
        id: uf,
        uf,
        state: join(home, 'state'),
        listen: { port: agentPort, tls: false },
        source,
        views: [view],
      },
      ...{ pages: { bytes: 64 * 1024 }, log: { level: 'silent' } },
    }),
  );
  let agent: ServingAgent | null = null;
  const state: TestState = {
    uf,
    file,
    config,
    agentPort,
    proxy: await tcpProxy(t, agentPort),
    agent: () => {
      if (agent === null) throw new Error('the agent was not started');
      return agent;
    },
    start: async () => {
      agent = await serveAgent(t, config);
    },
    kill: async () => {
      agent?.child.kill('SIGKILL');
      await agent?.ended;
    },
    change: (step, every, added) => changeState(file, step, every, added),
    rows: () => readState(file),
  };
  await state.start();
  return state;
}

/** Text that does not compress, so that bytes on the line are as many as rows are. */
function createState(file: string, rows: number): void {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.exec(`CREATE TABLE custodiado (id INTEGER PRIMARY KEY, nome TEXT, observacao TEXT, atualizado_em TEXT);
    INSERT INTO custodiado WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
      SELECT i, 'PESSOA ' || i, hex(randomblob(30)),
             strftime('%Y-%m-%d %H:%M:%f', 'now', (i - ${rows} - 60) || ' minutes') FROM n;
    CREATE INDEX custodiado_em ON custodiado (atualizado_em, id)`);
  db.close();
}

function changeState(file: string, step: number, every: number, added: number): void {
  const db = new Database(file, { timeout: 10_000 });
  const now = `strftime('%Y-%m-%d %H:%M:%f', 'now')`;
  const update = db.prepare(
    `UPDATE custodiado SET nome = nome || '.' || ?, atualizado_em = ${now} WHERE id % ? = ?`,
  );
  const insert = db.prepare(`INSERT INTO custodiado
    SELECT (SELECT max(id) FROM custodiado) + value, 'NOVA', hex(randomblob(30)), ${now} FROM json_each(?)`);
  db.transaction(() => {
    update.run(step, every, step % every);
    insert.run(JSON.stringify(Array.from({ length: added }, (_, index) => index + 1)));
  }).immediate();
  db.close();
}

function readState(file: string): Map<string, string> {
  const db = new Database(file, { readonly: true });
  const rows = db
    .prepare(`SELECT ${columns.join(', ')} FROM custodiado`)
    .raw()
    .all() as (string | number)[][];
  db.close();
  return new Map(rows.map((row) => [String(row[0]), row.map(String).join('|')]));
}

/** A central with a folder and a key of its own, enrolled with states. */
export interface TestCentral {
  readonly folder: string;
  readonly config: string;
  /** Page that its checkpoint stands for, of the base's own count. */
  checkpoint(uf: string): { loads: number } | undefined;
  /** Starts `collect --json`, as a process. */
  collect(...args: string[]): CentralProcess;
  /** The same in the test's own process, a second of the processor cheaper: where none is ended or watched. */
  collectHere(): Pick<CentralProcess, 'ended'>;
}

export interface CentralProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; output: string; errors: string }>;
}

export interface CollectedView {
  readonly rows: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
  readonly quarantined: number;
  readonly outcome: string;
  readonly problem: string | null;
}

export interface CollectedSource {
  readonly source: string;
  readonly outcome: string;
  readonly problem: string | null;
  readonly views: readonly CollectedView[];
  readonly attention: readonly { readonly ref: string }[];
}

export interface TestCentralOptions {
  readonly states: readonly TestState[];
  /** Address of the base; none is PGlite in the folder. */
  readonly base?: string;
  /** Sources that go without an agent: nobody listens at these addresses. */
  readonly urls?: Readonly<Record<string, string>>;
  /** A central whose key this one has, too: an agent knows one central, which may by mistake run twice. */
  readonly twinOf?: TestCentral;
}

/** `name` tells it from other centrals of the same test. */
export async function testCentral(
  t: Test,
  folder: string,
  name: string,
  { states, base, urls = {}, twinOf }: TestCentralOptions,
): Promise<TestCentral> {
  const home = join(folder, name);
  const state = join(home, 'state');
  mkdirSync(home, { recursive: true });
  const sources = states.map(({ uf, proxy }) => ({
    uf,
    url: urls[uf] ?? `http://127.0.0.1:${proxy.port}`,
    agentKey: join(home, `${uf}.jwk`),
    grant: join(home, `${uf}.grant`),
  }));
  const config = join(home, 'central.yaml');
  const password = { env: 'BASE_PASSWORD' };
  const baseConfig = base === undefined ? {} : { base: { password } };
  writeFileSync(config, JSON.stringify({ state, sources, log: { level: 'silent' }, ...baseConfig }));
  if (twinOf !== undefined) cpSync(centralKeyFile({ state: twinOf.folder }), centralKeyFile({ state }));
  const centralKey = join(home, 'central.jwk');
  const environment = { BASE_PASSWORD: 'admin' };
  writeFileSync(centralKey, (await runCommand('central', ['-c', config, 'key'])).output);
  const begin = daysAgo(2);
  for (const [index, { config }] of states.entries()) {
    const { grant = '', agentKey = '' } = sources[index] ?? {};
    writeFileSync(agentKey, (await runCommand('agent', ['key', '-c', config])).output);
    const term = ['--act', 'TESTE', '--begin', begin, '--central', centralKey, '--out', grant];
    await runCommand('agent', ['grant', '-c', config, ...term]);
  }
  const baseArgs = base === undefined ? [] : ['--base', base];
  return {
    folder: state,
    config,
    checkpoint(uf) {
      const db = new Database(join(state, 'central.sqlite'));
      const row: unknown = db.prepare('SELECT loads FROM checkpoint WHERE source = ?').get(uf);
      db.close();
      return row as { loads: number } | undefined;
    },
    collect: (...args) =>
      spawnCentral(t, ['-c', config, ...baseArgs, 'collect', '--json', ...args], environment),
    collectHere: () => ({
      ended: runCommand('central', ['-c', config, ...baseArgs, 'collect', '--json'], { environment }),
    }),
  };
}

function spawnCentral(t: Test, args: readonly string[], environment: Environment): CentralProcess {
  const { child, ended } = spawnProgram(t, 'central', args, environment);
  return {
    child,
    ended: ended.then(({ code, stdout, stderr }) => ({ code, output: stdout, errors: stderr })),
  };
}

/** Runs a collection to its end; fails the test when it did not complete. */
export async function collected(t: Test, { ended }: Pick<CentralProcess, 'ended'>): Promise<CollectedView> {
  const { code, output, errors } = await ended;
  t.equal(errors, '', 'nothing to complain of');
  t.equal(code, 0, 'it completed');
  const [view] = sourcesOf(output)[0]?.views ?? [];
  if (view === undefined) throw new Error(`no view in: ${output}`);
  return view;
}

export function sourcesOf(output: string): CollectedSource[] {
  return JSON.parse(output) as CollectedSource[];
}
