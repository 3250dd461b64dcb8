import { hash, randomBytes } from 'node:crypto';
import { entryHash, type JournalEntry, noHash } from '../../../shared/journal/entry.ts';
import type { Questions, Transaction } from '../base.ts';
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
  const [last] = await tx.query<{ number: number; hash: string; at: string }>(
    `SELECT numero::int AS number, elo AS hash, quando AS at FROM acesso.auditoria ORDER BY numero DESC LIMIT 1`,
  );
  const terms = what.terms === null ? null : jsonRows([what.terms]).slice(1, -1);
  const salt = terms === null ? null : randomBytes(16).toString('base64url');
  const digest = terms === null ? null : termsDigest(salt as string, terms);
  const body = jsonRows([{ ...what.body, terms: digest }]).slice(1, -1);
  const id = (last?.number ?? 0) + 1;
  // Of two consoles one clock may be behind: an entry is not earlier than the one before it.
  const at = [now.toISOString(), last?.at ?? ''].toSorted().at(-1) as string;
  const entry = { id, at, kind: what.kind, body };
  const written = { ...entry, hash: entryHash(last?.hash ?? noHash, entry) };
  await tx.query(
    `INSERT INTO acesso.auditoria (numero, quando, tipo, corpo, elo, sal, termos) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, at, written.kind, body, written.hash, salt, terms],
  );
  return { entry: written, terms };
}

/** Stands in an entry for what was asked for: SHA-256, base64url. @param salt so that what is short cannot be guessed */
export function termsDigest(salt: string, terms: string): string {
  return hash('sha256', JSON.stringify([salt, terms]), 'base64url');
}

/** An entry as it stands in the base. */
export interface StoredEntry extends JournalEntry {
  readonly salt: string | null;
  readonly terms: string | null;
}

/** Entries behind a number, in their order, so many at a time. */
export function auditEntries(questions: Questions, after: number): AsyncIterable<StoredEntry[]> {
  return questions.rows<StoredEntry>(
    `SELECT numero::int AS id, quando AS at, tipo AS kind, corpo AS body, elo AS hash, sal AS salt, termos AS terms
       FROM acesso.auditoria WHERE numero > $1 ORDER BY numero`,
    [after],
    { atOnce: 500 },
  );
}
