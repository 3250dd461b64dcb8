import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { type Key, rawHexOf } from '../reading/keys.ts';
import type { Line } from '../reading/lines.ts';
import type { Finder } from '../reading/view-snapshot.ts';
import type { KeyText } from '../view-source.ts';
import type { SqliteLines } from './lines.ts';
import { takeInTurns } from './turns.ts';
import { holdsBytes, quoteIdentifier, type SqliteColumn, textOf } from './values.ts';

/** Keys looked up before the event loop gets its turn. */
const keysPerTurn = 200;
/** Parameters that a statement may have, less some. */
const mostParameters = 30_000;

/**
 * Finds rows by the texts of their keys. SQLite types values, not columns: the text `5` may be an integer, a real, a
 * text or bytes. So a key is compared with each of these, which an index on the key serves, and what is found must
 * have its very text. Without such an index, one pass over the view serves many keys at once.
 */
export class SqliteFinder implements Finder {
  readonly #db: Database.Database;
  readonly #relation: string;
  readonly #key: readonly SqliteColumn[];
  readonly #lines: () => SqliteLines;
  readonly #signal: AbortSignal | undefined;
  #served: boolean | null = null;

  /** @param lines made only when something is looked up */
  constructor(
    db: Database.Database,
    view: { readonly relation: string; readonly key: readonly SqliteColumn[] },
    lines: () => SqliteLines,
    signal: AbortSignal | undefined,
  ) {
    this.#db = db;
    this.#relation = view.relation;
    this.#key = view.key;
    this.#lines = lines;
    this.#signal = signal;
  }

  get keysAtOnce(): number {
    return this.#isIndexed ? 500 : Math.floor(mostParameters / this.#key.length);
  }

  /** Whether an index, or the table's own order, serves a key. */
  get #isIndexed(): boolean {
    this.#served ??= isSearch(this.#db, this.#relation, this.#key);
    return this.#served;
  }

  async find(keys: readonly Key[], limit: number, take: (line: Line) => boolean): Promise<void> {
    if (!this.#isIndexed) return this.#readAll(this.#oneScan(keys), limit, take);
    for (const [index, key] of keys.entries()) {
      let wanted = true;
      await this.#readAll(this.#oneKey(key), limit, (line) => (wanted = take(line)));
      if (!wanted) return;
      if (index % keysPerTurn === keysPerTurn - 1) await nextTurn();
      this.#signal?.throwIfAborted();
    }
  }

  #readAll({ where, values }: Query, limit: number, take: (line: Line) => boolean): Promise<void> {
    const lines = this.#lines().read(`FROM ${this.#relation} WHERE ${where}`, { limit, values });
    return takeInTurns(lines, take, this.#signal);
  }

  #oneKey(key: Key): Query {
    const conditions = this.#key.map((column, index) =>
      key[index] === null ? isNull(column) : equals(column),
    );
    const values = this.#key.flatMap((column, index) => {
      const text = key[index] ?? null;
      return text === null
        ? []
        : [...Array.from({ length: 4 }, () => candidate(column, text)), parameter(text)];
    });
    return { where: conditions.join(' AND '), values };
  }

  /** The keys of one question have their nulls in the same places, see `byNulls`. */
  #oneScan(keys: readonly Key[]): Query {
    const [first = []] = keys;
    const given = this.#key.flatMap((_, index) => ((first[index] ?? null) === null ? [] : [index]));
    const nulls = this.#key.filter((_, index) => !given.includes(index)).map(isNull);
    if (given.length === 0) return { where: nulls.join(' AND '), values: [] };
    const texts = this.#key.filter((_, index) => given.includes(index)).map(textOf);
    const row = `(${given.map(() => 'CAST(? AS TEXT)').join(', ')})`;
    const isWanted = `(${texts.join(', ')}) IN (VALUES ${keys.map(() => row).join(', ')})`;
    const values = keys.flatMap((key) => given.map((index) => parameter(key[index] ?? '')));
    return { where: [...nulls, isWanted].join(' AND '), values };
  }
}

interface Query {
  readonly where: string;
  readonly values: readonly unknown[];
}

function isSearch(db: Database.Database, relation: string, key: readonly SqliteColumn[]): boolean {
  const where = key.map(equals).join(' AND ');
  const parameters = Array.from(where.matchAll(/\?/g), () => null);
  const plan = db
    .prepare(`EXPLAIN QUERY PLAN SELECT 1 FROM ${relation} WHERE ${key.map(equals).join(' AND ')}`)
    .all(...parameters) as { detail: string }[];
  return !plan.some(({ detail }) => detail.startsWith('SCAN'));
}

function isNull(column: SqliteColumn): string {
  return `${quoteIdentifier(column.name)} IS NULL`;
}

/** The `+` takes the affinity of each CAST away, as in `valueOf`. */
function equals(column: SqliteColumn): string {
  const classes = ['INTEGER', 'REAL', 'TEXT', 'BLOB'];
  // Through text first: of bytes, a CAST to a number would look at nothing but their first digits as well.
  const values = classes.map((type) => `+CAST(CAST(? AS TEXT) AS ${type})`);
  return `${quoteIdentifier(column.name)} IN (${values.join(', ')})
    AND ${textOf(column)} = CAST(? AS TEXT) COLLATE BINARY`;
}

/** What the values that have this text are compared with: of a column of bytes, the bytes that its text writes out. */
function candidate(column: SqliteColumn, text: string): string | Buffer {
  if (!holdsBytes(column)) return parameter(text);
  const hex = /^\\x((?:[0-9a-f]{2})*)$/.exec(text)?.[1] ?? '';
  return Buffer.from(hex, 'hex');
}

function parameter(text: Exclude<KeyText, null>): string | Buffer {
  const hex = rawHexOf(text);
  return hex === null ? text : Buffer.from(hex, 'hex');
}
