import { createHmac } from 'node:crypto';
import type { Role } from '../../../shared/dictionary/roles.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Questions } from '../base.ts';

/** A register of a state: the row of a view of people, by its key. */
export interface Register {
  readonly role: Role;
  readonly key: readonly string[];
}

/** What makes tombstones, and knows them again: a secret that is not in the base. */
export interface TombstoneKey {
  /** Names the secret and tells nothing of it. */
  readonly id: string;
  hash(source: string, register: Register): Buffer;
  /** The same of a national id. */
  hashOf(text: string): Buffer;
}

/** Where the secret is had from when it is needed; null where there is none. */
export type FindTombstoneKey = () => TombstoneKey | null;

export function tombstoneKey(secret: Uint8Array): TombstoneKey {
  // Parted from each other by what JSON makes of them: no two say the same.
  const hash = (...parts: readonly unknown[]) =>
    createHmac('sha256', secret).update(JSON.stringify(parts)).digest();
  return {
    id: hash('id').toString('hex').slice(0, 16),
    hash: (source, { role, key }) => hash('register', source, role, key),
    hashOf: (text) => hash('text', text),
  };
}

/** By which secrets somebody was forgotten, whatever the source. */
export async function secretsUsed(questions: Questions): Promise<string[]> {
  const used = await questions.query<{ secret: string }>('SELECT DISTINCT secret FROM guarita.tombstone');
  return used.map(({ secret }) => secret);
}

/** Whether a register was forgotten. */
export type IsForgotten = (register: Register) => boolean;

/**
 * Who of a source was forgotten. Throws `tombstone-key-missing` where that cannot be told: whoever loaded a row then might
 * bring somebody back.
 */
export async function forgottenOf(
  questions: Questions,
  source: string,
  find: FindTombstoneKey | undefined,
): Promise<IsForgotten> {
  const stones = await questions.query<{ hash: string; secret: string }>(
    `SELECT encode(hash, 'hex') AS hash, secret FROM guarita.tombstone WHERE source = $1`,
    [source],
  );
  const secret = find?.() ?? null;
  if (secret === null || stones.some((stone) => stone.secret !== secret.id)) {
    throw new GuaritaError('tombstone-key-missing', `"${source}".`);
  }
  const hashes = new Set(stones.map(({ hash }) => hash));
  const known = new Map<string, boolean>();
  return (register) => {
    // Rows that lie beside each other name the same few people.
    const name = JSON.stringify([register.role, register.key]);
    let forgotten = known.get(name);
    if (forgotten === undefined) {
      forgotten = hashes.has(secret.hash(source, register).toString('hex'));
      known.set(name, forgotten);
    }
    return forgotten;
  };
}
