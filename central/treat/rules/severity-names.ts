import type { Severity } from './rule.ts';

/** What severities are called where people read of them, the worst first. */
export const severityNames: Readonly<Record<Severity, string>> = {
  critical: 'crítica',
  grave: 'grave',
  medium: 'média',
  low: 'baixa',
};
