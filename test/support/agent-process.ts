import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { daysAgo } from '../../shared/day.ts';
import { type KeyPair, publicKey } from '../../shared/signing/keys.ts';
import { runCommand } from './commands.ts';
import { type Ended, type Environment, type ProgramProcess, spawnProgram } from './program-process.ts';
import { sqliteDefaults } from './sqlite-views.ts';

/** Runs `guarita-agent` to its end. */
export function runAgent(t: Test, args: readonly string[], environment: Environment = {}): Promise<Ended> {
  return spawnProgram(t, 'agent', args, environment).ended;
}

export interface ServingAgent extends ProgramProcess {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
}

/** Starts `guarita-agent serve`; resolves once it listens, and rejects with what it printed when it ends before. */
export async function serveAgent(
  t: Test,
  config: string,
  environment: Environment = {},
): Promise<ServingAgent> {
  const agent = spawnProgram(t, 'agent', ['serve', '--config', config], environment);
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
  const granted = await runCommand('agent', ['grant', '--config', config, '--central', central, ...term]);
  t.equal(granted.code, 0, `a grant was given: ${granted.errors}`);
  const { output } = await runCommand('agent', ['key', '--config', config]);
  return { key: publicKey(JSON.parse(output)), centralKey, grant: readFileSync(grant, 'utf8').trim() };
}
