import { askLetter } from '../../base/access-layer/asked-letters.ts';
import {
  type Authority,
  authorityOf,
  bringBefore,
  broughtRequests,
  setAuthority,
} from '../../base/access-layer/authorities.ts';
import { lockBody } from '../../base/access-layer/body-changes.ts';
import { within } from '../../base/access-layer/request-state.ts';
import { lockRequest } from '../../base/access-layer/requests.ts';
import { recordChange } from '../../base/access-layer/structure-history.ts';
import type { Transaction } from '../../base/base.ts';
import { standing } from '../pre-registration/words.ts';

/**
 * Puts somebody in office as the authority of a body: links that were sent to the one before are of no use from then on,
 * and what waits is brought before the new one. @returns how many requests; `ended`: the body has
 */
export async function putInOffice(
  tx: Transaction,
  authority: Parameters<typeof setAuthority>[1],
  now: Date,
): Promise<{ readonly authority: string; readonly brought: number } | 'ended'> {
  // Of two at once one waits for the other, and sees whom it put there.
  if ((await lockBody(tx, authority.body)) === null) return 'ended';
  const old = await authorityOf(tx, authority.body);
  const id = await setAuthority(tx, authority, now);
  const told = (one: Pick<Authority, 'name' | 'office'>) => ({ name: `${one.name}, ${one.office}` });
  const entry = { body: authority.body, what: 'body-authority' as const, to: told(authority) };
  await recordChange(tx, { ...entry, ...(old !== null && { from: told(old) }) }, authority.by, now);
  if (old !== null) await askLetter(tx, 'authority-replaced', old.id, now);
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
