import { mkdirSync } from 'node:fs';
import { isSea } from 'node:sea';
import { PGlite, type PGliteOptions, type Transaction as PGliteTransaction } from '@electric-sql/pglite';
import { packagedFile } from './packaged-file.ts';
import type { Base, Transaction } from './base.ts';
import { baseError } from './errors.ts';

/**
 * The national base in process: PostgreSQL compiled to WebAssembly, its files in a folder. One connection, so its
 * transactions queue up. The folder's owner is the one process that holds central's lock.
 */
export class PGliteBase implements Base {
  readonly #db: PGlite;

  private constructor(db: PGlite) {
    this.#db = db;
  }

  static async open(folder: string): Promise<PGliteBase> {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const db = await PGlite.create(folder, await ownFiles());
      await db.exec(`SET TimeZone = 'UTC'; SET client_min_messages = warning`);
      return new PGliteBase(db);
    } catch (error) {
      throw baseError(error);
    }
  }

  async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.#db.transaction((tx) => work(transactionOn(tx)));
    } catch (error) {
      throw baseError(error);
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

function transactionOn(tx: PGliteTransaction): Transaction {
  return {
    async query<R extends object>(sql: string, parameters: readonly unknown[] = []): Promise<R[]> {
      return (await tx.query<R>(sql, [...parameters])).rows;
    },
    async execute(sql) {
      await tx.exec(sql);
    },
    async copyIn(table, lines) {
      const blob = new Blob([new Uint8Array(lines)]);
      const result = await tx.query(`COPY ${table} FROM '/dev/blob'`, [], { blob });
      return result.affectedRows ?? 0;
    },
  };
}
