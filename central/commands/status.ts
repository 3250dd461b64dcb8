import { healthExitCodes, worst } from '../../shared/doctor/health.ts';
import { asGuaritaError } from '../../shared/errors.ts';
import { explain } from '../../shared/explain.ts';
import { ExitCode, type ProgramContext } from '../../shared/program.ts';
import { type CentralOptions, readCentralConfig, sourcesNamed } from '../central.ts';
import type { CentralConfig, SourceEntry } from '../config.ts';
import { readFactsOf, readOpenJobs } from '../service/read-facts.ts';
import { type AuditFacts, readAuditFacts } from '../state/audit-memory.ts';
import { auditHealth, auditLines } from '../status/audit-lines.ts';
import { type Shipping, shippingsOf } from '../status/audit-shipping.ts';
import type { JobRow } from '../status/jobs.ts';
import { type StatusReport, statusReport } from '../status/report.ts';
import { statusTable } from '../status/table.ts';
import { jobsTable } from './jobs.ts';

export interface StatusOptions extends CentralOptions {
  readonly json?: boolean;
}

/** Told by `--help`: monitors go by the exit code. */
export const statusHelp = `
Código de saída, para monitores (convenção do Nagios): 0 tudo em ordem, 1 atenção, 2 crítico.
Crítico: a última coleta falhou; sem coleta completa há mais de duas vezes o intervalo do horário (ou 48 h, o que
for maior); decisão pendente; acordo (ACT) terminado ou a 7 dias do fim; autorização ilegível; auditoria que não é
mais a que foi assinada.
Atenção: cópia da auditoria que não sai; linhas em quarentena; conferência pendente ou atrasada; acordo a 90 dias do fim; nunca coletada.
Funciona também enquanto a central está em serviço: só lê.`;

/**
 * Tells how every view of the named sources is, or of all, by central's own state and the grants: neither the base nor
 * an agent is asked. Ends with the exit code that monitors expect, 2 also when the state cannot be read.
 */
export function status(names: readonly string[], options: StatusOptions, context: ProgramContext): void {
  const config = readCentralConfig(options, context);
  const sources = sourcesNamed(config, names);
  const report = reportOf(config, sources, options, context);
  const { rows, jobs } = report;
  const table = statusTable(rows, config.timeZone);
  const work = jobs.length === 0 ? '' : `\nEm andamento e à espera:\n${jobsTable(jobs, config.timeZone)}`;
  const audit = readAuditFacts(config.state);
  const shippings = shippingsOf(audit, config.console.audit);
  const health = worst([report.health, auditHealth(audit, shippings)]);
  context.print(
    options.json === true
      ? JSON.stringify({ ...report, health, audit: toldAudit(audit, shippings) })
      : [table + work, ...auditLines(audit, shippings)].join('\n'),
  );
  const code = healthExitCodes[health];
  if (code !== 0) throw new ExitCode(code);
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
): StatusReport & { readonly jobs: readonly JobRow[] } {
  const now = new Date();
  try {
    const report = statusReport(readFactsOf(config.state, sources), config, now);
    return { ...report, jobs: readOpenJobs(config.state, sources, now) };
  } catch (thrown) {
    const error = asGuaritaError(thrown);
    if (error.code === 'config-invalid' || error.code === 'internal') throw thrown;
    const told = { at: now.toISOString(), health: 'critical', problem: error.code, rows: [], jobs: [] };
    print(json === true ? JSON.stringify(told) : explain(error));
    throw new ExitCode(healthExitCodes.critical);
  }
}
