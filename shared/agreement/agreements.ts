import { type AgreementState, overFrom } from '../act.ts';
import { GuaritaError } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import type { SignedRecords } from '../signed-records.ts';
import type { StateFile } from '../state-file.ts';
import {
  type Agreement,
  type AgreementChange,
  changed,
  parseAgreement,
  requireInForce,
  stateOf,
} from './agreement.ts';
import { isOf, lastOfNumber } from './agreement-events.ts';
import type { HighestInstant } from './highest-instant.ts';

const record = 'agreement';

interface Parts {
  readonly db: StateFile;
  readonly records: SignedRecords;
  readonly journal: Journal;
  readonly instant: HighestInstant;
}

/**
 * The one agreement under which views are read: nothing is without it, outside its term, or against what the
 * state has declared (invariant 6). Each change is in the journal, in the transaction that makes it; what the journal
 * does not bear out is not believed, so that an older record that is put back brings nothing to life.
 */
export class Agreements {
  readonly #parts: Parts;
  /** The record and the event that were found to agree: a request looks at the same ones again. */
  #sound = '';

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The agreement, null when there is none. Throws `state-altered`. */
  find(): Agreement | null {
    const { records, journal } = this.#parts;
    // Record and journal as they are together: a command may write beside the service at work.
    return journal.atOneMoment(() => {
      const text = records.read(record);
      if (text === null) return null;
      const agreement = parseAgreement(text);
      this.#requireTold(agreement, text);
      return agreement;
    });
  }

  #requireTold(agreement: Agreement, text: string): void {
    const { journal } = this.#parts;
    journal.requireWhole();
    const { id = 0, hash = '' } = journal.lastAgreementEvent() ?? {};
    const seen = `${id} ${hash} ${text}`;
    if (this.#sound === seen) return;
    if (!isOf(agreement, journal.agreementEvents())) {
      throw new GuaritaError('state-altered', 'O registro "agreement" não é o que o diário diz dele.');
    }
    this.#sound = seen;
  }

  /** Whether there never was one, as far as the record says. */
  isMissing(): boolean {
    return this.#parts.records.read(record) === null;
  }

  /** Throws `agreement-missing`, `state-altered`. */
  get(): Agreement {
    const agreement = this.find();
    if (agreement === null) throw new GuaritaError('agreement-missing');
    return agreement;
  }

  /** What the agreement is now, by the highest instant seen. */
  state(): AgreementState {
    const agreement = this.get();
    return stateOf(agreement, this.#parts.instant.now(overFrom(agreement.end)));
  }

  /** Throws the problem that says why nothing may be read now. */
  require(): Agreement {
    const agreement = this.get();
    return requireInForce(agreement, this.#parts.instant.now(overFrom(agreement.end)));
  }

  /**
   * What an agreement that is told comes to: of a number that is known, all that was declared of it holds on, so that
   * telling it anew neither lifts a suspension nor drops an extension. Throws the problem that says why nothing may be
   * read under it, and `state-altered`.
   */
  standing(told: Agreement): Agreement {
    const { journal, instant } = this.#parts;
    if (this.find() === null) return requireInForce(told, Date.now());
    const agreement = lastOfNumber(told.number, journal.agreementEvents()) ?? told;
    return requireInForce(agreement, instant.now(overFrom(agreement.end)));
  }

  /** Puts what an agreement that is told comes to, of the views that are told, in the place of any earlier one. */
  beginStanding(told: Agreement): Agreement {
    return this.#parts.db
      .transaction(() => {
        const agreement = { ...this.standing(told), views: told.views };
        this.begin(agreement);
        return agreement;
      })
      .immediate();
  }

  /** Puts an agreement in the place of any earlier one. */
  begin(agreement: Agreement): void {
    const { db, records, journal, instant } = this.#parts;
    db.transaction(() => {
      const before = this.find();
      // First: an empty journal beside other records is one that was emptied.
      journal.event({ event: 'agreement-begun', ...agreement });
      if (before === null) instant.begin();
      records.write(record, JSON.stringify(agreement));
    }).immediate();
  }

  /** Throws what `changed` throws, and `agreement-missing`. */
  change(change: AgreementChange, at = new Date()): Agreement {
    const { db, records, journal } = this.#parts;
    return db
      .transaction(() => {
        const agreement = changed(this.get(), change, at);
        records.write(record, JSON.stringify(agreement));
        journal.event({ ...change, event: `agreement-${change.event}`, number: agreement.number });
        return agreement;
      })
      .immediate();
  }
}
