import type { JournalHead } from '../../shared/journal/entry.ts';
import {
  chainStart,
  type SignedChainVerdict,
  SignedChainVerifier,
} from '../../shared/journal/signed-chain.ts';
import type { PublicKey } from '../../shared/signing/keys.ts';
import { auditName } from '../base/access-layer/audit.ts';
import { signedUntil } from '../base/access-layer/audit-verify.ts';
import { readAuditFile } from './file.ts';

export interface FileVerdict extends SignedChainVerdict {
  readonly base: string;
  readonly exported: string;
  /** Entry behind which the file begins; 0: all from the first one on. */
  readonly after: number;
  /** Lines that were cut off while they were written. */
  readonly cut: number;
}

/**
 * Checks a file, offline: whatever was put together of what was not written falls apart at the next signature. How old it
 * is, it says of itself. Throws `document-unreadable`.
 */
export async function verifyAuditFile(file: string, keys: readonly PublicKey[]): Promise<FileVerdict> {
  // Heads are known before entries are read; they are a few a day.
  const heads: JournalHead[] = [];
  let [base, exported, after, cut] = ['', '', chainStart, 0];
  for await (const line of readAuditFile(file)) {
    if ('header' in line) ({ base, exported, after } = line.header);
    else if ('head' in line) heads.push(line.head);
    else if ('cut' in line) cut++;
  }
  const verifier = new SignedChainVerifier(auditName(base), keys, heads, after);
  for await (const line of readAuditFile(file)) {
    if ('entry' in line) verifier.entry({ salt: null, terms: null, ...line.entry });
  }
  const verdict = verifier.verdict(signedUntil(new Date(exported)));
  return { ...verdict, base, exported, after: after.id, cut };
}
