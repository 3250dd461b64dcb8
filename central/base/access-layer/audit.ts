import { randomBytes } from 'node:crypto';
import { GuaritaError } from '../../../shared/errors.ts';
import { entryHash, type JournalEntry, noHash } from '../../../shared/journal/entry.ts';
import { type SaltedEntry, termsDigest } from '../../../shared/journal/salted-terms.ts';
import type { Base, Questions, Transaction, TransactionOptions } from '../base.ts';
import { instant } from '../instants.ts';
import { jsonRows } from '../json-rows.ts';
import { holdLock } from '../locks.ts';

/** What is to be written down: who did what, in words and numbers without a value of a row. */
export interface AuditEntry {
  readonly kind: JournalEntry['kind'];
  readonly body: Readonly<Record<string, unknown>>;
  /** What was asked for and which records were shown; kept beside the entry, which holds its digest. */
  readonly terms: Readonly<Record<string, unknown>> | null;
}

/** An entry as it was written, by which it is shipped. */
export interface WrittenEntry {
  readonly entry: JournalEntry;
  readonly terms: string | null;
}

/**
 * Writes an entry behind the last one, in a transaction that does nothing else for long: whoever writes one waits for
 * those before. Append-only, whoever asks (see the table's trigger).
 */
export async function appendAudit(tx: Transaction, what: AuditEntry, now: Date): Promise<WrittenEntry> {
  await holdLock(tx, 'auditing');
  const last = await lastAudit(tx);
  const reached = await instantReached(tx);
  const terms = what.terms === null ? null : jsonRows([what.terms]).slice(1, -1);
  const salt = terms === null ? null : randomBytes(16).toString('base64url');
  const digest = terms === null ? null : termsDigest(salt as string, terms);
  const body = jsonRows([{ ...what.body, terms: digest }]).slice(1, -1);
  const id = (last?.id ?? 0) + 1;
  // A clock that is ahead would take all later entries with it: none is later than the base has it. Of two consoles one
  // clock may be behind: an entry is not earlier than the one before it.
  const told = now.toISOString() < reached ? now.toISOString() : reached;
  const at = last !== null && last.at > told ? last.at : told;
  const entry = { id, at, kind: what.kind, body };
  const written = { ...entry, hash: entryHash(last?.hash ?? noHash, entry) };
  await tx.query(
    `INSERT INTO acesso.auditoria (numero, quando, tipo, corpo, elo, sal, termos) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, at, written.kind, body, written.hash, salt, terms],
  );
  return { entry: written, terms };
}

async function instantReached(questions: Questions): Promise<string> {
  const [reached] = await questions.query<{ at: string }>(`SELECT ${instant('clock_timestamp()')} AS at`);
  if (reached === undefined) throw new GuaritaError('internal', 'A base não diz que horas são.');
  return reached.at;
}

/** The entry that was written last; null where none was. */
export async function lastAudit(
  questions: Questions,
): Promise<{ readonly id: number; readonly at: string; readonly hash: string } | null> {
  const [last] = await questions.query<{ id: number; at: string; hash: string }>(
    `SELECT numero::int AS id, quando AS at, elo AS hash FROM acesso.auditoria ORDER BY numero DESC LIMIT 1`,
  );
  return last ?? null;
}

/** Columns of an entry as it stands in the base. */
export const auditColumns = `numero::int AS id, quando AS at, tipo AS kind, corpo AS body, elo AS hash,
  sal AS salt, termos AS terms`;

/** The entries behind a number, in their order, so many at most. */
export function auditAfter(questions: Questions, after: number, most: number): Promise<SaltedEntry[]> {
  return questions.query<SaltedEntry>(
    `SELECT ${auditColumns} FROM acesso.auditoria WHERE numero > $1 ORDER BY numero LIMIT $2`,
    [after, most],
  );
}

/** How many are read at once where all are. */
const blockEntries = 1000;

/**
 * All entries behind a number, in blocks, each read by itself so that nobody waits for all of them: what was written does
 * not change.
 */
export async function* auditBlocks(
  base: Base,
  after: number,
  options: TransactionOptions = {},
): AsyncGenerator<SaltedEntry[]> {
  let last = after;
  for (;;) {
    const from = last;
    const block = await base.snapshot((questions) => auditAfter(questions, from, blockEntries), {
      use: 'pages',
      ...options,
    });
    if (block.length > 0) yield block;
    if (block.length < blockEntries) return;
    last = block.at(-1)?.id ?? last;
  }
}

/** The hash of an entry; null where there is none of that number. */
export async function auditHash(questions: Questions, id: number): Promise<string | null> {
  const [found] = await questions.query<{ hash: string }>(
    'SELECT elo AS hash FROM acesso.auditoria WHERE numero = $1',
    [id],
  );
  return found?.hash ?? null;
}

/** As signatures name the audit of a base. */
export function auditName(baseId: string): string {
  return `guarita-audit ${baseId}`;
}

export async function auditBase(questions: Questions): Promise<string> {
  const [base] = await questions.query<{ id: string }>('SELECT id FROM guarita.base');
  return base?.id ?? '';
}
