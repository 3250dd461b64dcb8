import type { Severity } from './rule.ts';

/** How much of a row a finding takes, for the score of a view. */
export const weights: Readonly<Record<Severity, number>> = {
  critical: 1,
  grave: 0.5,
  medium: 0.2,
  low: 0.05,
};

/**
 * Of 100, what is left when the worst finding of each row takes its weight of it; null without rows.
 * @param weight of all rows together
 */
export function scoreOf(weight: number, rows: number): number | null {
  return rows === 0 ? null : Math.max(0, Math.round((1 - weight / rows) * 1000) / 10);
}
