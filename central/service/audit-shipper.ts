import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import type { SaltedEntry } from '../../shared/journal/salted-terms.ts';
import type { Logger } from '../../shared/log.ts';
import type { AuditLine, FileEntry } from '../audit/file.ts';
import type { Seal } from '../audit/seal.ts';
import { type Destination, type Position, positionAfter } from '../audit/ship/destination.ts';
import { auditAfter, auditHash, lastAudit } from '../base/access-layer/audit.ts';
import { auditHeads } from '../base/access-layer/audit-heads.ts';
import type { Base } from '../base/base.ts';
import type { AuditMemory } from '../state/audit-memory.ts';
import type { Clock } from './clock.ts';
import { Turns } from './turns.ts';

/** How often the base is asked for what consoles have written. */
const lookMilliseconds = 1000;
/** After a failure it is tried again later and later, up to this. */
const longestMilliseconds = 60_000;
/** Entries at once. */
const most = 200;

export interface AuditShipperOptions {
  readonly base: Base;
  readonly baseId: string;
  readonly destination: Destination;
  readonly memory: AuditMemory;
  /** Null: what was asked for stays here, and its digest alone goes. */
  readonly seal: Seal | null;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Ships the audit to where those who have the base do not get at it, within a second or two of its being written, each
 * entry and then each signature, in their order. Nobody waits for it: what could not be shipped is shipped later, from
 * where it is known to have come to.
 */
export class AuditShipper {
  readonly #options: AuditShipperOptions;
  /** To where it was shipped, as far as is known; null: to be found out. */
  #at: Position | null = null;
  #wait = lookMilliseconds;
  #problem: string | null;
  readonly #turns: Turns;

  constructor(options: AuditShipperOptions) {
    this.#options = options;
    this.#turns = new Turns(() => this.#shipAll(), options.clock);
    this.#problem = options.memory.shippedTo(options.destination.name).problem;
  }

  /** Begins, and then looks again and again by itself. */
  start(): void {
    this.#turns.start();
  }

  /** Resolves when what was begun to be shipped is, or could not be. */
  settled(): Promise<void> {
    return this.#turns.settled();
  }

  async stop(): Promise<void> {
    await this.#turns.stop();
    const { destination } = this.#options;
    const surely = await destination.close();
    if (surely !== null) await this.#remember(surely, this.#problem);
  }

  async #shipAll(): Promise<number> {
    const { log, destination, memory } = this.#options;
    try {
      while (await this.#shipSome()) if (this.#turns.stopped) break;
      if (this.#problem !== null) log.info({ destination: destination.name }, 'the audit is shipped again');
      this.#problem = null;
      this.#wait = lookMilliseconds;
    } catch (thrown) {
      const error = asGuaritaError(thrown);
      if (this.#problem !== error.code)
        log.error({ err: error, destination: destination.name }, 'the audit cannot be shipped');
      this.#problem = error.code;
      this.#at = null;
      this.#wait = Math.min(this.#wait * 2, longestMilliseconds);
      await this.#remember(memory.shippedTo(destination.name), error.code).catch(() => undefined);
    }
    return this.#wait;
  }

  /** A part of what is there; true when there may be more. */
  async #shipSome(): Promise<boolean> {
    const { base, baseId, clock, destination, memory } = this.#options;
    this.#at ??= await destination.begin(memory.shippedTo(destination.name));
    const at = this.#at;
    const { last, entries, heads } = await base.snapshot(
      async (questions) => ({
        last: await lastAudit(questions),
        entries: await auditAfter(questions, at.entry, most),
        heads: await auditHeads(questions, at.head),
      }),
      { use: 'pages' },
    );
    // Cut off, or put back as it was: what comes now has numbers under which other entries were shipped.
    if ((last?.id ?? 0) < at.entry) throw new GuaritaError('audit-unshipped', 'A base tem menos registros.');
    const end = entries.at(-1)?.id ?? at.entry;
    const lines: AuditLine[] = [];
    for (const entry of entries) lines.push({ entry: await this.#shown(entry) });
    for (const head of heads) if (head.id <= end) lines.push({ head });
    const surely = await destination.ship(lines, async () => ({
      kind: 'guarita-audit',
      base: baseId,
      exported: new Date(clock.now()).toISOString(),
      after: {
        id: at.entry,
        hash: (await base.snapshot((questions) => auditHash(questions, at.entry), { use: 'pages' })) ?? '',
      },
    }));
    this.#at = positionAfter(at, lines);
    const { entry, head, problem } = memory.shippedTo(destination.name);
    if (entry !== surely.entry || head !== surely.head || problem !== null)
      await this.#remember(surely, null);
    return entries.length === most;
  }

  async #shown({ id, at, kind, body, hash, salt, terms }: SaltedEntry): Promise<FileEntry> {
    const { seal } = this.#options;
    const entry = { id, at, kind, body, hash };
    if (seal === null || salt === null || terms === null) return entry;
    return { ...entry, sealed: await seal({ salt, terms }) };
  }

  /** Also how much is left, where it cannot be shipped. */
  async #remember({ entry, head }: Position, problem: string | null): Promise<void> {
    const { destination, memory, log, clock } = this.#options;
    const left = problem === null ? { behind: 0, since: null } : await this.#left(entry);
    const known = memory.shippedTo(destination.name).failed ?? null;
    const failed = problem === null ? null : (known ?? new Date(clock.now()).toISOString());
    try {
      memory.changeShipped(destination.name, { entry, head, problem, failed, ...left });
    } catch (error) {
      log.warn({ err: error }, 'how far the audit is shipped cannot be written down');
    }
  }

  #left(entry: number): Promise<{ readonly behind: number; readonly since: string | null }> {
    return this.#options.base.snapshot(
      async (questions) => {
        const [end, next] = [await lastAudit(questions), await auditAfter(questions, entry, 1)];
        return { behind: Math.max(0, (end?.id ?? 0) - entry), since: next[0]?.at ?? null };
      },
      { use: 'pages' },
    );
  }
}
