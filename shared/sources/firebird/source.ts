import type { GuaritaError } from '../../errors.ts';
import type { DatabaseAddress, EngineOptions, SessionFacts } from '../engine.ts';
import { type Patience, Sessions } from '../sessions.ts';
import type { FirebirdConfig } from '../source-config.ts';
import type { SqlSnapshot } from '../sql/snapshot.ts';
import { SqlSource } from '../sql/source.ts';
import type { FirebirdAttachment, FirebirdTransaction } from './attachment.ts';
import type { FirebirdColumn } from './catalog.ts';
import { FirebirdCharsets } from './charsets.ts';
import { instantOf, readClock, zoneName } from './clock.ts';
import { FirebirdPool } from './connections.ts';
import { firebirdError, isUnknownName } from './errors.ts';
import { FirebirdSnapshot } from './snapshot.ts';

/** How the rest of the program enters this folder, for a DBA's own session as well. */
export { firebirdDba } from './dba.ts';

/** Attachments at once. */
const connections = 4;

const sessionStatement = `
  SELECT RDB$GET_CONTEXT('SYSTEM', 'ENGINE_VERSION'), D.MON$SQL_DIALECT, R.RDB$CHARACTER_SET_NAME
    FROM MON$DATABASE D CROSS JOIN RDB$DATABASE R`;

/** When the database was made: a restore makes it anew. */
const epochStatement = `
  SELECT CAST(CAST(MON$CREATION_DATE AS TIMESTAMP) AS VARCHAR(24) CHARACTER SET ASCII) FROM MON$DATABASE`;

/**
 * Firebird 2.5 or newer, of dialect 1 or 3. Each answer is one read-only transaction of one snapshot: bound, columns
 * and rows are of one moment.
 */
export class FirebirdSource extends SqlSource<FirebirdConfig, FirebirdColumn> {
  readonly #pool: FirebirdPool;
  readonly #sessions: Sessions<FirebirdAttachment>;
  readonly #charsets = new FirebirdCharsets();
  /** Of each attachment, which stays with one database however often that is restored. */
  readonly #epochs = new WeakMap<FirebirdAttachment, string>();

  constructor(options: EngineOptions<FirebirdConfig>) {
    super(options);
    const { host, port, database, user, role, timeoutSeconds } = options.source;
    const timeoutMillis = Math.min(timeoutSeconds, 10) * 1000;
    const password = options.password ?? '';
    this.#pool = new FirebirdPool({ host, port, database, user, role, password, timeoutMillis }, connections);
    this.#sessions = new Sessions(this.#pool, timeoutSeconds);
  }

  get address(): DatabaseAddress {
    const { host, port } = this.options.source;
    return { host, port };
  }

  async session(): Promise<SessionFacts> {
    try {
      return await this.#sessions.session(async (attachment) => {
        const transaction = await attachment.begin();
        const clock = await readClock(transaction);
        const [row = []] = await transaction.rows(sessionStatement);
        await transaction.commit();
        const [version, dialect, characterSet] = row.map((cell) => String(cell).trim());
        return {
          product: `Firebird ${version}, dialect ${dialect}`,
          encryption: attachment.encryption,
          timeZone: zoneName(clock),
          characterSet: characterSet ?? '',
          clock: instantOf(clock),
        };
      });
    } catch (error) {
      throw firebirdError(error);
    }
  }

  async close(): Promise<void> {
    await this.#sessions.close();
  }

  /**
   * Once more, on a new attachment, where the server does not know what its catalogue has: an attachment that has read
   * a table while another one was changing it goes on with the old definition.
   */
  protected async transaction<T>(
    work: (snapshot: SqlSnapshot<FirebirdColumn>) => Promise<T>,
    patience: Patience,
  ): Promise<T> {
    try {
      return await this.#attempt(work, patience);
    } catch (error) {
      if (!isUnknownName(error)) throw error;
      this.#pool.renew();
      return await this.#attempt(work, patience);
    }
  }

  protected errorOf(error: unknown): GuaritaError {
    return firebirdError(error);
  }

  #attempt<T>(work: (snapshot: SqlSnapshot<FirebirdColumn>) => Promise<T>, patience: Patience): Promise<T> {
    return this.#sessions.session(async (attachment) => {
      const transaction = await attachment.begin();
      const clock = await readClock(transaction);
      const epoch = await this.#epoch(attachment, transaction);
      const result = await work(
        new FirebirdSnapshot({
          ...{ transaction, clock, epoch, charsets: this.#charsets, config: this.options.source },
        }),
      );
      await transaction.commit();
      return result;
    }, patience);
  }

  async #epoch(attachment: FirebirdAttachment, transaction: FirebirdTransaction): Promise<string> {
    const known = this.#epochs.get(attachment);
    if (known !== undefined) return known;
    const [row] = await transaction.rows(epochStatement);
    const epoch = String(row?.[0] ?? '');
    this.#epochs.set(attachment, epoch);
    return epoch;
  }
}
