import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { doctor } from '../../../agent/commands/doctor.ts';
import { type AgentCheck, checkNames } from '../../../agent/doctor/check.ts';
import type { DoctorReport } from '../../../agent/doctor/report.ts';
import type { ColumnType } from '../../../shared/dictionary/kinds.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import type { Environment } from '../../../shared/options/environment.ts';
import { ExitCode } from '../../../shared/program.ts';
import { sampleConfig, writeConfig } from '../../support/agent-process.ts';
import { agreeIn } from '../../support/agreement.ts';
import { createSqlite, temporaryFolder } from '../../support/sqlite-views.ts';
import { temporaryParent } from '../../support/temporary-parent.ts';

/** The password of every scene; an address must encode it. */
export const password = 'S3gredo:@/%41+#?';
/** In the rows of every scene, to be found in no report. */
export const person = 'Fulana Sigilosa';

export interface Examined {
  readonly code: number;
  readonly report: DoctorReport;
  /** Check, subject and health of each that is not well. */
  readonly troubles: readonly string[];
  /** The report for people. */
  readonly text: string;
}

export interface ExamineOptions {
  readonly clock?: () => number;
  readonly environment?: Environment;
  /** Lets as much time pass between two looks as the command does. */
  readonly waits?: boolean;
}

/** Runs the command, for programs and for people, and holds both to what every report promises. */
export async function examine(
  t: Test,
  config: string,
  { clock, environment = { SENHA: password }, waits = false }: ExamineOptions = {},
): Promise<Examined> {
  const run = async (json: boolean) => {
    const lines: string[] = [];
    const print = (line: string) => void lines.push(line);
    const pause = waits ? {} : { pause: () => Promise.resolve() };
    const context = { environment, print, stop: new AbortController().signal, ...pause };
    let code = 0;
    try {
      await doctor({ config, json }, context, clock);
    } catch (error) {
      if (!(error instanceof ExitCode)) throw error;
      code = error.code;
    }
    return { code, output: lines.join('\n') };
  };
  const { code, output } = await run(true);
  const report = JSON.parse(output) as DoctorReport;
  const people = await run(false);
  t.equal(people.code, code, 'the same exit code for people');
  requireContract(t, report, people.output, code);
  for (const told of [output, people.output]) {
    for (const secret of [password, encodeURIComponent(password), person]) {
      t.notOk(told.includes(secret), `${secret} is nowhere in the output`);
    }
  }
  const troubles = report.checks
    .filter(({ health }) => health !== 'ok' && health !== 'unchecked')
    .map(({ check, subject, health }) => [check, ...(subject === null ? [] : [subject]), health].join(' '));
  return { code, report, troubles, text: people.output };
}

const marks = { ok: '✓', warning: '!', critical: '✗', unchecked: '–' } as const;

function requireContract(t: Test, { health, checks }: DoctorReport, text: string, code: number): void {
  const found = new Set(checks.map((check) => check.health));
  const expected = found.has('critical') ? 2 : found.has('warning') ? 1 : 0;
  t.equal(code, expected, 'the exit code is that of the worst');
  t.equal(health, (['ok', 'warning', 'critical'] as const)[expected]);
  const faults = checks.flatMap((check) =>
    faultsOf(check, text).map((fault) => `${check.check}: ${check.message}: ${fault}`),
  );
  t.strictSame(faults, []);
  t.equal(text.split('\n').at(-1)?.[0], marks[health], 'ends with what it comes to');
}

/** What a check lacks of what every check promises, in either report. */
function faultsOf(check: AgentCheck, text: string): string[] {
  const { health, message, next, subject } = check;
  const mark = marks[health];
  const name = `${checkNames[check.check]}${subject === null ? '' : ` ${subject}`}`;
  const lines = text.split('\n');
  const isTrouble = health === 'warning' || health === 'critical';
  const isTold = isTrouble
    ? lines.some((line, at) => line === `${mark} ${name}: ${message}` && lines[at + 1] === `  → ${next}`)
    : lines.some((line) => line.startsWith(`${mark} `) && line.includes(message));
  const isComplete = message !== '' && (isTrouble ? next !== null && next !== '' : next === null);
  const members = Object.keys(check).join(' ');
  return [
    ...(members === 'check subject health message next' ? [] : [`members ${members}`]),
    ...(isComplete ? [] : ['a sentence, and what to do next where it is not well']),
    ...(isTold ? [] : ['told to people with its mark']),
    ...(/undefined|\[object|NaN/.test(`${message} ${next}`) ? ['a hole in a sentence'] : []),
  ];
}

/** The first such check. */
export function checkOf({ report }: Examined, name: AgentCheck['check'], subject: string | null = null) {
  return report.checks.find((check) => check.check === name && check.subject === subject);
}

/** Those that were not made, and what they depend on. */
export function uncheckedOf({ report }: Examined): string[] {
  return report.checks
    .filter(({ health }) => health === 'unchecked')
    .map(({ check, message }) => `${check}: ${message}`);
}

export type Config = Readonly<Record<string, unknown>>;

/** A view as the dictionary has it. */
export const custodiado = { name: 'custodiado', key: ['id'], watermark: 'atualizado_em' };

/** The folder of an agent that was enrolled: made once, since a key and a certificate take their time. */
const enrolledState = mkdtempSync(join(temporaryParent(), 'guarita-enrolled-'));
await agreeIn(enrolledState);
process.on('exit', () => rmSync(enrolledState, { recursive: true, force: true }));

/** The configuration of an agent that has its folder, its key and its agreement. */
export function agentConfig(folder: string, changes: Config): Config {
  const config = { ...sampleConfig(folder), views: [custodiado], ...changes };
  const state = join(folder, 'state');
  cpSync(enrolledState, state, { recursive: true });
  chmodSync(state, 0o700);
  return config;
}

/** A SQLite file that statements make, and an agent on it. */
export function sqliteScene(t: Test, sql: string, changes: Config = {}) {
  const folder = temporaryFolder(t);
  const file = join(folder, 'estado.sqlite');
  createSqlite(file, sql);
  const config = agentConfig(folder, {
    source: { engine: 'sqlite', file, timeZone: 'America/Maceio' },
    ...changes,
  });
  return { folder, file, config, path: writeConfig(folder, config) };
}

export type Types = Readonly<Record<ColumnType, string>>;

export const sqliteTypes: Types = {
  ...{ text: 'TEXT', integer: 'INTEGER', decimal: 'NUMERIC', date: 'DATE' },
  ...{ timestamp: 'DATETIME', boolean: 'BOOLEAN', bytes: 'BLOB' },
};

/** CREATE TABLE of a view of the dictionary. @param changes other types, further columns, and null where there is none */
export function standardTable(
  view: string,
  types: Types,
  changes: Readonly<Record<string, string | null>> = {},
): string {
  const columns = standardViews.find(({ name }) => name === view)?.columns ?? [];
  const standard = columns.map(({ name, type }) => [name, types[type]] as const);
  const declared = Object.entries({ ...Object.fromEntries(standard), ...changes });
  const given = declared.flatMap(([name, type]) => (type === null ? [] : [`"${name}" ${type}`]));
  return `CREATE TABLE ${view} (${given.join(', ')});`;
}

/** INSERT of people in custody, with these watermarks. */
export function people(rows: readonly (readonly [id: number | null, watermark: string | null])[]): string {
  const values = rows.map(
    ([id, mark]) =>
      `(${id ?? 'NULL'}, '${person}', '${person}', 'F', '1990-05-21', ${mark === null ? 'NULL' : `'${mark}'`})`,
  );
  return `INSERT INTO custodiado (id, nome, nome_mae, sexo, data_nascimento, atualizado_em) VALUES ${values.join(', ')};`;
}

export const day = (number: number) => `2026-01-0${number} 10:00:00.000`;
