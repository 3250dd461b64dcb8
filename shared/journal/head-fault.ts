import type { PublicKey } from '../signing/keys.ts';
import { headBytes, type JournalHead } from './entry.ts';

/** Why a head is not believed; null for one that was signed by one of these keys. @param whose as in `headBytes` */
export function headFault(
  whose: string,
  keys: readonly PublicKey[],
  head: JournalHead,
): 'key-unknown' | 'head-forged' | null {
  const key = keys.find(({ thumbprint }) => thumbprint === head.keyid);
  if (key === undefined) return 'key-unknown';
  const isSound = key.verify(headBytes(whose, head), Buffer.from(head.signature, 'base64url'));
  return isSound ? null : 'head-forged';
}
