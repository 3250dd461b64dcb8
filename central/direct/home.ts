import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Agreements } from '../../shared/agreement/agreements.ts';
import { HighestInstant } from '../../shared/agreement/highest-instant.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { Journal } from '../../shared/journal/journal.ts';
import { keysOfRecords, type OwnKeys, SignedRecords } from '../../shared/signed-records.ts';
import type { PublicKey } from '../../shared/signing/keys.ts';
import { openStateFile, type StateFile } from '../../shared/state-file.ts';
import type { CentralConfig } from '../config.ts';
import { sourceFolder } from '../enrolment/enrolled-source.ts';
import { centralIdentities } from '../identities.ts';

/** What central keeps of a source that it reads itself. A migration is never edited once released: add the next one. */
const migrations = [
  `CREATE TABLE journal_entry (
     id INTEGER PRIMARY KEY,
     at TEXT NOT NULL,
     kind TEXT NOT NULL,
     body TEXT NOT NULL,
     hash TEXT NOT NULL
   );
   -- The events of the agreement among all that was asked (shared/journal/journal.ts): each question looks at them.
   CREATE INDEX journal_agreement ON journal_entry (kind, id)
     WHERE kind = 'event' AND substr(body, 1, 20) = '{"event":"agreement-';
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
   ) WITHOUT ROWID;`,
];

/** What stands in the place of what an agent keeps: the agreement, and what was asked under it. */
export interface DirectHome {
  readonly agreements: Agreements;
  readonly journal: Journal;
  /** All keys that central ever signed with. */
  readonly keys: readonly PublicKey[];
  close(): void;
}

/** The file of it, beside the source's record. */
export const directHomeName = 'diario.sqlite';

export function directHomeFile(state: string, uf: string): string {
  return join(sourceFolder(state, uf), directHomeName);
}

/** Whose journal it is, as its signatures name it. */
export function journalName(uf: string): string {
  return `central ${uf}`;
}

/**
 * Opens what central keeps of a source that it reads itself, and makes it where there is none, as only the enrolment of
 * the source may; signed by central's own key.
 * @param clock milliseconds since 1970
 * Throws `state-unwritable`, `state-newer`, `key-unreadable`.
 */
export async function openDirectHome(
  config: Pick<CentralConfig, 'state'>,
  uf: string,
  clock: () => number = Date.now,
): Promise<DirectHome> {
  const keys = await ownKeys(config);
  const db = openStateFile(directHomeFile(config.state, uf), migrations);
  return { ...partsOf(db, uf, keys, clock), keys: keysOfRecords(keys), close: () => void db.close() };
}

/** All keys that central ever signed with. Throws `key-unreadable`. */
export async function centralKeys(config: Pick<CentralConfig, 'state'>): Promise<PublicKey[]> {
  return keysOfRecords(await ownKeys(config));
}

async function ownKeys(config: Pick<CentralConfig, 'state'>): Promise<OwnKeys> {
  const identities = centralIdentities(config);
  const { key } = await identities.current();
  return { current: key, retired: identities.retired() };
}

function partsOf(db: StateFile, uf: string, keys: OwnKeys, clock: () => number) {
  const records = new SignedRecords(db, () => keys);
  const journal = new Journal(db, journalName(uf), () => keys.current, {
    keys: () => keysOfRecords(keys),
    clock,
  });
  const instant = new HighestInstant(records, clock, () => journal.lastAt());
  return { journal, agreements: new Agreements({ db, records, journal, instant }) };
}

/** Opens it for one piece of work. Throws what `openDirectHome` throws. */
export async function withDirectHome<T>(
  config: Pick<CentralConfig, 'state'>,
  uf: string,
  work: (home: DirectHome) => T | Promise<T>,
): Promise<T> {
  const home = await openDirectHome(config, uf);
  try {
    return await work(home);
  } finally {
    home.close();
  }
}

/** As `withDirectHome`, of what an enrolment has made. Throws `state-altered`, too, where it is gone. */
export function withKeptHome<T>(
  config: Pick<CentralConfig, 'state'>,
  uf: string,
  work: (home: DirectHome) => T | Promise<T>,
): Promise<T> {
  const file = directHomeFile(config.state, uf);
  if (!existsSync(file)) return Promise.reject(lostHome(file));
  return withDirectHome(config, uf, (home) => {
    // An empty one that was put in its place would begin a chain anew.
    if (home.agreements.isMissing()) throw lostHome(file);
    return work(home);
  });
}

/** Where a source is enrolled, its agreement and its journal were there. */
export function lostHome(file: string): GuaritaError {
  return new GuaritaError('state-altered', `Falta o acordo, ou o diário inteiro: "${file}".`);
}
