import { count } from '../../shared/count-format.ts';
import { dayText, writtenMoment } from '../../shared/day.ts';
import { type Health, worst } from '../../shared/doctor/health.ts';
import type { AuditFacts } from '../state/audit-memory.ts';
import type { Shipping } from './audit-shipping.ts';

/** What is wrong with the audit, how far it is signed and copied; nothing where there is none. */
export function auditLines(facts: AuditFacts | null, shippings: readonly Shipping[]): string[] {
  const copies = shippings.map(shippingLine);
  if (facts === null) return copies;
  const { fault, signed } = facts;
  if (fault !== null)
    return [`✗ Auditoria: ${faultText(fault)}. Rode: guarita-central audit verify`, ...copies];
  if (signed === null) return copies;
  return [`✓ Auditoria: assinada até o registro ${signed.id} (${dayText(signed.day)}).`, ...copies];
}

export function faultText({ id, since }: NonNullable<AuditFacts['fault']>): string {
  return `a partir do registro ${id} não é mais a que foi assinada; nada mais é assinado desde ${writtenMoment(since)}`;
}

function shippingLine(shipping: Shipping): string {
  const mark = shipping.failing === null && shipping.entry !== null ? '✓' : '!';
  return `${mark} Auditoria: ${shippingText(shipping)}.`;
}

/** How far a copy has come; of one that fails since when, why, and what is left. */
export function shippingText({ to, entry, behind, since, failing }: Shipping): string {
  const copy = `a cópia para ${placeNames[to]}`;
  if (entry === null) return `${copy} ainda não começou; quem a faz é "serve"`;
  if (failing === null) return `${copy} vai até o registro ${entry}`;
  const from = failing.since === null ? '' : ` desde ${writtenMoment(failing.since)}`;
  const first = since === null ? '' : `, o primeiro de ${writtenMoment(since)}`;
  return `${copy} não sai${from} (${failing.problem}); vai até o registro ${entry}, faltam ${count.format(behind)} registros${first}`;
}

export const placeNames: Readonly<Record<Shipping['to'], string>> = {
  file: 'o arquivo',
  syslog: 'o syslog',
};

/** How the audit is, for a monitor. */
export function auditHealth(facts: AuditFacts | null, shippings: readonly Shipping[]): Health {
  return worst([
    facts !== null && facts.fault !== null ? 'critical' : 'ok',
    shippings.some(({ failing }) => failing !== null) ? 'warning' : 'ok',
  ]);
}
