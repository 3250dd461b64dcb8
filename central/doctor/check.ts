import type { Check as SharedCheck } from '../../shared/doctor/check.ts';

/** What was looked at; programs may rely on these names. */
export type CheckName =
  | 'state-folder'
  | 'secrets'
  | 'key'
  | 'certificate'
  | 'agent-key'
  | 'agent-certificate'
  | 'grant'
  | 'checkpoints'
  | 'base'
  | 'forget-key'
  | 'view'
  | 'runs'
  | 'journal'
  | 'console'
  | 'console-certificate'
  | 'console-files'
  | 'console-role'
  | 'console-key'
  | 'audit'
  | 'notices'
  | 'letters';

export type Check = SharedCheck<CheckName>;

/** What `doctor --repair` mends. */
export const repairNext = 'Pare a central e rode "guarita-central doctor --repair".';
