import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Test } from 'tap';
import { freePort } from '../../scripts/demo/processes.ts';
import { daysAgo } from '../../shared/day.ts';
import { standardViews } from '../../shared/dictionary/standard-views.ts';
import { type ServingAgent, serveAgent } from './agent-process.ts';
import { testFolder } from './bases.ts';
import { type CommandBase, inFolder, type MakeCommandBase } from './command-bases.ts';
import { type CommandOptions, type CommandResult, runCommand } from './commands.ts';

/** A central and a state that come to know each other as in the field: by invitation and reply, over mutual TLS. */
export interface Enrolment {
  readonly folder: string;
  readonly invitation: string;
  readonly reply: string;
  readonly agentConfig: string;
  readonly agentState: string;
  readonly centralState: string;
  readonly base: CommandBase;
  central(args: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** Commands of the agent that take its configuration. */
  agent(args: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  invite(...more: string[]): Promise<CommandResult>;
  init(...more: string[]): Promise<CommandResult>;
  serve(): Promise<ServingAgent>;
  accept(...more: string[]): Promise<CommandResult>;
  /** All of these in their order; the agent serves afterwards. */
  enrol(): Promise<ServingAgent>;
}

/** The code that people compare, as a program showed it. */
export function codeIn({ output }: CommandResult): string {
  return /^ {4}(\d{5}(?: \d{5}){5})$/m.exec(output)?.[1] ?? '';
}

export interface EnrolmentOptions {
  /** Where the agent keeps its state, if not in the test's folder. */
  readonly agentState?: string;
  readonly uf?: string;
  /** Central's base has nothing in it: for programs of another release. */
  readonly emptyBase?: boolean;
  readonly makeBase?: MakeCommandBase;
  /** Of the base. */
  readonly name?: string;
}

export async function enrolment(t: Test, options: EnrolmentOptions = {}): Promise<Enrolment> {
  const folder = testFolder(t);
  const file = (name: string) => join(folder, name);
  const { agentState = file('agent'), uf = 'AL', emptyBase = false } = options;
  const { makeBase = inFolder, name = 'central' } = options;
  const port = await freePort();
  mkdirSync(file('central'));
  const state = file('central');
  const base = await makeBase({ state, name, isEmpty: emptyBase });
  writeFileSync(file('central.yaml'), JSON.stringify({ state, ...base.config, log: { level: 'silent' } }));
  createState(file('estado.sqlite'));
  const central: Enrolment['central'] = (args, options) =>
    runCommand('central', ['-c', file('central.yaml'), ...args], {
      environment: base.environment,
      ...options,
    });
  const agent: Enrolment['agent'] = (args, options) =>
    runCommand('agent', [...args, '-c', file('agent.yaml')], options);
  const begin = daysAgo(2);
  const made: Enrolment = {
    folder,
    invitation: file(`${uf}.convite.json`),
    reply: file(`${uf}.resposta.json`),
    agentConfig: file('agent.yaml'),
    agentState,
    centralState: state,
    base,
    central,
    agent,
    invite: (...more) =>
      central([
        ...['source', 'invite', uf, '--act', '23701421', '--begin', begin, '--views', 'unidade'],
        ...['--out', file(`${uf}.convite.json`), ...more],
      ]),
    init: (...more) =>
      runCommand('agent', [
        ...['init', '--invite', file(`${uf}.convite.json`), '-c', file('agent.yaml'), '--state', agentState],
        ...['--engine', 'sqlite', '--file', file('estado.sqlite'), '--time-zone', 'America/Maceio'],
        ...['--listen', `127.0.0.1:${port}`, '--out', file(`${uf}.resposta.json`), ...more],
      ]),
    serve: () => serveAgent(t, file('agent.yaml')),
    accept: (...more) => central(['source', 'accept', file(`${uf}.resposta.json`), ...more]),
    enrol: async () => {
      must(await made.invite());
      const code = codeIn(must(await made.init()));
      const serving = await made.serve();
      must(await made.accept('--code', code));
      return serving;
    },
  };
  return made;
}

/** The result of a command that has to succeed. */
export function must(result: CommandResult): CommandResult {
  if (result.code === 0) return result;
  throw new Error(`exit code ${result.code}\n${result.output}\n${result.errors}`);
}

/** A signed document of these files with something in it exchanged, as somebody on the way might. */
export function altered(file: string, change: (document: Record<string, unknown>) => void): void {
  const whole = JSON.parse(readFileSync(file, 'utf8')) as { document: Record<string, unknown> };
  change(whole.document);
  writeFileSync(file, JSON.stringify(whole));
}

/** A few made-up units, as the dictionary has them. */
function createState(file: string): void {
  const columns = standardViews.find(({ name }) => name === 'unidade')?.columns ?? [];
  const db = new Database(file);
  db.exec(`CREATE TABLE unidade (${columns.map(({ name }) => name).join(', ')});
    CREATE UNIQUE INDEX unidade_id ON unidade (id)`);
  const insert = db.prepare('INSERT INTO unidade (id, nome) VALUES (?, ?)');
  for (let id = 1; id <= 20; id++) insert.run(id, `Unidade ${id}`);
  db.close();
}
