import type { Health } from '../status/row.ts';

/** What was looked at; programs may rely on these names. */
export type CheckName =
  | 'state-folder'
  | 'key'
  | 'agent-key'
  | 'grant'
  | 'checkpoints'
  | 'base'
  | 'view'
  | 'runs';

/** One thing that was looked at: how it is, and what to do next where it is not well. Texts are in Portuguese. */
export interface Check {
  readonly check: CheckName;
  /** Which one, such as `AL` or `AL custodiado`; null where there is only one. */
  readonly subject: string | null;
  readonly health: Health;
  readonly message: string;
  readonly next: string | null;
}

export function ok(check: CheckName, subject: string | null, message: string): Check {
  return { check, subject, health: 'ok', message, next: null };
}

export function trouble(
  check: CheckName,
  subject: string | null,
  health: Exclude<Health, 'ok'>,
  message: string,
  next: string,
): Check {
  return { check, subject, health, message, next };
}

/** What `doctor --repair` mends. */
export const repairNext = 'Pare a central e rode "guarita-central doctor --repair".';
