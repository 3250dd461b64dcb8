import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { stringify } from 'yaml';
import { readOrCreateKeyPair } from '../../shared/signing/keys.ts';
import { testAgent } from './agent.ts';
import { ArraySource, people, peopleColumns, viewOf } from './array-source.ts';
import { pgliteTemplate, testFolder } from './bases.ts';
import { runCommand } from './commands.ts';

export const everySecond = '* * * * * *';

/** A folder for central with an empty base in it, and what it says of each source. */
export function centralFolder(t: Test) {
  const folder = testFolder(t);
  const key = readOrCreateKeyPair(join(folder, 'central.key.jwk'));
  const entries: { uf: string; url: string; agentKey: string; grant: string }[] = [];

  /** A real agent over arrays, known to central by this name. */
  const enrol = async (uf: string, source: ArraySource, url?: string) => {
    const agent = await testAgent(t, { source, views: ['custodiado'] });
    agent.home.clientKeys.add({ key, certificate: null });
    const files = { agentKey: join(folder, `${uf}.jwk`), grant: join(folder, `${uf}.grant`) };
    writeFileSync(files.agentKey, JSON.stringify(agent.key.jwk));
    // Long before its end, so that nobody is warned of that.
    const end = new Date(Date.now() + 400 * 86_400_000);
    writeFileSync(files.grant, agent.issue({ key, end }));
    entries.push({ uf, url: url ?? agent.url, ...files });
  };

  /** Writes the configuration, beside an empty base where it names none. */
  const configure = async (changes: Record<string, unknown>) => {
    if (changes['base'] === undefined) {
      cpSync(await pgliteTemplate(), join(folder, 'base'), { recursive: true });
    }
    const file = join(folder, 'central.yaml');
    const config = {
      state: folder,
      schedule: everySecond,
      log: { level: 'silent' },
      sources: entries,
      ...changes,
    };
    writeFileSync(file, stringify(config));
    return file;
  };

  /** Starts `serve`; `stop` resolves to what it printed. */
  const serve = async (changes: Record<string, unknown>, ...args: string[]) => {
    const file = await configure(changes);
    const stopping = new AbortController();
    const lines: string[] = [];
    const onOutput = (line: string) => void lines.push(line);
    const ended = runCommand('central', ['-c', file, 'serve', ...args], { stop: stopping.signal, onOutput });
    const stop = () => {
      stopping.abort();
      return ended;
    };
    return { lines, ended, stop, said: (text: string) => lines.filter((line) => line.includes(text)).length };
  };
  return { folder, enrol, configure, serve };
}

/** So many people, as the view that such an agent is granted. */
export const arraySource = (rows = people(1, 25)) =>
  new ArraySource({ description: viewOf('custodiado', peopleColumns), rows });
