import { join } from 'node:path';
import { openStateFile, type StateFile } from '../../shared/state-file.ts';

/** The agent's own state. A migration is never edited once released: add the next one. */
const migrations = [
  `CREATE TABLE nonce (
     keyid TEXT NOT NULL,
     nonce TEXT NOT NULL,
     expires INTEGER NOT NULL,
     PRIMARY KEY (keyid, nonce)
   ) WITHOUT ROWID;
   CREATE INDEX nonce_expires ON nonce (expires);

   CREATE TABLE client_key (
     thumbprint TEXT PRIMARY KEY,
     jwk TEXT NOT NULL,
     added_at TEXT NOT NULL
   ) WITHOUT ROWID;

   CREATE TABLE secret (
     name TEXT PRIMARY KEY,
     value BLOB NOT NULL
   ) WITHOUT ROWID;

   CREATE TABLE journal (
     id INTEGER PRIMARY KEY,
     at TEXT NOT NULL,
     request_id TEXT NOT NULL,
     grant_id TEXT,
     keyid TEXT,
     method TEXT NOT NULL,
     resource TEXT NOT NULL,
     query_digest TEXT,
     status INTEGER NOT NULL,
     problem TEXT,
     rows INTEGER,
     bytes INTEGER NOT NULL,
     content_digest TEXT NOT NULL
   );`,

  `-- The journal becomes a chain (shared/journal); what was written before it, by versions never released, goes.
   DROP TABLE journal;
   CREATE TABLE journal_entry (
     id INTEGER PRIMARY KEY,
     at TEXT NOT NULL,
     kind TEXT NOT NULL,
     body TEXT NOT NULL,
     hash TEXT NOT NULL
   );
   CREATE TABLE journal_head (
     day TEXT PRIMARY KEY,
     id INTEGER NOT NULL,
     hash TEXT NOT NULL,
     keyid TEXT NOT NULL,
     signature TEXT NOT NULL
   ) WITHOUT ROWID;

   CREATE TABLE signed_record (
     name TEXT PRIMARY KEY,
     value TEXT NOT NULL,
     keyid TEXT NOT NULL,
     signature BLOB NOT NULL
   ) WITHOUT ROWID;

   ALTER TABLE client_key ADD COLUMN certificate TEXT;
   ALTER TABLE client_key ADD COLUMN until TEXT;

   -- Documents that are good for one use, and were used.
   CREATE TABLE used_document (
     id TEXT PRIMARY KEY,
     at TEXT NOT NULL
   ) WITHOUT ROWID;`,

  `-- The events of the agreement among all that was asked (agent/journal/journal.ts): each request looks at them.
   CREATE INDEX journal_agreement ON journal_entry (kind, id)
     WHERE kind = 'event' AND substr(body, 1, 20) = '{"event":"agreement-';`,
];

/** Tables that have no row before the journal has one. */
export const besideJournal = ['signed_record', 'used_document'] as const;

/** The newest state that this version knows; one that is above it was written by a newer version. */
export const agentStateVersion = migrations.length;

/** Where the agent keeps what is its own, all in one folder. */
export function stateFiles(folder: string): {
  readonly key: string;
  readonly database: string;
  /** The last reply to an invitation. */
  readonly reply: string;
} {
  const file = (name: string) => join(folder, name);
  return { key: file('agent.key.jwk'), database: file('agent.sqlite'), reply: file('resposta.json') };
}

export function openAgentState(folder: string): StateFile {
  return openStateFile(stateFiles(folder).database, migrations);
}
