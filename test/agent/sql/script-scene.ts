import type { Test } from 'tap';
import type { DoctorReport } from '../../../agent/doctor/report.ts';
import { writeConfig } from '../../support/agent-process.ts';
import { agreeIn } from '../../support/agreement.ts';
import { runCommand } from '../../support/commands.ts';
import type { Ended, Environment } from '../../support/program-process.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';
import type { ScriptDatabase } from './script-database.ts';

/** The password that the DBA chooses. */
export const password = 'Leitura-2026';

/** A state's database, the scripts for it, and an agent that is configured as the scripts say. */
export interface ScriptScene {
  readonly engine: string;
  readonly database: ScriptDatabase;
  /** The script for the views. */
  readonly views: string;
  /** A script, as `guarita-agent sql` prints it. */
  readonly script: (...args: readonly string[]) => Promise<string>;
  /** Another command of the agent, on the same configuration. */
  readonly agent: (args: readonly string[], environment: Readonly<Record<string, string>>) => Promise<Ended>;
  readonly doctor: () => Promise<{ readonly code: number | null; readonly report: DoctorReport }>;
}

/** A command of the agent, in this process: a scene runs some twenty, of which none needs one of its own. */
async function runHere(args: readonly string[], environment: Environment = {}): Promise<Ended> {
  const { code, output, errors } = await runCommand('agent', args, { environment });
  return { code, stdout: `${output}\n`, stderr: errors };
}

export async function scriptScene(t: Test, engine: string, database: ScriptDatabase): Promise<ScriptScene> {
  const script = async (...args: readonly string[]) => {
    const ended = await runHere(['sql', '--engine', engine, ...database.options, ...args]);
    if (ended.code !== 0) throw new Error(ended.stderr);
    return ended.stdout;
  };
  const views = await script('--part', 'views');
  const folder = temporaryFolder(t);
  const secret = 'file' in database.source ? {} : { password: { env: 'SENHA' } };
  const source = { ...database.source, ...secret };
  const head = { id: 'AL', uf: 'AL', state: `${folder}/state`, listen: { port: 0, tls: false }, source };
  const fields = Object.entries(head).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const config = writeConfig(folder, [...fields, 'views:', ...configuredViews(views)].join('\n'));
  await agreeIn(`${folder}/state`);
  const doctor = async () => {
    const ended = await runHere(['doctor', '--config', config, '--json'], { SENHA: password });
    if (ended.stderr !== '') throw new Error(ended.stderr);
    if (ended.stdout.includes(password)) throw new Error('the password is told');
    return { code: ended.code, report: JSON.parse(ended.stdout) as DoctorReport };
  };
  const agent: ScriptScene['agent'] = (args, environment) =>
    runHere([...args, '--config', config], { SENHA: password, ...environment });
  return { engine, database, views, script, agent, doctor };
}

/** What the script says that goes into the configuration of the agent. */
export function configuredViews(script: string): string[] {
  return script.split('\n').flatMap((line) => /^-- ( {2}- \{.*)$/.exec(line)?.[1] ?? []);
}

/** What the script says that a view is called in the database. */
export function relationOf(script: string, view: string): string {
  return new RegExp(`name: ${view}, relation: (\\S+),`).exec(script)?.[1] ?? '';
}

const standIn = /\(-- troque estes parênteses pela tabela: siap\.(\w+)\n(.*?)\n {2}\) /gs;

/** The script after the DBA has done what it says: tables in the place of the stand-ins. */
export function withTables(script: string, database: ScriptDatabase): string {
  return script.replaceAll(standIn, (_, name: string) => `${database.table(name)} `);
}

/** CREATE TABLE of each table that the script stands in for, with the columns that any view asks of it. */
export function tablesOf(script: string, database: ScriptDatabase): string[] {
  const tables = new Map<string, Map<string, string>>();
  for (const [, name = '', body = ''] of script.matchAll(standIn)) {
    const columns = tables.get(name) ?? new Map<string, string>();
    for (const [, type = '', column = ''] of body.matchAll(/CAST\(NULL AS (.+?)\) AS (\w+)/g)) {
      columns.set(column, database.columnType?.(type) ?? type);
    }
    tables.set(name, columns);
  }
  return [...tables].map(([name, columns]) => {
    const declared = [...columns].map(([column, type]) => `${column} ${type}`);
    return `CREATE TABLE ${database.table(name)} (${declared.join(', ')})`;
  });
}

/** What a report says that is not well; of what is critical, its message too. */
export function troublesOf({ checks }: DoctorReport): string[] {
  return checks
    .filter(({ health }) => health !== 'ok')
    .map(({ check, subject, health, message }) =>
      [
        check,
        ...(subject === null ? [] : [subject]),
        health,
        ...(health === 'warning' ? [] : [message]),
      ].join(' '),
    );
}
