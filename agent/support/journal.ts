import { Journal } from '../../shared/journal/journal.ts';
import { type JournalVerdict, verifyJournal } from '../../shared/journal/verify.ts';
import { keysOfRecords } from '../../shared/signed-records.ts';
import { besideJournal } from '../state/state.ts';
import type { StateAsIs } from './state-as-is.ts';

/** How many days' heads are told. */
const lastDays = 7;

export function journalVerdict(state: StateAsIs): JournalVerdict {
  const journal = journalOf(state);
  const keys = keysOfRecords(state.keys);
  return journal.atOneMoment(() => verifyJournal(state.id, journal.entries(), journal.heads(), keys));
}

/** What the last days ended with: central's receipts can be held against it. */
export function journalHeads(state: StateAsIs): object[] {
  return journalOf(state)
    .heads()
    .slice(-lastDays)
    .map(({ day, id, hash, keyid }) => ({ day, id, hash, keyid }));
}

/** How often what was asked was answered how. Neither paths nor queries: keys of rows may be in them. */
export function requestFigures({ db }: StateAsIs): unknown[] {
  const sql = `
    SELECT body ->> 'view' AS visao, body ->> 'status' AS status, body ->> 'problem' AS problema,
           count(*) AS pedidos, min(at) AS primeiro, max(at) AS ultimo
      FROM journal_entry WHERE kind = 'request' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
  return db.prepare(sql).all();
}

/** To be read: nothing is written into what is only looked at. */
export function journalOf({ db, id, keys }: StateAsIs): Journal {
  return new Journal(db, id, () => keys.current, { keys: () => keysOfRecords(keys), beside: besideJournal });
}
