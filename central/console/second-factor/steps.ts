import type { SessionFacts } from '../../base/access-layer/sessions.ts';
import { goOn, ownPage } from '../access/open.ts';
import type { RedirectAnswer } from '../route.ts';

/**
 * A password that is to be changed goes before a second factor, which would open the session: there, or null.
 * @param asked the page that they wanted, as it came
 */
export function stepLeft({ stage }: SessionFacts, asked: string | undefined): RedirectAnswer | null {
  return stage === 'trocar-senha' ? { goTo: goOn(stage, asked) } : null;
}

/** The address of a step that remembers which page is gone on to. @param asked as it came */
export function askedFor(step: string, asked: string | undefined): string {
  const page = ownPage(asked);
  return page === '/' ? step : `${step}?depois=${encodeURIComponent(page)}`;
}
