import type { ClientBase } from 'pg';
import { GuaritaError } from '../errors.ts';
import { readLookup } from './answer-keys.ts';
import { describeEach } from './describe-view.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { readEpoch, readView } from './postgres-catalog.ts';
import { isUndecodable, type LineDecoder, readDecoder } from './postgres-encoding.ts';
import { postgresError } from './postgres-errors.ts';
import { type Patience, PostgresSessions, type Spoil } from './postgres-session.ts';
import { writePrivileges } from './postgres-privileges.ts';
import { postgresBound, postgresView } from './postgres-view.ts';
import { readDigests, readListing } from './read-digests.ts';
import { readPage } from './read-page.ts';
import type { PostgresConfig, ViewConfig } from './source-config.ts';
import type { ViewSnapshot } from './view-snapshot.ts';
import type {
  DigestsRequest,
  Listing,
  ListRequest,
  Lookup,
  LookupRequest,
  Page,
  PageRequest,
  SourceDescription,
  ViewDigests,
} from './view-source.ts';

/**
 * One rendering for every value, whatever the server's or the user's own settings: what is text here is what the
 * national base stores, and what its digest is of.
 */
const sessionSettings = `
  SET default_transaction_read_only = on; SET client_encoding = 'UTF8'; SET TimeZone = 'UTC';
  SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601'; SET extra_float_digits = 1;
  SET bytea_output = 'hex'; SET xmlbinary = 'base64'; SET lc_monetary = 'C';
  SET standard_conforming_strings = on; SET application_name = 'guarita-agent';`;

/**
 * PostgreSQL 12 or newer, or what speaks its protocol. The server itself writes the lines, by COPY, so that no
 * object is made of a row. Each answer is one read-only repeatable-read transaction: bound, columns and rows are of
 * one snapshot.
 */
export class PostgresSource implements Engine {
  readonly #config: PostgresConfig;
  readonly #views: ReadonlyMap<string, ViewConfig>;
  readonly #options: EngineOptions<PostgresConfig>;
  readonly #sessions: PostgresSessions;
  /** Mean bytes of a line by view, learnt from page to page: how many rows to ask for. */
  readonly #lineBytes = new Map<string, number>();
  /** Null while the server converts what it gives: until the first value for which it cannot. */
  #decoder: LineDecoder | null = null;

  constructor(options: EngineOptions<PostgresConfig>) {
    this.#options = options;
    this.#config = options.source;
    this.#views = new Map(options.views.map((view) => [view.name, view]));
    this.#sessions = new PostgresSessions({
      url: this.#config.url,
      password: options.password,
      connections: 4,
      timeoutSeconds: this.#config.timeoutSeconds,
      settings: sessionSettings,
    });
  }

  async proveReadOnly(): Promise<readonly string[]> {
    return this.#snapshot((client) => writePrivileges(client));
  }

  async describe(): Promise<SourceDescription> {
    return this.#snapshot(async (client) => {
      const epoch = await readEpoch(client, this.#config.epoch);
      const described = await describeEach([...this.#views.values()], async (config) => {
        const view = await readView(client, config, epoch);
        // Made only to be checked: a watermark that cannot bound the view is refused here, not at the first page.
        void postgresBound(view, client, this.#config);
        return view.description;
      });
      const clock = await client.query<{ clock: string }>(
        `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS clock`,
      );
      return { databaseClock: clock.rows[0]?.clock ?? '', ...described };
    });
  }

  page(name: string, request: PageRequest): Promise<Page> {
    return this.#read(name, request, (view) => readPage(view, request, this.#options.pages, this.#lineBytes));
  }

  digests(name: string, request: DigestsRequest): Promise<ViewDigests> {
    return this.#read(name, this.#scanning(request), (view) =>
      readDigests(view.description, request, view.scan),
    );
  }

  list(name: string, request: ListRequest): Promise<Listing> {
    const { bytes } = this.#options.pages;
    return this.#read(name, this.#scanning(request), (view) =>
      readListing(view.description, request, bytes, view.scan),
    );
  }

  lookup(name: string, request: LookupRequest): Promise<Lookup> {
    const { bytes } = this.#options.pages;
    return this.#read(name, request, (view) =>
      readLookup(view, request, bytes, this.#lineBytes.get(name) ?? 0),
    );
  }

  /** A pass over a whole view takes as long as the view is large: millions of rows, more than any page. */
  #scanning({ signal }: { readonly signal?: AbortSignal }): Patience {
    return { signal, timeoutSeconds: this.#config.scanTimeoutSeconds };
  }

  /** Work on one view in one snapshot; once more, decoding here, when there is a value that the server cannot convert. */
  async #read<T>(
    name: string,
    { signal, timeoutSeconds }: Patience,
    work: (view: ViewSnapshot) => Promise<T>,
  ): Promise<T> {
    const config = this.#views.get(name);
    if (config === undefined) throw new GuaritaError('view-unknown', `View "${name}".`);
    const attempt = () =>
      this.#snapshot(
        async (client, spoil) => {
          const epoch = await readEpoch(client, this.#config.epoch);
          const view = await readView(client, config, epoch);
          return work(postgresView(view, { client, spoil, config: this.#config, decoder: this.#decoder }));
        },
        { signal, timeoutSeconds },
      );
    try {
      return await attempt();
    } catch (error) {
      if (this.#decoder !== null || !(error instanceof GuaritaError) || !isUndecodable(error.cause))
        throw error;
      this.#decoder = await this.#sessions.session(readDecoder);
      if (this.#decoder === null) throw error;
      return await attempt();
    }
  }

  async close(): Promise<void> {
    await this.#sessions.close();
  }

  /** One snapshot for all that `work` reads. */
  async #snapshot<T>(
    work: (client: ClientBase, spoil: Spoil) => Promise<T>,
    patience: Patience = {},
  ): Promise<T> {
    try {
      return await this.#sessions.transaction(
        'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY',
        work,
        patience,
      );
    } catch (error) {
      throw postgresError(error);
    }
  }
}
