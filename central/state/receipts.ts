import type { JournalMark } from '../../shared/journal/entry.ts';
import type { ToldJournal } from '../../shared/protocol/journal-mark.ts';
import type { SignedReceipt } from '../../shared/signing/messages.ts';
import { requestOf } from '../../shared/signing/signature-base.ts';
import { type StateFile, writeState } from '../../shared/state-file.ts';

interface NewReceipt {
  /** Null for an answer outside of a run. */
  readonly run: number | null;
  readonly source: string;
  /** Null for an answer about no view. */
  readonly view: string | null;
  readonly receipt: SignedReceipt;
  /** The entry of the journal that the request named, and what the answer told. */
  readonly asked?: JournalMark | null;
  readonly told?: ToldJournal | null;
}

/** Kept before anything is made of the answer: what was given is provable even when loading it fails. Returns its number. */
export function insertReceipt(
  db: StateFile,
  { run, source, view, receipt, asked = null, told = null }: NewReceipt,
): number {
  const { lastInsertRowid } = writeState(
    db,
    `INSERT INTO receipt (run, source, view, at, request, keyid, signature_base, signature, asked_id, asked_hash,
                          journal_id, journal_hash)
     VALUES (@run, @source, @view, @at, @request, @keyid, @signatureBase, @signature, @askedId, @askedHash,
             @journalId, @journalHash)`,
    {
      ...{ ...receipt, run, source, view, at: new Date().toISOString() },
      request: requestOf(receipt.signatureBase),
      ...{ askedId: asked?.id ?? null, askedHash: asked?.hash ?? null },
      ...{ journalId: told?.last.id ?? null, journalHash: told?.last.hash ?? null },
    },
  );
  return Number(lastInsertRowid);
}
