import { type SealedSecret, sealedSecrets } from '../../base/access-layer/factors.ts';
import type { Base } from '../../base/base.ts';
import { opens, type Seal } from '../seal.ts';

/**
 * How many authenticators this console cannot read, since another key sealed them: to be told at the start, before their
 * people try to enter.
 */
export async function unreadableFactors(base: Base, seal: Seal): Promise<number> {
  return notOpened(await base.snapshot(sealedSecrets, { use: 'pages' }), seal);
}

/** How many of these a key does not open. */
export function notOpened(secrets: readonly SealedSecret[], seal: Seal): number {
  return secrets.filter(({ id, sealed }) => opens(seal, sealed, id) === null).length;
}
