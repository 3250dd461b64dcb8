import { endSignedAfter, type JournalEntry, type JournalHead } from '../../shared/journal/entry.ts';
import { type JournalFault, type JournalVerdict, JournalVerifier } from '../../shared/journal/verify.ts';
import type { PublicKey } from '../../shared/signing/keys.ts';
import { journalName } from './home.ts';

/** How the text of the event begins with which `source add` begins a chain. */
const begunText = '{"event":"agreement-begun"';

/**
 * Checks observations as they are read, as any journal, and that their chain begins with the agreement: one that took the
 * place of another, which is gone, holds in itself.
 */
export class ObservationsVerifier {
  readonly #journal: JournalVerifier;
  /** The first entry that tells of the source and not of the chain. */
  #first: JournalEntry | null = null;

  /** @param keys all that central ever signed with */
  constructor(uf: string, keys: readonly PublicKey[]) {
    this.#journal = new JournalVerifier(journalName(uf), keys);
  }

  entry(entry: JournalEntry): void {
    if (this.#first === null && endSignedAfter(entry) === null) this.#first = entry;
    this.#journal.entry(entry);
  }

  head(head: JournalHead): void {
    this.#journal.head(head);
  }

  verdict(): JournalVerdict {
    const verdict = this.#journal.verdict();
    const first = this.#first;
    if (first === null || first.body.startsWith(begunText)) return verdict;
    const { id, at } = first;
    const fault: JournalFault = { id, fault: 'agreement-missing', at };
    return { ...verdict, faults: [fault, ...verdict.faults] };
  }
}
