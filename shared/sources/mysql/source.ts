import type { GuaritaError } from '../../errors.ts';
import type { DatabaseAddress, EngineOptions, SessionFacts } from '../engine.ts';
import { type Patience, Sessions } from '../sessions.ts';
import type { MysqlConfig } from '../source-config.ts';
import type { SqlSnapshot } from '../sql/snapshot.ts';
import { SqlSource } from '../sql/source.ts';
import { isMariaDb } from './begin.ts';
import { connectionOptions, type MysqlConnection, MysqlPool, MysqlTransaction } from './connections.ts';
import { mysqlError } from './errors.ts';
import { MysqlSnapshot } from './snapshot.ts';
import type { MysqlColumn } from './types.ts';

/** How the rest of the program enters this folder, for a DBA's own session as well. */
export { mysqlDba } from './dba.ts';

const sessionStatement = `
  SELECT VERSION(), IF(@@GLOBAL.time_zone = 'SYSTEM', @@system_time_zone, @@GLOBAL.time_zone), @@character_set_database,
         @@GLOBAL.read_only`;

/**
 * MySQL 5.7 or newer, MariaDB 10.3 or newer. Each answer is one read-only repeatable-read transaction: bound, columns
 * and rows are of one snapshot, as far as the tables are InnoDB's. It is the server that renders, compares and sorts.
 */
export class MysqlSource extends SqlSource<MysqlConfig, MysqlColumn> {
  readonly #sessions: Sessions<MysqlConnection>;

  constructor(options: EngineOptions<MysqlConfig>) {
    super(options);
    const { source, password } = options;
    const pool = new MysqlPool(connectionOptions(source, password));
    this.#sessions = new Sessions(pool, source.timeoutSeconds);
  }

  get address(): DatabaseAddress {
    const { host, port } = this.options.source;
    return { host, port };
  }

  async session(): Promise<SessionFacts> {
    try {
      return await this.#within(async (transaction) => {
        const [[version, timeZone, characterSet, readOnly] = []] = await transaction.rows(sessionStatement);
        const status = new Map(
          (await transaction.rows(`SHOW SESSION STATUS LIKE 'Ssl\\_%'`)).map(([name, value]) => [
            name,
            value,
          ]),
        );
        const cipher = status.get('Ssl_cipher') ?? '';
        return {
          product: `${isMariaDb(version) ? 'MariaDB' : 'MySQL'} ${version}`,
          encryption: cipher === '' ? null : `${status.get('Ssl_version')} ${cipher}`,
          timeZone: timeZone ?? '',
          characterSet: characterSet ?? '',
          clock: await new MysqlSnapshot(transaction, this.options.source).clock(),
          // Whether it follows another server, and how far, is shown only to who may watch replication.
          ...(isOff(readOnly) ? {} : { replica: 'possible' as const }),
        };
      }, {});
    } catch (error) {
      throw mysqlError(error);
    }
  }

  async close(): Promise<void> {
    await this.#sessions.close();
  }

  protected transaction<T>(
    work: (snapshot: SqlSnapshot<MysqlColumn>) => Promise<T>,
    patience: Patience,
  ): Promise<T> {
    return this.#within((transaction) => work(new MysqlSnapshot(transaction, this.options.source)), patience);
  }

  protected errorOf(error: unknown): GuaritaError {
    return mysqlError(error);
  }

  #within<T>(work: (transaction: MysqlTransaction) => Promise<T>, patience: Patience): Promise<T> {
    const { timeoutSeconds = this.options.source.timeoutSeconds } = patience;
    return this.#sessions.session(async (connection, spoil) => {
      let isSpoilt = false;
      const end = () => {
        isSpoilt = true;
        spoil();
      };
      const transaction = await MysqlTransaction.begin(connection, end, timeoutSeconds);
      const result = await work(transaction);
      if (!isSpoilt) await transaction.rows('COMMIT');
      return result;
    }, patience);
  }
}

/** Of a variable that is a number, or a word in newer versions. */
function isOff(variable: string | null | undefined): boolean {
  return ['0', 'OFF'].includes(variable ?? '0');
}
