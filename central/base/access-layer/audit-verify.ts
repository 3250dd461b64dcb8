import type { JournalHead } from '../../../shared/journal/entry.ts';
import {
  type ChainStart,
  chainStart,
  type SignedChainVerdict,
  SignedChainVerifier,
} from '../../../shared/journal/signed-chain.ts';
import type { PublicKey } from '../../../shared/signing/keys.ts';
import type { Base } from '../base.ts';
import { goneByOrders } from '../decided-layer/orders.ts';
import { auditBlocks, auditName } from './audit.ts';
import { auditHeads } from './audit-heads.ts';

/** As long as that an entry may be without a signature: central signs each hour while it is at work. */
const unsignedMilliseconds = 24 * 60 * 60_000;

export interface BaseVerdict extends SignedChainVerdict {
  /** Entries of which the terms went by orders to forget somebody. Where more are blank, nobody ordered it. */
  readonly forgotten: number;
}

export interface VerifyOptions {
  /** All keys that central ever signed with; null: signatures are not looked at. */
  readonly keys: readonly PublicKey[] | null;
  /** What was signed last as central remembers it apart from the base; it is missed where the base does not have it. */
  readonly signed?: JournalHead | null;
  /** From which signed entry on; from the first one where nothing is said. */
  readonly after?: ChainStart;
  readonly now: Date;
  readonly signal?: AbortSignal;
}

/** Checks the audit of a base, block by block. */
export async function verifyAudit(
  base: Base,
  baseId: string,
  { keys, signed = null, after = chainStart, now, signal }: VerifyOptions,
): Promise<BaseVerdict> {
  const [heads, forgotten] = await base.snapshot(
    async (questions) =>
      [await auditHeads(questions, after.id), await goneByOrders(questions, 'acesso.auditoria')] as const,
    { use: 'pages', signal },
  );
  const all = signed === null ? heads : [...heads, signed];
  const verifier = new SignedChainVerifier(auditName(baseId), keys, all, after);
  for await (const block of auditBlocks(base, after.id, { signal })) {
    for (const entry of block) verifier.entry(entry);
  }
  return { ...verifier.verdict(signedUntil(now)), forgotten };
}

/** Entries from then on need not be signed yet. */
export function signedUntil(now: Date): string {
  return new Date(now.getTime() - unsignedMilliseconds).toISOString();
}
