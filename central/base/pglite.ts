import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { isSea } from 'node:sea';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { PGlite, PGliteOptions, Transaction as PGliteTransaction } from '@electric-sql/pglite';
import { GuaritaError } from '../../shared/errors.ts';
import { attempt } from './attempt.ts';
import {
  type Base,
  plansByIndex,
  type Questions,
  type Transaction,
  type TransactionOptions,
} from './base.ts';
import { cursorRows, cursorSettings } from './cursor.ts';
import { baseError } from './errors.ts';
import { packagedFile } from './packaged-file.ts';
import { PGliteTexts } from './pglite-texts.ts';
import { ownLimits } from './uses.ts';

/**
 * The national base in process: PostgreSQL compiled to WebAssembly, its files in a folder. One connection, so its
 * transactions queue up, the first that came first. The folder's owner is the one process that holds central's lock.
 *
 * A statement blocks the whole process, and between two of them nothing waits for anything outside: by itself, a loop of
 * statements or transactions would let no request be read, no timer fire and no signal be seen until its end. So before
 * each of them the event loop turns once.
 */
export class PGliteBase implements Base {
  /** Somebody may come while a step is at work and wait for that one and the next: 200 ms. */
  readonly stepMilliseconds = 100;
  readonly atOnce = 1;
  readonly #db: PGlite;
  readonly #within = new AsyncLocalStorage<{ open: boolean }>();

  private constructor(db: PGlite) {
    this.#db = db;
  }

  static async open(folder: string): Promise<PGliteBase> {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const db = await PGliteTexts.open(folder, await ownFiles());
      const settings = { TimeZone: `'UTC'`, client_min_messages: 'warning', ...cursorSettings };
      for (const [name, value] of Object.entries(settings)) await db.exec(`SET ${name} TO ${value}`);
      return new PGliteBase(db);
    } catch (error) {
      throw baseError(error);
    }
  }

  transaction<T>(work: (tx: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#run(work, options);
  }

  snapshot<T>(work: (questions: Questions) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    return this.#run(async (tx) => {
      await tx.execute('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
      return work(tx);
    }, options);
  }

  async #run<T>(work: (tx: Transaction) => Promise<T>, options: TransactionOptions): Promise<T> {
    // It would wait for itself, and everybody else for it.
    if (this.#within.getStore()?.open === true) {
      throw new GuaritaError('internal', 'Uma transação dentro de outra da mesma base.');
    }
    const stop = stopOf(options);
    const held = { open: true };
    try {
      stop.throwIfAborted();
      await turnOfTheLoop();
      const run = this.#db.transaction(async (tx) => {
        stop.throwIfAborted();
        if (options.byIndex === true) await tx.exec(plansByIndex);
        // Stopped, it holds the connection no longer, whatever the work may be waiting for.
        return orStopped(
          stop,
          this.#within.run(held, () => work(transactionOn(tx, stop))),
        );
      });
      return await orStopped(stop, run);
    } catch (error) {
      throw stop.aborted && options.signal?.reason === error ? error : baseError(error);
    } finally {
      held.open = false;
    }
  }

  close(): Promise<void> {
    return this.#db.close();
  }
}

/** Node has it; the types of it are a browser's. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<object> };

/** PGlite finds its files beside its code; in a packaged program they are given to it. */
async function ownFiles(): Promise<PGliteOptions> {
  if (!isSea()) return {};
  return {
    pgliteWasmModule: await WebAssembly.compile(packagedFile('pglite.wasm')),
    initdbWasmModule: await WebAssembly.compile(packagedFile('initdb.wasm')),
    fsBundle: new Blob([packagedFile('pglite.data')]),
  };
}

/**
 * What ends a transaction: its signal, or its time. Loading has none where nothing is said: a statement cannot be ended
 * here, and what it did would be thrown away when it was done.
 */
function stopOf({ use = 'loading', signal, timeoutSeconds }: TransactionOptions): AbortSignal {
  const seconds = timeoutSeconds ?? (use === 'loading' ? null : ownLimits[use].timeoutSeconds);
  const stops = signal === undefined ? [] : [signal];
  return AbortSignal.any(seconds === null ? stops : [...stops, AbortSignal.timeout(seconds * 1000)]);
}

/** What the work comes to, or the signal's reason where that comes first. */
async function orStopped<T>(stop: AbortSignal, work: Promise<T>): Promise<T> {
  const stopped = Promise.withResolvers<never>();
  const abort = () => stopped.reject(stop.reason);
  stop.addEventListener('abort', abort);
  try {
    return await Promise.race([work, stopped.promise]);
  } finally {
    stop.removeEventListener('abort', abort);
  }
}

function transactionOn(tx: PGliteTransaction, stop: AbortSignal): Transaction {
  const turn = async () => {
    await turnOfTheLoop();
    stop.throwIfAborted();
  };
  const query = async <R extends object>(sql: string, parameters: readonly unknown[] = []): Promise<R[]> => {
    await turn();
    return (await tx.query<R>(sql, [...parameters])).rows;
  };
  return {
    query,
    rows: (sql, parameters, { atOnce }) => cursorRows(query, sql, parameters, atOnce),
    async execute(sql) {
      await turn();
      await tx.exec(sql);
    },
    attempt: (part) => attempt((sql) => tx.exec(sql), part),
    async copyIn(table, lines) {
      await turn();
      const blob = new Blob([new Uint8Array(lines)]);
      const result = await tx.query(`COPY ${table} FROM '/dev/blob'`, [], { blob });
      return result.affectedRows ?? 0;
    },
  };
}
