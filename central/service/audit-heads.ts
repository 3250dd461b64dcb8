import { ChainVerifier } from '../../shared/journal/chain.ts';
import {
  entryHash,
  headBytes,
  type JournalEntry,
  type JournalHead,
  noHash,
} from '../../shared/journal/entry.ts';
import { headFault } from '../../shared/journal/head-fault.ts';
import type { Logger } from '../../shared/log.ts';
import type { KeyPair, PublicKey } from '../../shared/signing/keys.ts';
import { auditBlocks, auditHash, auditName, lastAudit } from '../base/access-layer/audit.ts';
import { lastAuditHead, putAuditHead } from '../base/access-layer/audit-heads.ts';
import type { Base } from '../base/base.ts';
import type { AuditMemory } from '../state/audit-memory.ts';
import type { Clock } from './clock.ts';
import { Turns } from './turns.ts';

/** As long as that at most an entry is without a signature while the service is at work. */
const signingMilliseconds = 60 * 60_000;

export interface AuditHeadsOptions {
  readonly base: Base;
  readonly baseId: string;
  readonly memory: AuditMemory;
  /** Central's key as it is now, and those from before. */
  readonly keys: () => Promise<{ readonly current: KeyPair; readonly retired: readonly PublicKey[] }>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What a chain that does not go on from what was signed last shows. */
interface Fault {
  readonly id: number;
  readonly fault: string;
}

/**
 * Signs the last entry of each day of the audit, at the start and each hour, by central's key, which no console has. A
 * chain that does not go on from what was signed last is not signed over: what was signed is remembered in central's
 * folder, so that neither entries nor signatures of the base can be exchanged for others. It says so until it is mended.
 */
export class AuditHeads {
  readonly #options: AuditHeadsOptions;
  readonly #turns: Turns;

  constructor(options: AuditHeadsOptions) {
    this.#options = options;
    this.#turns = new Turns(() => this.#sign(), options.clock);
  }

  start(): void {
    this.#turns.start();
  }

  /** Resolves when what was begun to be signed is, or could not be. */
  settled(): Promise<void> {
    return this.#turns.settled();
  }

  stop(): Promise<void> {
    return this.#turns.stop();
  }

  async #sign(): Promise<number> {
    const { clock, log, memory } = this.#options;
    try {
      const fault = await this.#signNow();
      const checked = new Date(clock.now()).toISOString();
      const known = memory.facts.fault;
      const since = known?.id === fault?.id && known?.fault === fault?.fault ? known?.since : checked;
      memory.change({ checked, fault: fault === null ? null : { ...fault, since: since ?? checked } });
      if (fault !== null)
        log.error({ ...fault }, 'the audit does not go on from what was signed: not signed');
    } catch (error) {
      log.error({ err: error }, 'the audit cannot be signed');
    }
    return signingMilliseconds;
  }

  async #signNow(): Promise<Fault | null> {
    const { base, baseId, memory, keys } = this.#options;
    const { current, retired } = await keys();
    const own = [current, ...retired];
    const whose = auditName(baseId);
    const shown = await base.snapshot((questions) => lastAuditHead(questions), { use: 'pages' });
    // The base may show a later one than was remembered when the process was killed, and what is remembered may be gone
    // from the base; neither is believed without its signature and its entry.
    const known = [memory.facts.signed, shown].filter((head) => head !== null);
    for (const head of known) {
      const forged = headFault(whose, own, head);
      const fault = forged === null ? await this.#lost(head) : { id: head.id, fault: forged };
      if (fault !== null) return fault;
    }
    const last = known.toSorted((a, b) => a.id - b.id).at(-1) ?? null;
    const ends = new Map<string, JournalEntry>();
    const chain = new ChainVerifier(last?.hash ?? noHash, last?.id ?? 0);
    for await (const block of auditBlocks(base, last?.id ?? 0)) {
      for (const { id, at, kind, body, hash } of block) {
        const fault = chain.follow(id, hash, (previous) => entryHash(previous, { id, at, kind, body }));
        if (fault !== null) return fault;
        ends.set(at.slice(0, 10), { id, at, kind, body, hash });
      }
    }
    const heads = [...ends].map(([day, { id, hash }]): JournalHead => {
      const signature = current.sign(headBytes(whose, { day, id, hash })).toString('base64url');
      return { day, id, hash, keyid: current.thumbprint, signature };
    });
    // One that was taken away is shown again.
    const missing = last !== null && (shown?.id ?? 0) < last.id ? [last] : [];
    await base.transaction(
      async (tx) => {
        for (const head of [...missing, ...heads]) await putAuditHead(tx, head);
      },
      { use: 'pages' },
    );
    const signed = heads.at(-1) ?? last;
    if (signed !== null) memory.change({ signed });
    return null;
  }

  /** Whether what was signed last is not there any more as it was. */
  async #lost({ id, hash }: JournalHead): Promise<Fault | null> {
    const { base } = this.#options;
    const [there, end] = await base.snapshot(
      async (questions) => [await auditHash(questions, id), await lastAudit(questions)] as const,
      { use: 'pages' },
    );
    if (there === hash) return null;
    if (there !== null) return { id, fault: 'changed' };
    return { id: Math.min(id, (end?.id ?? 0) + 1), fault: 'removed' };
  }
}
