import { hash } from 'node:crypto';
import type { Target } from '../../base/access-layer/attempts.ts';
import { within } from '../../base/access-layer/request-state.ts';
import { networkOf } from '../address.ts';
import { plainAddress } from './address.ts';

/** So long a link of a letter to somebody who asks is of use, as long as their address waits to be confirmed. */
export const linkHours = (within.email ?? 0) / 3_600_000;

/** Links to a mailbox, or to an authority about a request, in 24 hours: what anybody types in fills nobody's. */
export const mostLinks = 5;

/** Forms that are sent in from one network, or to the authority of one body, each of which asks it something. */
export function sendTargets(address: string, body: string): readonly Target[] {
  const minute = 60_000;
  return [
    { name: `pedido enviado de ${networkOf(address)}`, free: 20, forgivenIn: 10 * minute },
    // A body that begins asks for all of its people at once.
    { name: `pedido à autoridade de ${body}`, free: 40, forgivenIn: 30 * minute },
  ];
}

/** Who asks for a link, counted by address of mail and by that of the network, whether or not it is known. */
export function askTargets(email: string, address: string): readonly Target[] {
  const [minute, hour] = [60_000, 3_600_000];
  return [
    { name: `pedido ${hash('sha256', plainAddress(email), 'base64url')}`, free: 5, forgivenIn: hour },
    // A whole body may come from one.
    { name: `pedido de ${networkOf(address)}`, free: 30, forgivenIn: 5 * minute },
  ];
}
