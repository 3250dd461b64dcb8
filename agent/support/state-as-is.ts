import { existsSync } from 'node:fs';
import { GuaritaError } from '../../shared/errors.ts';
import type { OwnKeys } from '../../shared/signed-records.ts';
import { type Identity, IdentityFiles } from '../../shared/signing/identity.ts';
import { readStateFile, type StateFile } from '../../shared/state-file.ts';
import type { AgentConfig } from '../config/config.ts';
import { stateFiles } from '../state/state.ts';

/** What an agent keeps, only to be looked at: also where it cannot be written, or a newer version has written it. */
export interface StateAsIs {
  readonly id: string;
  readonly db: StateFile;
  readonly identity: Identity;
  readonly next: Identity | null;
  readonly keys: OwnKeys;
}

/** Null where no agent has been yet: none is made. Throws `key-unreadable`, `state-unwritable`. */
export async function stateAsIs({ id, state }: Pick<AgentConfig, 'id' | 'state'>): Promise<StateAsIs | null> {
  const { key, database } = stateFiles(state);
  if (!existsSync(database)) return null;
  if (!existsSync(key)) throw new GuaritaError('key-unreadable', `"${key}".`);
  const identities = new IdentityFiles(key, `guarita-agent ${id}`);
  const identity = await identities.current();
  const next = await identities.next();
  const retired = identities.retired();
  const db = readStateFile(database);
  return db === null ? null : { id, db, identity, next, keys: { current: identity.key, retired } };
}
