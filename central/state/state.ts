import { join } from 'node:path';
import { openStateFile } from '../../shared/state-file.ts';
import { Answers } from './answers.ts';
import { Attentions } from './attentions.ts';
import { Checkpoints } from './checkpoints.ts';
import { Jobs } from './jobs.ts';
import { Journals } from './journals.ts';
import { Runs } from './runs.ts';
import { ViewStates } from './view-states.ts';

/** Central's own state. A migration is never edited once released: add the next one. */
const migrations = [
  `CREATE TABLE checkpoint (
     source TEXT NOT NULL,
     view TEXT NOT NULL,
     base TEXT NOT NULL,
     cursor TEXT NOT NULL,
     loads INTEGER NOT NULL,
     run INTEGER NOT NULL,
     at TEXT NOT NULL,
     PRIMARY KEY (source, view)
   ) WITHOUT ROWID;

   CREATE TABLE run (
     id INTEGER PRIMARY KEY,
     source TEXT NOT NULL,
     started TEXT NOT NULL,
     ended TEXT,
     outcome TEXT,
     problem TEXT
   );
   CREATE INDEX run_source ON run (source, id);

   CREATE TABLE run_view (
     run INTEGER NOT NULL REFERENCES run,
     view TEXT NOT NULL,
     rows INTEGER NOT NULL,
     new INTEGER NOT NULL,
     changed INTEGER NOT NULL,
     unchanged INTEGER NOT NULL,
     seconds REAL NOT NULL,
     outcome TEXT NOT NULL,
     problem TEXT,
     PRIMARY KEY (run, view)
   ) WITHOUT ROWID;

   CREATE TABLE receipt (
     id INTEGER PRIMARY KEY,
     run INTEGER NOT NULL REFERENCES run,
     source TEXT NOT NULL,
     view TEXT NOT NULL,
     at TEXT NOT NULL,
     keyid TEXT NOT NULL,
     signature_base TEXT NOT NULL,
     signature BLOB NOT NULL
   );`,

  `-- Whether the cursor begins a cycle: everything before it was read.
   ALTER TABLE checkpoint ADD COLUMN complete INTEGER NOT NULL DEFAULT 0;

   -- A run may collect a view and reconcile it: a row for each.
   CREATE TABLE run_view_kind (
     run INTEGER NOT NULL REFERENCES run,
     view TEXT NOT NULL,
     kind TEXT NOT NULL,
     rows INTEGER NOT NULL,
     new INTEGER NOT NULL,
     changed INTEGER NOT NULL,
     unchanged INTEGER NOT NULL,
     removed INTEGER NOT NULL,
     quarantined INTEGER NOT NULL,
     seconds REAL NOT NULL,
     outcome TEXT NOT NULL,
     problem TEXT,
     PRIMARY KEY (run, view, kind)
   ) WITHOUT ROWID;
   INSERT INTO run_view_kind
     SELECT run, view, 'collect', rows, new, changed, unchanged, 0, 0, seconds, outcome, problem FROM run_view;
   DROP TABLE run_view;
   ALTER TABLE run_view_kind RENAME TO run_view;

   -- What is known of each view, for the status, and why it owes a reconciliation.
   CREATE TABLE view_state (
     source TEXT NOT NULL,
     view TEXT NOT NULL,
     mode TEXT,
     rows INTEGER,
     quarantined INTEGER,
     collected TEXT,
     reconciled TEXT,
     owed TEXT,
     PRIMARY KEY (source, view)
   ) WITHOUT ROWID;

   -- What a person has to decide before a view is loaded again.
   CREATE TABLE attention (
     source TEXT NOT NULL,
     view TEXT NOT NULL,
     code TEXT NOT NULL,
     detail TEXT NOT NULL,
     subject TEXT NOT NULL,
     since TEXT NOT NULL,
     run INTEGER NOT NULL,
     decision TEXT,
     decided TEXT,
     PRIMARY KEY (source, view, code)
   ) WITHOUT ROWID;`,

  `-- Receipts of every answer, also of those about no view and outside of a run, found by the request that they answer.
   CREATE TABLE receipt_of_answer (
     id INTEGER PRIMARY KEY,
     run INTEGER REFERENCES run,
     source TEXT NOT NULL,
     view TEXT,
     at TEXT NOT NULL,
     request TEXT,
     keyid TEXT NOT NULL,
     signature_base TEXT NOT NULL,
     signature BLOB NOT NULL
   );
   INSERT INTO receipt_of_answer
     SELECT id, run, source, view, at, NULL, keyid, signature_base, signature FROM receipt;
   DROP TABLE receipt;
   ALTER TABLE receipt_of_answer RENAME TO receipt;
   CREATE INDEX receipt_request ON receipt (source, request);`,

  `-- What is to be done, is under way, or was. Instants in milliseconds since 1970.
   CREATE TABLE job (
     id INTEGER PRIMARY KEY,
     kind TEXT NOT NULL,
     source TEXT NOT NULL,
     view TEXT,
     reason TEXT NOT NULL,
     due INTEGER NOT NULL,
     asked INTEGER NOT NULL,
     begun INTEGER,
     ended INTEGER,
     outcome TEXT,
     problem TEXT,
     done INTEGER,
     total INTEGER,
     rows INTEGER
   );
   CREATE INDEX job_open ON job (id) WHERE ended IS NULL;
   CREATE INDEX job_ended ON job (ended);
   CREATE INDEX job_of_source ON job (source, kind, ended);`,

  `-- What a person was last shown of it: only that can be decided without naming it.
   ALTER TABLE attention ADD COLUMN shown TEXT;
   -- Rows that were marked as removed since a run did all that was to be done.
   ALTER TABLE view_state ADD COLUMN marked INTEGER NOT NULL DEFAULT 0;`,

  `-- The columns that a doubt is about, as JSON; null where it is about none.
   ALTER TABLE attention ADD COLUMN columns TEXT;`,

  `-- What people answered to doubts and what became of it. The number is the order in which they were carried out.
   CREATE TABLE answer (
     number INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     source TEXT NOT NULL,
     view TEXT NOT NULL,
     code TEXT NOT NULL,
     subject TEXT NOT NULL,
     ref TEXT NOT NULL,
     decision TEXT NOT NULL,
     who TEXT NOT NULL,
     through TEXT NOT NULL,
     reason TEXT,
     at TEXT NOT NULL,
     outcome TEXT NOT NULL,
     done TEXT NOT NULL
   );
   -- Which file this is, for whoever sees what it shows of itself.
   CREATE TABLE central (id TEXT NOT NULL);
   INSERT INTO central VALUES (lower(hex(randomblob(16))));`,

  'ALTER TABLE run_view ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0;',

  `-- The entry of the agent's journal that the request named, and the one that the answer is.
   ALTER TABLE receipt ADD COLUMN asked_id INTEGER;
   ALTER TABLE receipt ADD COLUMN asked_hash TEXT;
   ALTER TABLE receipt ADD COLUMN journal_id INTEGER;
   ALTER TABLE receipt ADD COLUMN journal_hash TEXT;
   CREATE INDEX receipt_journal ON receipt (source, journal_id) WHERE journal_id IS NOT NULL;
   CREATE INDEX receipt_asked ON receipt (source, asked_id) WHERE asked_id IS NOT NULL;

   -- The last entry of each agent's journal that central holds (null: of an agent that proves none), the receipt that it
   -- is of, and the last receipt of before this line of the journal.
   CREATE TABLE journal_line (
     source TEXT PRIMARY KEY,
     id INTEGER,
     hash TEXT,
     receipt INTEGER NOT NULL,
     since INTEGER NOT NULL
   ) WITHOUT ROWID;
   -- Answers that did not fit what was held, for good.
   CREATE TABLE journal_break (
     id INTEGER PRIMARY KEY,
     source TEXT NOT NULL,
     at TEXT NOT NULL,
     code TEXT NOT NULL,
     held_id INTEGER NOT NULL,
     held_hash TEXT NOT NULL,
     held_receipt INTEGER NOT NULL,
     told TEXT,
     last_id INTEGER,
     last_hash TEXT,
     receipt INTEGER NOT NULL,
     accepted TEXT
   );`,

  `-- The last receipt of before another agent was enrolled in a source's place: its journal is another one.
   CREATE TABLE journal_begun (
     source TEXT PRIMARY KEY,
     receipt INTEGER NOT NULL
   ) WITHOUT ROWID;
   -- Receipt of the last answer that did not fit in the same way, where there was more than one.
   ALTER TABLE journal_break ADD COLUMN latest INTEGER;
   -- Receipt of the answer by which the line that is held was there again, after a person had refused the other one.
   ALTER TABLE journal_break ADD COLUMN healed INTEGER;`,
];

/** Version of the file that these migrations lead to. */
export const centralStateVersion = migrations.length;

/** Central's own state, one SQLite file: checkpoints, runs and receipts, what is known of views, what waits for a decision. */
export interface CentralState {
  readonly checkpoints: Checkpoints;
  readonly runs: Runs;
  readonly views: ViewStates;
  readonly attentions: Attentions;
  readonly answers: Answers;
  readonly jobs: Jobs;
  readonly journals: Journals;
  /** Names this very file: another one, or one that was made anew, has another. */
  readonly id: string;
  /** Whether another process has written into it since this was asked last. */
  changedElsewhere(): boolean;
  close(): void;
}

export function centralStateFile(folder: string): string {
  return join(folder, 'central.sqlite');
}

/** Throws `state-unwritable`, `state-newer`, and `checkpoints-damaged` when the file is no sound database. */
export function openCentralState(folder: string): CentralState {
  const db = openStateFile(centralStateFile(folder), migrations, 'checkpoints-damaged');
  const attentions = new Attentions(db);
  // Of what others have written, as SQLite counts it.
  const versionNow = (): unknown => db.pragma('data_version', { simple: true });
  let version = versionNow();
  return {
    checkpoints: new Checkpoints(db),
    runs: new Runs(db),
    views: new ViewStates(db),
    attentions,
    answers: new Answers(db, attentions),
    jobs: new Jobs(db),
    journals: new Journals(db, attentions),
    id: String(db.prepare('SELECT id FROM central').pluck().get()),
    changedElsewhere() {
      const before = version;
      version = versionNow();
      return version !== before;
    },
    close: () => void db.close(),
  };
}
