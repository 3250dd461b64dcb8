/** In the sense of monitors: nothing to do, something to look at, something to act on. */
export type Health = 'ok' | 'warning' | 'critical';

/** Exit codes of a check, by the convention of Nagios and those that followed it. */
export const healthExitCodes: Readonly<Record<Health, number>> = { ok: 0, warning: 1, critical: 2 };

/** What was not looked at is neither well nor ill. */
export function worst(outcomes: readonly (Health | 'unchecked')[]): Health {
  if (outcomes.includes('critical')) return 'critical';
  return outcomes.includes('warning') ? 'warning' : 'ok';
}
