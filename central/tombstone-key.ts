import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GuaritaError } from '../shared/errors.ts';
import { isOpenToOthers, writePrivateFile } from '../shared/private-file.ts';
import { type TombstoneKey, tombstoneKey } from './base/source-layer/tombstones.ts';

/** The secret by which those are known again who were forgotten: not in the base, where it would tell who they are. */
export function tombstoneKeyFile(state: string): string {
  return join(state, 'forget.key');
}

/** Null where nobody was forgotten yet, or where it was lost. Throws `tombstone-key-unreadable`, naming the file. */
export function findTombstoneKey(state: string): TombstoneKey | null {
  const file = tombstoneKeyFile(state);
  if (!existsSync(file)) return null;
  let text: string;
  try {
    if (isOpenToOthers(file)) {
      throw new GuaritaError('tombstone-key-unreadable', `Outros usuários têm acesso a "${file}".`);
    }
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof GuaritaError) throw error;
    throw new GuaritaError('tombstone-key-unreadable', `Arquivo "${file}".`, { cause: error });
  }
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new GuaritaError('tombstone-key-unreadable', `Arquivo "${file}".`);
  }
  return tombstoneKey(Buffer.from(text, 'hex'));
}

/**
 * The same; made where there is none, and on disk when this returns. Throws `tombstone-key-missing` where the base was
 * told to forget somebody by a secret that is not here: another one would not know them again; `tombstone-key-unreadable`
 * and the errors of writing a private file.
 * @param used the secrets that the base names
 */
export function makeTombstoneKey(state: string, used: readonly string[]): TombstoneKey {
  const found = findTombstoneKey(state);
  if (used.some((id) => id !== found?.id)) {
    throw new GuaritaError('tombstone-key-missing', `Pasta "${state}".`);
  }
  if (found !== null) return found;
  const secret = randomBytes(32);
  writePrivateFile(tombstoneKeyFile(state), `${secret.toString('hex')}\n`);
  return tombstoneKey(secret);
}
