import { hash } from 'node:crypto';
import type { Target } from '../../base/access-layer/attempts.ts';
import { within } from '../../base/access-layer/request-state.ts';
import { networkOf } from '../address.ts';

/** So long a link of a letter to somebody who asks is of use, as long as their address waits to be confirmed. */
export const linkHours = (within.email ?? 0) / 3_600_000;

/** Links of a request in 24 hours: what anybody types in fills nobody's mailbox. */
export const mostLinks = 5;

/** Who asks for a link, counted by address of mail and by that of the network, whether or not it is known. */
export function askTargets(email: string, address: string): readonly Target[] {
  const [minute, hour] = [60_000, 3_600_000];
  return [
    { name: `pedido ${hash('sha256', email.toLowerCase(), 'base64url')}`, free: 5, forgivenIn: hour },
    // A whole body may come from one.
    { name: `pedido de ${networkOf(address)}`, free: 30, forgivenIn: 5 * minute },
  ];
}
