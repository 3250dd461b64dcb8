import { sealedSecrets } from '../../base/access-layer/factors.ts';
import type { Base } from '../../base/base.ts';
import { opens, type Seal } from '../seal.ts';

/**
 * How many authenticators this console cannot read, since another key sealed them: to be told at the start, before their
 * people try to enter.
 */
export async function unreadableFactors(base: Base, seal: Seal): Promise<number> {
  const secrets = await base.snapshot(sealedSecrets, { use: 'pages' });
  return secrets.filter(({ id, sealed }) => opens(seal, sealed, id) === null).length;
}
