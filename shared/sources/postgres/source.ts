import { GuaritaError } from '../../errors.ts';
import type { DatabaseAddress, EngineOptions, SessionFacts } from '../engine.ts';
import { postgresAddress } from '../postgres-client/address.ts';
import { PostgresSessions } from '../postgres-client/sessions.ts';
import type { Patience } from '../sessions.ts';
import type { PostgresConfig } from '../source-config.ts';
import type { SqlSnapshot } from '../sql/snapshot.ts';
import { SqlSource } from '../sql/source.ts';
import type { PostgresColumn } from './catalog.ts';
import { isUndecodable, type LineDecoder } from './encoding.ts';
import { postgresError } from './errors.ts';
import { readMoment } from './moment.ts';
import { peerCertificate } from './peer-certificate.ts';
import { readDecoder } from './read-decoder.ts';
import { renderingProof, renderingSettings } from './rendering.ts';
import { readReplica } from './replica.ts';
import { lookAtServer } from './server-look.ts';
import { PostgresSnapshot } from './snapshot.ts';

/** How the rest of the program enters this folder, for a DBA's own session as well. */
export { postgresDba } from './dba.ts';

const sessionStatement = `
  SELECT split_part(version(), ' on ', 1) AS product,
         (SELECT version || ' ' || cipher FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl) AS encryption,
         (SELECT reset_val FROM pg_settings WHERE name = 'TimeZone') AS "timeZone",
         getdatabaseencoding() AS "characterSet"`;

const begin = 'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY';

type SessionRow = Omit<SessionFacts, 'clock' | 'replica'>;

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
      ...{ url, timeoutSeconds, password: options.password, connections: 4 },
      ...{ settings: renderingSettings, proof: renderingProof },
    });
  }

  get address(): DatabaseAddress | null {
    return postgresAddress(this.options.source.url);
  }

  async session(): Promise<SessionFacts> {
    try {
      return await this.#sessions.transaction(begin, async (client) => {
        const { rows } = await client.query<SessionRow>(sessionStatement);
        const [row] = rows;
        if (row === undefined) throw new GuaritaError('source-failed');
        const look = await lookAtServer(client);
        const replica = look.isReplica ? { replica: await readReplica(client, look) } : {};
        return { ...row, clock: look.clock, certificate: peerCertificate(client), ...replica };
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
    const { source: config } = this.options;
    const attempt = () =>
      this.#sessions.transactionAfter(
        (client) => readMoment(client, config),
        begin,
        (client, spoil, moment) =>
          work(new PostgresSnapshot({ client, spoil, config, decoder: this.#decoder, moment })),
        patience,
      );
    try {
      return await attempt();
    } catch (error) {
      if (this.#decoder !== null || !isUndecodable(error)) throw error;
      this.#decoder = await this.#sessions.transaction(begin, readDecoder);
      if (this.#decoder === null) throw error;
      return await attempt();
    }
  }

  protected errorOf(error: unknown): GuaritaError {
    return postgresError(error);
  }
}
