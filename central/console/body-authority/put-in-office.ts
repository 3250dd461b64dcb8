import { askLetter } from '../../base/access-layer/asked-letters.ts';
import { bringBefore, broughtRequests, setAuthority } from '../../base/access-layer/authorities.ts';
import { within } from '../../base/access-layer/request-state.ts';
import { lockRequest } from '../../base/access-layer/requests.ts';
import type { Transaction } from '../../base/base.ts';
import { standing } from '../pre-registration/words.ts';

/**
 * Puts somebody in office as the authority of a body: links that were sent to the one before are of no use from then on,
 * and what waits is brought before the new one. @returns how many requests
 */
export async function putInOffice(
  tx: Transaction,
  authority: Parameters<typeof setAuthority>[1],
  now: Date,
): Promise<{ readonly authority: string; readonly brought: number }> {
  const id = await setAuthority(tx, authority, now);
  const since = new Date(now.getTime() - (within.authority ?? 0));
  let brought = 0;
  for (const waiting of await broughtRequests(tx, authority.body, since)) {
    const request = await lockRequest(tx, waiting);
    if (request === null || standing(request, now).kind !== 'authority') continue;
    const before = await bringBefore(tx, { request: waiting, authority: id }, now);
    await askLetter(tx, 'authority-asked', before, now);
    brought++;
  }
  return { authority: id, brought };
}
