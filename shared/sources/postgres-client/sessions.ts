import { isDeepStrictEqual } from 'node:util';
import { type ClientBase, Pool, type PoolClient, type PoolConfig, type QueryResult } from 'pg';
import { GuaritaError } from '../../errors.ts';
import { type Patience, Sessions, type Spoil } from '../sessions.ts';
import { withPassword } from './address.ts';
import { AddressedClient } from './client.ts';

type ProofRow = Readonly<Record<string, unknown>>;

interface SessionOptions {
  readonly url: string;
  readonly password: string | null;
  /** Most connections at once. */
  readonly connections: number;
  /** Most seconds for one statement; a transaction has five more. Where work needs longer, it says so itself. */
  readonly timeoutSeconds: number;
  /** Parameters of the server by name, as SQL. */
  readonly settings: Readonly<Record<string, string>>;
  /**
   * A last statement of each begin, when it has taken the settings, and what is to be thought of its one row: the same for
   * the same server.
   */
  readonly proof?: { readonly statement: string; readonly check: (row: ProofRow) => void };
}

/**
 * Connections to a PostgreSQL server, see `Sessions`. There is no state of a connection: behind a pooler each transaction
 * may be in another session of the server, which others have used. So all that matters is set within each transaction,
 * and for it alone.
 */
export class PostgresSessions {
  readonly #sessions: Sessions<PoolClient>;
  readonly #options: SessionOptions;

  constructor(options: SessionOptions) {
    this.#options = options;
    const pool = new Pool({
      // The type knows of no client that is told something.
      Client: AddressedClient as unknown as NonNullable<PoolConfig['Client']>,
      connectionString: withPassword(options.url, options.password),
      max: options.connections,
      connectionTimeoutMillis: patienceOf(options.timeoutSeconds),
      keepAlive: true,
      // A connection that breaks fails the query on it; without a listener it would end the process as well.
      onConnect: (client: ClientBase) => void client.on('error', () => undefined),
    });
    pool.on('error', () => undefined);
    this.#sessions = new Sessions(
      {
        connect: () => pool.connect(),
        release: (client, broken) => client.release(broken),
        end: () => pool.end(),
      },
      options.timeoutSeconds,
    );
  }

  transaction<T>(
    begin: string,
    work: (client: ClientBase, spoil: Spoil) => Promise<T>,
    patience: Patience = {},
  ): Promise<T> {
    return this.#run(null, begin, work, patience);
  }

  /** @param look what is asked in a transaction of its own just before; `work` is given it */
  transactionAfter<L, T>(
    look: (client: ClientBase) => Promise<L>,
    begin: string,
    work: (client: ClientBase, spoil: Spoil, looked: L) => Promise<T>,
    patience: Patience = {},
  ): Promise<T> {
    return this.#run(look, begin, (client, spoil, looked) => work(client, spoil, looked as L), patience);
  }

  #run<L, T>(
    look: ((client: ClientBase) => Promise<L>) | null,
    begin: string,
    work: (client: ClientBase, spoil: Spoil, looked: L | null) => Promise<T>,
    { signal, timeoutSeconds = this.#options.timeoutSeconds }: Patience,
  ): Promise<T> {
    return this.#sessions.session(
      async (client, spoil) => {
        let looked: L | null = null;
        let proven: ProofRow | null = null;
        if (look !== null) {
          proven = await this.#begin(client, begin, timeoutSeconds);
          looked = await look(client);
          await client.query('COMMIT');
        }
        const here = await this.#begin(client, begin, timeoutSeconds);
        // What was seen of one server says nothing of another one's rows.
        if (proven !== null && !isDeepStrictEqual(proven, here)) {
          throw new GuaritaError('source-unsettled', 'Dois servidores respondem no mesmo endereço.');
        }
        let spoilt = false;
        const ending = () => {
          spoilt = true;
          spoil();
        };
        const result = await work(client, ending, looked);
        if (!spoilt) await client.query('COMMIT');
        return result;
      },
      { signal, timeoutSeconds },
    );
  }

  /** All in one message. A silent server would hold it for as long as the work may take: it has a time of its own. */
  async #begin(client: ClientBase, begin: string, timeoutSeconds: number): Promise<ProofRow> {
    const { settings, proof } = this.#options;
    const patience = patienceOf(this.#options.timeoutSeconds);
    const all = {
      ...settings,
      statement_timeout: `${timeoutSeconds * 1000}`,
      lock_timeout: `${patience}`,
      idle_in_transaction_session_timeout: `${timeoutSeconds * 1000}`,
    };
    const set = Object.entries(all).map(([name, value]) => `SET LOCAL ${name} TO ${value}`);
    const text = [begin, ...set, ...(proof === undefined ? [] : [proof.statement])].join(';\n');
    const query: { text: string; query_timeout: number } = { text, query_timeout: patience };
    const answers = (await client.query(query)) as unknown as readonly QueryResult[];
    const row = (answers.at(-1)?.rows[0] ?? {}) as ProofRow;
    proof?.check(row);
    return row;
  }

  close(): Promise<void> {
    return this.#sessions.close();
  }
}

/** Milliseconds for a connection, a lock, the begin of a transaction. */
function patienceOf(timeoutSeconds: number): number {
  return Math.min(timeoutSeconds * 1000, 10_000);
}
