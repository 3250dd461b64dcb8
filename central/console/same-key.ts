import { GuaritaError } from '../../shared/errors.ts';
import { keepKeyProof, keyProof } from '../base/access-layer/console-key.ts';
import type { Base } from '../base/base.ts';
import { opens, type Seal } from './seal.ts';

const proven = 'console-key';

/**
 * That this console has the key of the first one that served the base: with another, what one seals the other cannot
 * open, and people would be refused by chance. Throws `console-key-other`.
 */
export async function requireSameKey(base: Base, seal: Seal): Promise<void> {
  const own = seal.close(Buffer.from(proven), proven);
  // Of two that start at once, one is the first.
  await base.transaction((tx) => keepKeyProof(tx, own), { use: 'pages' });
  const kept = await base.snapshot(keyProof, { use: 'pages' });
  if (kept === null || !isKeyOf(seal, kept)) throw new GuaritaError('console-key-other');
}

/** Whether a key is that by which a base's proof was sealed. */
export function isKeyOf(seal: Seal, proof: Uint8Array): boolean {
  return opens(seal, proof, proven) !== null;
}
