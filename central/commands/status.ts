import { writtenMoment } from '../../shared/day.ts';
import { healthExitCodes, worst } from '../../shared/doctor/health.ts';
import { asGuaritaError, type GuaritaError } from '../../shared/errors.ts';
import { explain } from '../../shared/explain.ts';
import { ExitCode, type ProgramContext } from '../../shared/program.ts';
import { type CentralOptions, readCentralConfig, sourcesNamed } from '../central.ts';
import type { CentralConfig, SourceEntry } from '../config.ts';
import { type BaseLook, lookAtBase } from '../service/ask-base.ts';
import { readFactsOf, readFailing, readOpenJobs } from '../service/read-facts.ts';
import { type AuditFacts, readAuditFacts } from '../state/audit-memory.ts';
import { accessLines } from '../status/access-lines.ts';
import { auditHealth, auditLines } from '../status/audit-lines.ts';
import { type Shipping, shippingsOf } from '../status/audit-shipping.ts';
import type { JobRow } from '../status/jobs.ts';
import { outboxLines } from '../status/outbox-lines.ts';
import { type StatusReport, statusReport } from '../status/report.ts';
import { statesText } from '../status/states.ts';
import { viewsTable } from '../status/table.ts';
import { jobsTable } from './jobs.ts';

export interface StatusOptions extends CentralOptions {
  readonly json?: boolean;
  /** Each view, not each state. */
  readonly views?: boolean;
}

/** Told by `--help`: monitors go by the exit code. */
export const statusHelp = `
Código de saída, para monitores (convenção do Nagios): 0 tudo em ordem, 1 atenção, 2 crítico.
Crítico: a última coleta falhou; sem coleta completa há mais de duas vezes o intervalo do horário (ou 48 h, o que
for maior); decisão pendente; acordo (ACT) terminado ou a 7 dias do fim; autorização ilegível; base que não responde;
auditoria que não é mais a que foi assinada.
Atenção: cópia da auditoria que não sai; cartas e avisos que não saem; menos de três pessoas que aprovam acessos; papéis a 30 dias de deixar de valer; linhas em quarentena; conferência pendente ou atrasada; acordo a 90 dias do fim; nunca coletada.
Funciona também enquanto a central está em serviço: só lê.`;

/** The same, after asking the base's server whether it answers. */
export async function statusWithBase(
  names: readonly string[],
  options: StatusOptions,
  context: ProgramContext,
): Promise<void> {
  const look = await lookAtBase(readCentralConfig(options, context), context.environment);
  status(names, options, context, look);
}

/**
 * Tells how the named sources are, or all, by central's own state and the grants: no agent is asked. Ends with the exit
 * code that monitors expect, 2 also when the state cannot be read.
 * @param look how the base's server is
 */
export function status(
  names: readonly string[],
  options: StatusOptions,
  context: ProgramContext,
  { fault, outbox, access }: BaseLook = { fault: null, outbox: null, access: null },
): void {
  const config = readCentralConfig(options, context);
  const sources = sourcesNamed(config, names);
  const report = reportOf(config, sources, options, context);
  const audit = readAuditFacts(config.state);
  const shippings = shippingsOf(audit, config.console.audit);
  const letters = outboxLines(outbox);
  const entry = accessLines(access);
  const health = worst([
    ...[report.health, auditHealth(audit, shippings)],
    ...(fault === null ? [] : (['critical'] as const)),
    ...(letters.length + entry.length === 0 ? [] : (['warning'] as const)),
  ]);
  const base = fault?.code ?? null;
  context.print(
    options.json === true
      ? JSON.stringify({
          ...toldReport(report),
          health,
          base,
          letters: outbox,
          access,
          audit: toldAudit(audit, shippings),
        })
      : [
          ...(fault === null ? [] : [baseText(fault, report)]),
          reportText(report, options.views === true),
          ...auditLines(audit, shippings),
          ...letters,
          ...entry,
        ].join('\n'),
  );
  const code = healthExitCodes[health];
  if (code !== 0) throw new ExitCode(code);
}

type Report = StatusReport & {
  readonly jobs: readonly JobRow[];
  /** Since when runs of a source fail, by its name. */
  readonly failing: ReadonlyMap<string, string>;
};

function toldReport({ failing, ...report }: Report) {
  return { ...report, failing: Object.fromEntries(failing) };
}

function reportText({ rows, jobs, failing }: Report, ofViews: boolean): string {
  const work = jobs.length === 0 ? [] : ['Em andamento e à espera:', jobsTable(jobs)];
  const views = ofViews ? [viewsTable(rows)] : [];
  return [...views, statesText(rows, jobs, failing), ...work].join('\n');
}

function baseText(fault: GuaritaError, { rows }: Report): string {
  const last = rows
    .flatMap(({ lastSuccess }) => lastSuccess ?? [])
    .toSorted()
    .at(-1);
  const since = last === undefined ? '' : `\n  Última carga nela: ${writtenMoment(last)}.`;
  return `Base nacional: ${explain(fault)}${since}`;
}

function toldAudit(facts: AuditFacts | null, shippings: readonly Shipping[]) {
  if (facts === null && shippings.length === 0) return null;
  const { signed = null, fault = null } = facts ?? {};
  return { signed: signed === null ? null : { id: signed.id, day: signed.day }, fault, shipped: shippings };
}

function reportOf(
  config: CentralConfig,
  sources: readonly SourceEntry[],
  { json }: StatusOptions,
  { print }: ProgramContext,
): Report {
  const now = new Date();
  try {
    const report = statusReport(readFactsOf(config.state, sources), config, now);
    const jobs = readOpenJobs(config.state, sources, now);
    return { ...report, jobs, failing: readFailing(config.state) };
  } catch (thrown) {
    const error = asGuaritaError(thrown);
    if (error.code === 'config-invalid' || error.code === 'internal') throw thrown;
    const told = { at: now.toISOString(), health: 'critical', problem: error.code, rows: [], jobs: [] };
    print(json === true ? JSON.stringify(told) : explain(error));
    throw new ExitCode(healthExitCodes.critical);
  }
}
