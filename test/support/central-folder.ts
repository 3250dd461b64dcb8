import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { stringify } from 'yaml';
import { readOrCreateKeyPair } from '../../shared/signing/keys.ts';
import { testAgent } from './agent.ts';
import { ArraySource, people, peopleColumns, viewOf } from './array-source.ts';
import { testFolder } from './bases.ts';
import { type CommandBase, inFolder, type MakeCommandBase } from './command-bases.ts';
import { runCommand } from './commands.ts';

export const everySecond = '* * * * * *';
let folders = 0;

/** A folder for central with an empty base, in it or elsewhere, and what it says of each source. */
export function centralFolder(t: Test, makeBase: MakeCommandBase = inFolder) {
  const folder = testFolder(t);
  const name = `central_${folders++}`;
  const environment: Record<string, string | undefined> = {};
  let made: CommandBase | null = null;
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

  const base = async (): Promise<CommandBase> => {
    made ??= await makeBase({ state: folder, name });
    Object.assign(environment, made.environment);
    return made;
  };

  /** Writes the configuration; where it names no base, there is one, empty the first time. */
  const configure = async (changes: Record<string, unknown>) => {
    const own = changes['base'] === undefined ? (await base()).config : {};
    const file = join(folder, 'central.yaml');
    const config = {
      state: folder,
      schedule: everySecond,
      log: { level: 'silent' },
      sources: entries,
      ...own,
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
    const ended = runCommand('central', ['-c', file, 'serve', ...args], {
      environment,
      stop: stopping.signal,
      onOutput,
    });
    const stop = () => {
      stopping.abort();
      return ended;
    };
    return { lines, ended, stop, said: (text: string) => lines.filter((line) => line.includes(text)).length };
  };
  return { folder, environment, base, enrol, configure, serve };
}

/** So many people, as the view that such an agent is granted. */
export const arraySource = (rows = people(1, 25)) =>
  new ArraySource({ description: viewOf('custodiado', peopleColumns), rows });
