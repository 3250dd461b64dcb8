import { GuaritaError } from '../../errors.ts';
import type { DatabaseAddress, EngineOptions, SessionFacts } from '../engine.ts';
import { postgresAddress } from '../postgres-client/address.ts';
import { PostgresSessions } from '../postgres-client/sessions.ts';
import type { Patience } from '../sessions.ts';
import type { PostgresConfig } from '../source-config.ts';
import type { SqlSnapshot } from '../sql/snapshot.ts';
import { SqlSource } from '../sql/source.ts';
import type { PostgresColumn } from './catalog.ts';
import { isUndecodable, type LineDecoder, readDecoder } from './encoding.ts';
import { postgresError } from './errors.ts';
import { PostgresSnapshot } from './snapshot.ts';

/** How the rest of the program enters this folder, for a DBA's own session as well. */
export { postgresDba } from './dba.ts';

/**
 * One rendering for every value, whatever the server's or the user's own settings: what is text here is what the
 * national base stores, and what its digest is of.
 */
const sessionSettings = `
  SET default_transaction_read_only = on; SET client_encoding = 'UTF8'; SET TimeZone = 'UTC';
  SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601'; SET extra_float_digits = 1;
  SET bytea_output = 'hex'; SET xmlbinary = 'base64'; SET lc_monetary = 'C';
  SET standard_conforming_strings = on; SET application_name = 'guarita-agent';`;

const sessionStatement = `
  SELECT split_part(version(), ' on ', 1) AS product,
         (SELECT version || ' ' || cipher FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl) AS encryption,
         (SELECT reset_val FROM pg_settings WHERE name = 'TimeZone') AS "timeZone",
         getdatabaseencoding() AS "characterSet"`;

/**
 * PostgreSQL 12 or newer, or what speaks its protocol. Each answer is one read-only repeatable-read transaction:
 * bound, columns and rows are of one snapshot.
 */
export class PostgresSource extends SqlSource<PostgresConfig, PostgresColumn> {
  readonly #sessions: PostgresSessions;
  /** Null while the server converts what it gives: until the first value for which it cannot. */
  #decoder: LineDecoder | null = null;

  constructor(options: EngineOptions<PostgresConfig>) {
    super(options);
    const { url, timeoutSeconds } = options.source;
    this.#sessions = new PostgresSessions({
      ...{ url, timeoutSeconds, password: options.password, connections: 4, settings: sessionSettings },
    });
  }

  get address(): DatabaseAddress | null {
    return postgresAddress(this.options.source.url);
  }

  async session(): Promise<SessionFacts> {
    try {
      return await this.#sessions.session(async (client) => {
        const { rows } = await client.query<Omit<SessionFacts, 'clock'>>(sessionStatement);
        const [facts] = rows;
        if (facts === undefined) throw new GuaritaError('source-failed');
        const transaction = { client, spoil: () => undefined, config: this.options.source, decoder: null };
        return { ...facts, clock: await new PostgresSnapshot(transaction).clock() };
      });
    } catch (error) {
      throw postgresError(error);
    }
  }

  async close(): Promise<void> {
    await this.#sessions.close();
  }

  /** Once more, decoding here, when there is a value that the server cannot convert. */
  protected async transaction<T>(
    work: (snapshot: SqlSnapshot<PostgresColumn>) => Promise<T>,
    patience: Patience,
  ): Promise<T> {
    const attempt = () =>
      this.#sessions.transaction(
        'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY',
        (client, spoil) =>
          work(new PostgresSnapshot({ client, spoil, config: this.options.source, decoder: this.#decoder })),
        patience,
      );
    try {
      return await attempt();
    } catch (error) {
      if (this.#decoder !== null || !isUndecodable(error)) throw error;
      this.#decoder = await this.#sessions.session(readDecoder);
      if (this.#decoder === null) throw error;
      return await attempt();
    }
  }

  protected errorOf(error: unknown): GuaritaError {
    return postgresError(error);
  }
}
