import type { PublicKey } from '../signing/keys.ts';
import { headBytes, type JournalHead } from './entry.ts';

/**
 * Why a head is not believed; null for one that was signed by one of these keys.
 * @param bytes what was signed, where it is not the head of a day of this journal
 */
export function headFault(
  whose: string,
  keys: readonly PublicKey[],
  head: JournalHead,
  bytes: Buffer = headBytes(whose, head),
): 'key-unknown' | 'head-forged' | null {
  const key = keys.find(({ thumbprint }) => thumbprint === head.keyid);
  if (key === undefined) return 'key-unknown';
  return key.verify(bytes, Buffer.from(head.signature, 'base64url')) ? null : 'head-forged';
}
