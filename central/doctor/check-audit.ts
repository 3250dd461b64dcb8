import { failed, ok, trouble } from '../../shared/doctor/check.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { type ProblemCode, problemOf } from '../../shared/problems/catalogue.ts';
import type { CentralConfig } from '../config.ts';
import { readAuditFacts } from '../state/audit-memory.ts';
import { faultText, shippingText } from '../status/audit-lines.ts';
import { shippingsOf } from '../status/audit-shipping.ts';
import type { Check } from './check.ts';

/** The audit of what is looked at in consoles, where there are any: that it is what was signed, and that a copy leaves. */
export function checkAudit({ console, state }: CentralConfig): Check[] {
  const name = 'audit';
  const facts = readAuditFacts(state);
  const shippings = shippingsOf(facts, console.audit);
  const checks: Check[] = [];
  if (facts !== null && facts.fault !== null) {
    checks.push(failed(name, null, new GuaritaError('audit-broken', `${capital(faultText(facts.fault))}.`)));
  }
  for (const shipping of shippings) {
    const { failing, entry } = shipping;
    const to = shipping.to === 'file' ? 'arquivo' : shipping.to;
    const message = capital(shippingText(shipping));
    if (failing !== null) {
      // Written down by this program or one before it.
      const next = problemOf(failing.problem as ProblemCode).pt.hint;
      checks.push(trouble(name, to, 'warning', `${message}.`, next));
    } else if (entry === null) {
      checks.push(trouble(name, to, 'warning', `${message}.`, 'Inicie a central ("serve").'));
    } else checks.push(ok(name, to, message));
  }
  if (shippings.length === 0 && console.port !== undefined) {
    const message = 'Nada dela sai da base à medida que é escrita.';
    const next =
      'Indique para onde em "console.audit": sem isso, quem administra a base pode reescrever a última hora.';
    checks.push(trouble(name, null, 'warning', message, next));
  }
  return checks;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
