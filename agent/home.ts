import { Agreements } from '../shared/agreement/agreements.ts';
import { HighestInstant } from '../shared/agreement/highest-instant.ts';
import { Journal } from '../shared/journal/journal.ts';
import { keysOfRecords, type OwnKeys, SignedRecords } from '../shared/signed-records.ts';
import { loadX509 } from '../shared/signing/certificates.ts';
import { type Identity, IdentityFiles } from '../shared/signing/identity.ts';
import { asStateError, type StateFile } from '../shared/state-file.ts';
import { asOwnerOf, isOfAnother } from './state/as-owner.ts';
import { ClientKeys } from './state/client-keys.ts';
import { besideJournal, openAgentState, stateFiles } from './state/state.ts';

/** What an agent keeps in its folder: who it is, whom it knows, under which agreement it serves, what it served. */
export interface AgentHome {
  readonly db: StateFile;
  readonly identities: IdentityFiles;
  /** The present identity; `adopt` exchanges it. */
  identity(): Identity;
  keys(): OwnKeys;
  readonly clientKeys: ClientKeys;
  readonly instant: HighestInstant;
  readonly agreements: Agreements;
  readonly journal: Journal;
  /** The next identity takes the place of the present one. */
  adopt(): Promise<Identity>;
  close(): void;
}

/**
 * Opens an agent's folder; key and certificate are made when there are none.
 * @param clock milliseconds since 1970
 * Throws `state-unwritable`, `state-newer`, `key-unreadable`, `certificate-unreadable`.
 */
export async function openHome(
  { id, state: folder }: { readonly id: string; readonly state: string },
  clock: () => number = Date.now,
): Promise<AgentHome> {
  const identities = new IdentityFiles(stateFiles(folder).key, `guarita-agent ${id}`);
  let current = await identities.current();
  let retired = identities.retired();
  const db = openAgentState(folder);
  const keys = () => ({ current: current.key, retired });
  const records = new SignedRecords(db, keys);
  const journal = new Journal(db, id, () => current.key, {
    keys: () => keysOfRecords(keys()),
    clock,
    beside: besideJournal,
  });
  const instant = new HighestInstant(records, clock, () => journal.lastAt());
  return {
    ...{ db, identities, keys, instant, journal },
    identity: () => current,
    clientKeys: new ClientKeys(db),
    agreements: new Agreements({ db, records, journal, instant }),
    adopt: async () => {
      const before = current.key.thumbprint;
      current = await identities.adopt(new Date(clock()));
      retired = identities.retired();
      journal.event({ event: 'key-adopted', before, key: current.key.thumbprint });
      return current;
    },
    close: () => void db.close(),
  };
}

/**
 * Opens an agent's folder for one piece of work, such as that of a command, which root may have called: it is done with
 * the rights of who owns the folder (`state/as-owner.ts`). Throws what `openHome` throws.
 */
export async function withHome<T>(
  config: { readonly id: string; readonly state: string },
  work: (home: AgentHome) => T | Promise<T>,
): Promise<T> {
  // The folder's owner need not be able to read the program.
  if (isOfAnother(config.state)) await loadX509();
  return asOwnerOf(config.state, async () => {
    const home = await openHome(config);
    try {
      return await work(home);
    } catch (error) {
      throw asStateError(error, home.db.name);
    } finally {
      home.close();
    }
  });
}
