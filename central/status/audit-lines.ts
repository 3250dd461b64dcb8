import { count } from '../../shared/count-format.ts';
import type { Health } from '../../shared/doctor/health.ts';
import type { AuditFacts } from '../state/audit-memory.ts';

/** What is wrong with the audit, or how far it is signed; nothing where there is none. */
export function auditLines(facts: AuditFacts | null): string[] {
  if (facts === null) return [];
  const { fault, signed, shipped } = facts;
  const late = Object.entries(shipped).flatMap(([name, { behind, since, problem }]) =>
    problem === null
      ? []
      : [
          `! Auditoria: a cópia para ${name === 'file' ? 'o arquivo' : 'o syslog'} não sai (${problem}); faltam ${count.format(behind)} registros${since === null ? '' : `, desde ${since}`}.`,
        ],
  );
  if (fault !== null) {
    return [
      `✗ Auditoria: a partir do registro ${fault.id} não é mais a que foi assinada; nada mais é assinado desde ${fault.since}. Rode: guarita-central audit verify`,
      ...late,
    ];
  }
  if (signed === null) return late;
  return [`✓ Auditoria: assinada até o registro ${signed.id} (${signed.day}).`, ...late];
}

/** How the audit is, for a monitor. */
export function auditHealth(facts: AuditFacts | null): Health {
  if (facts === null) return 'ok';
  if (facts.fault !== null) return 'critical';
  return Object.values(facts.shipped).some(({ problem }) => problem !== null) ? 'warning' : 'ok';
}
