import { type ClientBase, escapeIdentifier } from 'pg';
import type { Key } from '../reading/keys.ts';
import type { Line } from '../reading/lines.ts';
import type { Finder } from '../reading/view-snapshot.ts';
import { attempt } from './attempt.ts';

interface LookupView {
  readonly relation: string;
  /** Names of the key columns. */
  readonly key: readonly string[];
  /** SQL for the value of a key column that the database once gave as this text. */
  literal(column: string, text: string): string;
}

/** Reads what a SELECT of the view's rows gives; `clauses` come after its FROM. */
export type SelectRows = (clauses: string, take: (line: Line) => boolean) => Promise<void>;

/**
 * Finds rows by a join with the keys, which an index on the key serves. Runs in the transaction of the snapshot, with
 * a savepoint of its own: a text that is no value of its column is refused by the server, and then no row has it.
 */
export class PostgresFinder implements Finder {
  readonly keysAtOnce = 500;
  readonly #client: ClientBase;
  readonly #view: LookupView;
  readonly #select: SelectRows;

  constructor(client: ClientBase, view: LookupView, select: SelectRows) {
    this.#client = client;
    this.#view = view;
    this.#select = select;
  }

  async find(keys: readonly Key[], limit: number, take: (line: Line) => boolean): Promise<void> {
    let wanted = true;
    // What comes after is dropped: `limit` says how much that can be, and the connection is still needed.
    const takeWanted = (line: Line) => {
      wanted &&= take(line);
      return true;
    };
    const select = (some: readonly Key[]) => this.#select(`${this.#join(some)} LIMIT ${limit}`, takeWanted);
    const error = await attempt(this.#client, () => select(keys));
    if (error === null) return;
    const castable = await this.#castable(keys);
    // What the server refuses is not a key, then: it is a value in the view.
    if (castable.length === keys.length) throw error;
    if (castable.length > 0) await select(castable);
  }

  /** Joined with the distinct keys: of two texts that mean the same value, its rows are wanted once. */
  #join(keys: readonly Key[]): string {
    const columns = this.#view.key.map(escapeIdentifier);
    const isNull = this.#view.key.map((_, index) => (keys[0]?.[index] ?? null) === null);
    const given = columns.flatMap((_, index) => (isNull[index] === true ? [] : [index]));
    const nulls = columns.filter((_, index) => isNull[index]).map((column) => `${column} IS NULL`);
    if (given.length === 0) return `WHERE ${nulls.join(' AND ')}`;
    const values = keys.map((key) => `(${given.map((index) => this.#literal(key, index)).join(', ')})`);
    const names = given.map((index) => `guarita_key_${index}`);
    const equal = given.map((index) => `${columns[index]} = guarita_key_${index}`);
    const distinct = `SELECT DISTINCT * FROM (VALUES ${values.join(', ')}) AS given (${names.join(', ')})`;
    return `JOIN (${distinct}) AS asked ON ${[...equal, ...nulls].join(' AND ')}`;
  }

  #literal(key: Key, index: number): string {
    return this.#view.literal(this.#view.key[index] ?? '', key[index] ?? '');
  }

  /** Those of the keys whose texts are values of their columns: all at once, else by halves. */
  async #castable(keys: readonly Key[]): Promise<readonly Key[]> {
    // Each in a place of its own: of conditions joined by AND, the server would stop at the first that is false.
    const rows = keys.map((key) => {
      const casts = key.flatMap((text, index) =>
        text === null ? [] : [`(${this.#literal(key, index)}) IS NULL`],
      );
      return `(${['true', ...casts].join(', ')})`;
    });
    const check = async () => void (await this.#client.query(`VALUES ${rows.join(', ')}`));
    if ((await attempt(this.#client, check)) === null) return keys;
    if (keys.length === 1) return [];
    const middle = keys.length >> 1;
    return [...(await this.#castable(keys.slice(0, middle))), ...(await this.#castable(keys.slice(middle)))];
  }
}
