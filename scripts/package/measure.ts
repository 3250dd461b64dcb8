import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { daysAgo } from '../../shared/day.ts';
import { generateKeyPair } from '../../shared/signing/keys.ts';
import { startCommand } from '../demo/processes.ts';
import type { Binary } from './programs.ts';

/** What docs/performance.md says of a packaged program: its size, its start, and what an agent takes that waits. */
export async function measure(binary: Binary, folder: string, say: (text: string) => void): Promise<void> {
  const file = join(folder, binary.name);
  const size = `${((await stat(file)).size / 1e6).toFixed(1)} MB`;
  if (binary.platform !== `${process.platform}-${process.arch}`) return say(`${binary.name}: ${size}`);
  say(`${binary.name}: ${size}, --version in ${(await startSeconds(file)).toFixed(2)} s`);
  if (binary.program !== 'guarita-agent') return;
  say(`  idle agent: ${await idleAgent(file)}`);
}

/** The median of nine. */
async function startSeconds(file: string): Promise<number> {
  const seconds: number[] = [];
  for (let run = 0; run < 9; run += 1) {
    const started = performance.now();
    await promisify(execFile)(file, ['--version'], { env: {} });
    seconds.push((performance.now() - started) / 1000);
  }
  return seconds.toSorted((a, b) => a - b)[4] ?? NaN;
}

/**
 * Serves a SQLite file under an agreement, metrics off, is asked nothing, and is looked at after two seconds. Its key
 * and its certificate are there already, as after every start but the first.
 */
async function idleAgent(file: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'guarita-measure-'));
  try {
    const config = writeState(folder);
    await agree(file, folder, config);
    const agent = await startCommand([file, 'serve', '--config', config]);
    await setTimeout(2000);
    const status = readFileSync(`/proc/${agent.process.pid}/status`, 'utf8');
    await agent.stop();
    const megabytes = (name: string) =>
      (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024).toFixed(1);
    return `${megabytes('VmRSS')} MB resident, of which ${megabytes('RssAnon')} MB its own and ${megabytes('RssFile')} MB of its file`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function agree(file: string, folder: string, config: string): Promise<void> {
  const central = join(folder, 'central.jwk');
  writeFileSync(central, JSON.stringify(generateKeyPair().jwk));
  const begin = daysAgo(0);
  const term = ['--act', '1', '--begin', begin, '--out', join(folder, 'AL.grant')];
  await promisify(execFile)(file, ['grant', '--config', config, '--central', central, ...term]);
}

function writeState(folder: string): string {
  const source = join(folder, 'estado.sqlite');
  const database = new Database(source);
  database.exec('CREATE TABLE custodiado (id INTEGER PRIMARY KEY, nome TEXT, versao INTEGER)');
  database.close();
  const file = join(folder, 'agent.yaml');
  const views = [{ name: 'custodiado', key: ['id'], watermark: 'versao' }];
  const own = { state: join(folder, 'state'), listen: { port: 0 }, log: { level: 'warn' } };
  const config = { id: 'AL', uf: 'AL', ...own, source: { engine: 'sqlite', file: source }, views };
  writeFileSync(file, JSON.stringify(config));
  return file;
}
