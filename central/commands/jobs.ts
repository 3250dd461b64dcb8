import { writtenMoment } from '../../shared/day.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { plainTable } from '../../shared/plain-table.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { type CentralOptions, readCentralConfig, withFolder } from '../central.ts';
import type { CentralConfig } from '../config.ts';
import { askService } from '../service/control/ask.ts';
import { isCentralRunning } from '../service/is-at-work.ts';
import { expectedRows } from '../service/read-facts.ts';
import { openCentralState } from '../state/state.ts';
import { kindNames, outcomeNames, progressWords, reasonNames } from '../status/job-words.ts';
import { type JobRow, jobRows } from '../status/jobs.ts';

export interface JobsOptions extends CentralOptions {
  readonly json?: boolean;
}

/** Of those that ended, as many are shown. */
const mostEnded = 20;

/** Lists what waits, is under way, and was done last. Works also while central is at work. */
export function listJobs(options: JobsOptions, context: ProgramContext): void {
  const config = readCentralConfig(options, context);
  const state = openCentralState(config.state);
  try {
    const isAtWork = () => isCentralRunning(config.state);
    const expected = expectedRows(config.sources);
    const rows = jobRows(state.jobs, Date.now(), { mostEnded, isAtWork, expected });
    context.print(options.json === true ? JSON.stringify(rows) : jobsTable(rows));
  } finally {
    state.close();
  }
}

/** Ends a job that waits, or stops one that is under way. Needs neither the base nor an agent. Throws `job-unknown`. */
export async function cancelJob(
  number: string,
  options: CentralOptions,
  context: ProgramContext,
): Promise<void> {
  if (!/^\d{1,15}$/.test(number)) throw new GuaritaError('option-invalid', `"${number}" não é um número.`);
  const config = readCentralConfig(options, context);
  await cancelAt(config, Number(number), context);
  context.print(`Trabalho ${number} cancelado.`);
}

/** The same, here or by the service that has the folder. Throws `job-unknown` for one that is not open. */
export async function cancelAt(config: CentralConfig, job: number, { stop }: ProgramContext): Promise<void> {
  try {
    await withFolder(config, () => Promise.resolve(cancelWaiting(config.state, job)));
  } catch (error) {
    if (!(error instanceof GuaritaError && error.code === 'central-running')) throw error;
    await askService(config.state, 'cancel', { job }, { stop, onProgress: () => undefined });
  }
}

/** While nobody is at work. */
function cancelWaiting(folder: string, id: number): void {
  const state = openCentralState(folder);
  try {
    const job = state.jobs.find(id);
    if (job === undefined || job.ended !== null) throw new GuaritaError('job-unknown', `${id}.`);
    state.jobs.end(id, 'cancelled', null, Date.now());
  } finally {
    state.close();
  }
}

/** 80 columns. */
export function jobsTable(rows: readonly JobRow[]): string {
  if (rows.length === 0) return 'Nenhum trabalho ainda.';
  const table = plainTable(['nº', 'UF', 'trabalho', 'situação'], {
    colAligns: ['right', 'left', 'left', 'left'],
  });
  for (const row of rows) {
    const view = row.view === null ? '' : ` (${row.view})`;
    table.push([
      row.job,
      row.source,
      `${kindNames[row.kind]}${view}\n(${reasonNames[row.reason]})`,
      situation(row).join('\n'),
    ]);
  }
  return table.toString();
}

function situation(row: JobRow): string[] {
  const { state, due, ended, outcome, problem } = row;
  if (state === 'running') return progressWords(row);
  if (state === 'ended') {
    const why = problem === null ? [] : [`(${problem})`];
    return [`${outcomeNames[outcome ?? 'failed']} em ${writtenMoment(ended ?? due)}`, ...why];
  }
  return row.reason === 'interrupted'
    ? ['recomeça com o serviço (serve)']
    : [`espera até ${writtenMoment(due)}`];
}
