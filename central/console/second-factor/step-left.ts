import type { SessionFacts } from '../../base/access-layer/sessions.ts';
import { stepPaths } from '../access/steps.ts';
import type { RedirectAnswer } from '../route.ts';

/** A password that is to be changed goes before a second factor, which would open the session: there, or null. */
export function stepLeft({ stage }: SessionFacts): RedirectAnswer | null {
  return stage === 'trocar-senha' ? { goTo: stepPaths[stage] } : null;
}
