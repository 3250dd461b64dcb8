import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { daysAgo } from '../../shared/day.ts';
import { type KeyPair, publicKey } from '../../shared/signing/keys.ts';
import { sqliteDefaults } from './sqlite-views.ts';

const program = join(import.meta.dirname, '..', '..', 'agent', 'main.ts');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process of the agent that was started and may still run. */
export interface AgentProcess {
  readonly child: ChildProcess;
  /** Resolves when it has ended. */
  readonly ended: Promise<Ended>;
  /** What it wrote to standard error so far: its log. */
  log(): string;
}

type Environment = Readonly<Record<string, string>>;

/** Starts `guarita-agent` with arguments, as a process of its own. */
export function spawnAgent(t: Test, args: readonly string[], environment: Environment = {}): AgentProcess {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [program, ...args], { env: { PATH, ...environment } });
  t.teardown(() => child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
  return { child, ended, log: () => output.stderr };
}

/** Runs `guarita-agent` to its end. */
export function runAgent(t: Test, args: readonly string[], environment: Environment = {}): Promise<Ended> {
  return spawnAgent(t, args, environment).ended;
}

export interface ServingAgent extends AgentProcess {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
}

/** Starts `guarita-agent serve`; resolves once it listens, and rejects with what it printed when it ends before. */
export async function serveAgent(
  t: Test,
  config: string,
  environment: Environment = {},
): Promise<ServingAgent> {
  const agent = spawnAgent(t, ['serve', '--config', config], environment);
  const ended = agent.ended.then(({ stderr }) => Promise.reject(new Error(`the agent ended:\n${stderr}`)));
  const { stdout } = agent.child;
  if (stdout === null) throw new Error('no standard output');
  const [line] = (await Promise.race([once(stdout, 'data'), ended])) as [string];
  ended.catch(() => undefined);
  const url = /https?:\S+/.exec(line)?.[0];
  if (url === undefined) throw new Error(`no address in: ${line}`);
  return { ...agent, url };
}

/** What a configuration of the tests holds unless a test changes it; written as JSON, which YAML includes. */
export function sampleConfig(folder: string): Record<string, unknown> {
  return {
    id: 'AL',
    uf: 'AL',
    state: join(folder, 'state'),
    listen: { port: 0, tls: false },
    source: { ...sqliteDefaults, file: join(folder, 'estado.sqlite') },
    views: [{ name: 'custodiado', key: ['id'], watermark: 'versao' }],
  };
}

export function writeConfig(folder: string, config: unknown): string {
  const file = join(folder, 'agent.yaml');
  writeFileSync(file, typeof config === 'string' ? config : JSON.stringify(config));
  return file;
}

/** The agent's public key, and a grant for a central's key, as its own commands give them. */
export async function enrol(
  t: Test,
  folder: string,
  config: string,
  centralKey: KeyPair,
): Promise<{ key: ReturnType<typeof publicKey>; centralKey: KeyPair; grant: string }> {
  const central = join(folder, 'central.jwk');
  const grant = join(folder, 'grant.jwt');
  writeFileSync(central, JSON.stringify(centralKey.jwk));
  const begin = daysAgo(2);
  const term = ['--act', '1', '--begin', begin, '--out', grant];
  const ended = await runAgent(t, ['grant', '--config', config, '--central', central, ...term]);
  if (ended.code !== 0) throw new Error(ended.stderr);
  const { stdout } = await runAgent(t, ['key', '--config', config]);
  return { key: publicKey(JSON.parse(stdout)), centralKey, grant: readFileSync(grant, 'utf8').trim() };
}
