import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Test } from 'tap';
import { migrateBase } from '../../central/base/migrate.ts';
import { freePort } from '../../scripts/demo/processes.ts';
import { daysAgo } from '../../shared/day.ts';
import { openPostgresBase, testFolder } from '../support/bases.ts';
import { runCommand } from '../support/commands.ts';
import { until } from '../support/deferred.ts';
import { pgbouncer } from '../support/pgbouncer.ts';
import { testPostgres } from '../support/postgres.ts';
import type { OwnPostgres } from '../support/postgres-programs.ts';
import type { PostgresPair } from '../support/postgres-standby.ts';
import { type TcpProxy, tcpProxy } from '../support/tcp-proxy.ts';
import { type Finished, type WarmProcess, WarmProcesses } from '../support/warm-process.ts';
import { isMadeUpFor, shiftJobs } from './past-jobs.ts';
import { StateDatabase, viewConfigs, views } from './state-database.ts';

/** What goes wrong during a run, once so many bytes have come over a line. */
export interface Fault {
  readonly line: 'agent' | 'base';
  readonly bytes: number;
  readonly what:
    | 'kill-central'
    | 'kill-agent'
    | 'cut'
    | 'truncate'
    | 'alter'
    | 'delay'
    | 'empty-view'
    | 'replace-sessions';
}

/** From when on central asks before it marks rows as removed. */
export const shrink = { share: 0.3, rows: 5 };

const schema = 'fonte_al';
const environment = { BASE_PASSWORD: 'admin', AGENT_PASSWORD: 'leitura' };

/**
 * The whole way, real: a state's PostgreSQL with two writers, an agent and a central in processes of their own, the
 * national base on a PostgreSQL, and both lines of central in the test's hands.
 */
export class World {
  readonly state: StateDatabase;
  /** The test's own look into the national base. */
  readonly base: Client;
  readonly #folder: string;
  readonly #agentPort: number;
  readonly #agentLine: TcpProxy;
  readonly #baseLine: TcpProxy;
  readonly #processes: WarmProcesses;
  #agent: WarmProcess | null = null;
  #central: WarmProcess | null = null;
  #epoch = 0;
  #case = 0;

  private constructor(parts: {
    state: StateDatabase;
    base: Client;
    folder: string;
    agentPort: number;
    agentLine: TcpProxy;
    baseLine: TcpProxy;
    processes: WarmProcesses;
  }) {
    this.state = parts.state;
    this.base = parts.base;
    this.#folder = parts.folder;
    this.#agentPort = parts.agentPort;
    this.#agentLine = parts.agentLine;
    this.#baseLine = parts.baseLine;
    this.#processes = parts.processes;
  }

  /** @param replica a pair of servers: the state's system writes to the primary, and its agent reads the other one */
  static async create(t: Test, replica: PostgresPair | null = null): Promise<World> {
    const processes = new WarmProcesses(t, environment);
    const folder = testFolder(t);
    const server = await testPostgres(t);
    await server.admin('CREATE DATABASE nacional');
    const writer = replica?.primary ?? server;
    await writer.admin('CREATE DATABASE estado');
    await writer.admin(`CREATE ROLE leitor LOGIN PASSWORD 'leitura'`);
    const base = openPostgresBase(server, 'nacional');
    await migrateBase(base);
    await base.close();
    const connect = async (database: string) => {
      const on = database === 'estado' ? writer : server;
      const client = new Client({ connectionString: on.url(database) });
      client.on('error', () => undefined);
      await client.connect();
      await client.query(`SET TimeZone = 'UTC'; SET client_min_messages = warning`);
      t.teardown(() => client.end());
      return client;
    };
    const state = new StateDatabase(await connect('estado'), await connect('estado'));
    await state.create();
    const agentPort = await freePort();
    const world = new World({
      ...{ state, folder, agentPort, processes },
      base: await connect('nacional'),
      agentLine: await tcpProxy(t, agentPort),
      baseLine: await tcpProxy(t, server.port),
    });
    const pooler = process.env['GUARITA_TEST_PGBOUNCER'];
    world.#replica = replica;
    world.#isPooled = replica === null && pooler !== undefined;
    world.#source = replica?.standby ?? server;
    const isDirect = pooler === undefined || replica !== null;
    await world.#enrol(isDirect ? world.#source.port : await pgbouncer(t, pooler, server, 3));
    return world;
  }

  /** Folder of central's state in this case. */
  get centralFolder(): string {
    return join(this.#folder, `central-${this.#case}`);
  }

  get agentFolder(): string {
    return join(this.#folder, 'agent');
  }

  /** Everything as on the first day, under a new central. */
  async reset(rows: number): Promise<void> {
    this.#heal();
    rmSync(this.centralFolder, { recursive: true, force: true });
    this.#case++;
    mkdirSync(this.centralFolder, { mode: 0o700 });
    cpSync(join(this.#folder, 'central.key.jwk'), join(this.centralFolder, 'central.key.jwk'));
    this.#writeCentralConfig();
    await this.#baseIsQuiet();
    await this.base.query(
      `DROP SCHEMA IF EXISTS ${schema}, ${schema}_versao CASCADE;
       TRUNCATE guarita.view, guarita.quarantine, guarita.pagina, guarita.shape`,
    );
    await this.state.reset(rows);
    await this.startAgent();
  }

  /** Runs a command of central to its end, or to the end that the fault makes of it. */
  async central(argv: readonly string[], fault: Fault | null = null): Promise<Finished> {
    await this.startAgent();
    if (this.#central === null || this.#central.isGone) this.#central = this.#processes.take();
    await this.#sourceIsCurrent();
    if (fault !== null) this.#arm(fault);
    const url = `postgres://postgres@127.0.0.1:${this.#baseLine.port}/nacional`;
    const config = ['-c', join(this.#folder, 'central.yaml'), '--base', url];
    const finished = await this.#central.start({ program: 'central', argv: [...config, ...argv] }).finished;
    this.#heal();
    await this.state.refill();
    await this.#baseIsQuiet();
    return finished;
  }

  /**
   * Central was down for longer than its schedules are apart, which what it has written down was eight days ago tells it;
   * it starts, does what it has missed, and is killed.
   */
  async downOverSchedules(): Promise<void> {
    await this.startAgent();
    const file = join(this.centralFolder, 'central.sqlite');
    await this.#sourceIsCurrent();
    const missed = existsSync(file) && shiftJobs(file, 8);
    if (this.#central === null || this.#central.isGone) this.#central = this.#processes.take();
    const url = `postgres://postgres@127.0.0.1:${this.#baseLine.port}/nacional`;
    const argv = ['-c', join(this.#folder, 'central.yaml'), '--base', url, 'serve', '--now'];
    await this.#central.start({ program: 'central', argv }).printed;
    if (missed) await until('what was missed is done', () => Promise.resolve(isMadeUpFor(file)));
    await this.#central.kill();
    await this.#baseIsQuiet();
  }

  async startAgent(): Promise<void> {
    if (this.#agent !== null && !this.#agent.isGone) return;
    this.#agent = this.#processes.take();
    const argv = ['serve', '--config', join(this.#folder, 'agent.yaml')];
    await this.#agent.start({ program: 'agent', argv }).printed;
  }

  /**
   * The sessions of the state's server that the agent reads in are others from now on, in which somebody has left what he
   * likes; where there is a pooler, the agent does not even notice.
   */
  async replaceSessions(): Promise<void> {
    await this.#source?.admin(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'leitor' AND datname = 'estado'`,
    );
    await this.#leaveSettings();
  }

  /** The replica begins anew, with nothing to replay: what it has it had from the start. */
  async restartReplica(): Promise<void> {
    if (this.#replica === null) return;
    const { primary, standby } = this.#replica;
    await primary.admin('CHECKPOINT');
    await this.#sourceIsCurrent();
    await standby.admin('CHECKPOINT');
    standby.stop();
    standby.start();
  }

  async killAgent(): Promise<void> {
    await this.#agent?.kill();
  }

  /** The state puts its backup in place; if it says so, its agent has another epoch from then on. */
  async restore(said: boolean): Promise<void> {
    await this.state.restore();
    if (!said) return;
    this.#epoch++;
    this.#writeAgentConfig();
    await this.killAgent();
  }

  #arm({ line, bytes, what }: Fault): void {
    const proxy = line === 'agent' ? this.#agentLine : this.#baseLine;
    let done = false;
    proxy.pass = async (chunk, total) => {
      if (done || total < bytes) return chunk;
      done = true;
      switch (what) {
        case 'kill-central':
          await this.#central?.kill();
          return null;
        case 'kill-agent':
          await this.killAgent();
          return null;
        case 'cut':
          proxy.cut();
          return null;
        case 'truncate':
          setImmediate(() => proxy.cut());
          return chunk.subarray(0, chunk.length >> 1);
        case 'alter':
          // Only what an agent signs can be told from what was sent.
          if (line === 'agent') chunk.writeUInt8(chunk.readUInt8(chunk.length - 1) ^ 1, chunk.length - 1);
          return chunk;
        case 'empty-view':
          await this.state.empty(views[bytes % views.length] ?? views[0]);
          return chunk;
        case 'replace-sessions':
          await this.replaceSessions();
          return chunk;
        case 'delay':
          await this.#baseAnswers();
          return chunk;
      }
    };
  }

  /** Some time passes: as long as a few questions to the base take. */
  async #baseAnswers(): Promise<void> {
    for (let i = 0; i < 5; i++) await this.base.query('SELECT 1');
  }

  #heal(): void {
    for (const line of [this.#agentLine, this.#baseLine]) line.reset();
  }

  /** What a killed central had sent, its server process finishes or takes back by itself. */
  async #baseIsQuiet(): Promise<void> {
    if (this.#central?.isGone === true) this.#baseLine.cut();
    await until('nobody is at work in the base', async () => {
      const { rows } = await this.base.query(
        `SELECT FROM pg_stat_activity
          WHERE datname = 'nacional' AND backend_type = 'client backend' AND pid <> pg_backend_pid()`,
      );
      return rows.length === 0;
    });
  }

  async #enrol(sourcePort: number): Promise<void> {
    const file = (name: string) => join(this.#folder, name);
    this.#sourcePort = sourcePort;
    this.#writeAgentConfig();
    mkdirSync(this.centralFolder, { mode: 0o700 });
    this.#writeCentralConfig();
    const run = async (program: 'agent' | 'central', ...args: string[]) => {
      const { code, output, errors } = await runCommand(program, args);
      if (code !== 0) throw new Error(errors);
      return output;
    };
    writeFileSync(file('central.jwk'), await run('central', '-c', file('central.yaml'), 'key'));
    cpSync(join(this.centralFolder, 'central.key.jwk'), file('central.key.jwk'));
    writeFileSync(file('AL.jwk'), await run('agent', 'key', '-c', file('agent.yaml')));
    const begin = daysAgo(2);
    const term = ['--act', 'TESTE', '--begin', begin, '--out', file('AL.grant')];
    await run('agent', 'grant', '-c', file('agent.yaml'), '--central', file('central.jwk'), ...term);
  }

  #sourcePort = 0;
  #isPooled = false;
  #replica: PostgresPair | null = null;
  /** The server that the agent reads. */
  #source: Pick<OwnPostgres, 'port' | 'admin'> | null = null;

  /** A replica has what the state's system has written. */
  async #sourceIsCurrent(): Promise<void> {
    await this.#replica?.connected(true);
    await this.#replica?.caughtUp();
  }

  /** In the next session that the agent is given. */
  async #leaveSettings(): Promise<void> {
    if (!this.#isPooled) return;
    const login = { user: 'leitor', password: 'leitura', database: 'estado' };
    const client = new Client({ host: '127.0.0.1', port: this.#sourcePort, ...login });
    await client.connect();
    await client.query(`SET TimeZone = 'America/Noronha'; SET DateStyle = 'SQL, DMY'; SET search_path = pg_temp;
      SET default_transaction_read_only = off; SET statement_timeout = '7s'`);
    await client.end();
  }

  #writeAgentConfig(): void {
    const source = {
      ...{ engine: 'postgres', url: `postgres://leitor@127.0.0.1:${this.#sourcePort}/estado` },
      ...{ password: { env: 'AGENT_PASSWORD' }, settleSeconds: 0, overlapSeconds: 1, overlapCount: 3 },
      epoch: String(this.#epoch),
    };
    const config = {
      ...{
        id: 'AL',
        uf: 'AL',
        state: this.agentFolder,
        listen: { port: this.#agentPort, tls: false },
        source,
      },
      ...{ views: viewConfigs, pages: { bytes: 4096, rows: 7 }, log: { level: 'silent' } },
    };
    writeFileSync(join(this.#folder, 'agent.yaml'), JSON.stringify(config));
  }

  #writeCentralConfig(): void {
    const file = (name: string) => join(this.#folder, name);
    const source = { uf: 'AL', url: `http://127.0.0.1:${this.#agentLine.port}` };
    const config = {
      ...{
        state: this.centralFolder,
        base: { password: { env: 'BASE_PASSWORD' } },
        log: { level: 'silent' },
      },
      shrink,
      sources: [{ ...source, agentKey: file('AL.jwk'), grant: file('AL.grant') }],
    };
    writeFileSync(file('central.yaml'), JSON.stringify(config));
  }
}
