import { condensed } from '../../shared/doctor/condensed.ts';
import type { Health } from '../../shared/doctor/health.ts';
import { checkLines } from '../../shared/doctor/report.ts';
import { type AgentCheck, checkNames } from './check.ts';

/** What `doctor --json` prints; the names stay. */
export interface DoctorReport {
  /** ISO 8601, in UTC. */
  readonly at: string;
  /** That of the check that is worst. */
  readonly health: Health;
  readonly checks: readonly AgentCheck[];
}

const conclusions: Readonly<Record<Health, string>> = {
  ok: '✓ Tudo em ordem: pode servir.',
  warning: '! Pode servir; veja os pontos de atenção.',
  critical: '✗ Corrija o que está marcado com ✗ e rode de novo.',
};

/** The report for people: the checks, and what they come to. What is well with a view shares a line. */
export function reportText({ checks, health }: DoctorReport): string {
  return [...checkLines(condensed(checks, 'view'), checkNames), '', conclusions[health]].join('\n');
}
