import { GuaritaError } from './errors.ts';
import type { RetiredKey } from './signing/identity.ts';
import type { KeyPair, PublicKey } from './signing/keys.ts';
import { type StateFile, stateError } from './state-file.ts';

/** Keys of one side: the one that signs now, and those before it. */
export interface OwnKeys {
  readonly current: KeyPair;
  readonly retired: readonly RetiredKey[];
}

/** Those whose signatures hold in what that side itself has kept, however old. */
export function keysOfRecords({ current, retired }: OwnKeys): PublicKey[] {
  return [current, ...retired.map(({ key }) => key)];
}

/**
 * Small records of a program that somebody with access to its files might want to change: each is signed by it, and one
 * whose signature does not hold is not believed.
 */
export class SignedRecords {
  readonly #db: StateFile;
  readonly #keys: () => OwnKeys;
  /** Texts that were found to be signed: a request looks at the same ones again. */
  readonly #sound = new Map<string, string>();

  constructor(db: StateFile, keys: () => OwnKeys) {
    this.#db = db;
    this.#keys = keys;
  }

  /** The text of a record, null when there is none. Throws `state-altered` when it was not the program that wrote it. */
  read(name: string): string | null {
    const row = this.#db
      .prepare('SELECT value, keyid, signature FROM signed_record WHERE name = ?')
      .get(name) as { value: string; keyid: string; signature: Buffer } | undefined;
    if (row === undefined) return null;
    const seen = `${row.keyid} ${row.signature.toString('base64')} ${row.value}`;
    if (this.#sound.get(name) === seen) return row.value;
    const key = keysOfRecords(this.#keys()).find(({ thumbprint }) => thumbprint === row.keyid);
    if (key?.verify(bytesOf(name, row.value), row.signature) !== true) {
      throw new GuaritaError('state-altered', `Record "${name}".`);
    }
    this.#sound.set(name, seen);
    return row.value;
  }

  /** Throws `state-unwritable`. */
  write(name: string, value: string): void {
    this.#write(name, value, '');
  }

  /** Unless another process has written it meanwhile; returns whether it was written. Throws `state-unwritable`. */
  replace(name: string, before: string, value: string): boolean {
    return this.#write(name, value, 'WHERE signed_record.value = @before', before);
  }

  #write(name: string, value: string, where: string, before = ''): boolean {
    const { current } = this.#keys();
    const { thumbprint: keyid } = current;
    const signature = current.sign(bytesOf(name, value));
    try {
      const { changes } = this.#db
        .prepare(
          `INSERT INTO signed_record (name, value, keyid, signature) VALUES (@name, @value, @keyid, @signature)
           ON CONFLICT (name) DO UPDATE SET value = excluded.value, keyid = excluded.keyid,
             signature = excluded.signature ${where}`,
        )
        .run({ name, value, keyid, signature, ...(where === '' ? {} : { before }) });
      return changes > 0;
    } catch (error) {
      throw stateError(error, name);
    }
  }
}

function bytesOf(name: string, value: string): Buffer {
  return Buffer.from(JSON.stringify(['guarita-record', name, value]), 'utf8');
}
