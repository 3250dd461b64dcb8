import { failed, ok } from '../../shared/doctor/check.ts';
import { GuaritaError } from '../../shared/errors.ts';
import type { TombstoneKey } from '../base/source-layer/tombstones.ts';
import { findTombstoneKey, tombstoneKeyFile } from '../tombstone-key.ts';
import type { Check } from './check.ts';

/**
 * The secret by which those are known again who were forgotten: whether it can be used, and is the one that the base
 * names. Without it nothing of their sources is loaded, which a collection would say much later. Nothing is told where
 * nobody was forgotten, and none is made.
 * @param used the secrets that the base names; null where the base could not be looked into
 */
export function checkForgetKey(folder: string, used: readonly string[] | null): Check[] {
  const [name, file] = ['forget-key', tombstoneKeyFile(folder)] as const;
  let key: TombstoneKey | null;
  try {
    key = findTombstoneKey(folder);
  } catch (error) {
    return [failed(name, null, error)];
  }
  if (used?.some((id) => id !== key?.id) === true) {
    const why = key === null ? `Não há "${file}".` : `"${file}" é outro segredo (${key.id}).`;
    return [failed(name, null, new GuaritaError('tombstone-key-missing', why))];
  }
  if (key === null) return [];
  const beside = used === null ? '; a base não pôde ser conferida' : '';
  return [ok(name, null, `segredo ${key.id}, em "${file}"${beside}`)];
}
