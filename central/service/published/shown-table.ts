import {
  dropRows,
  type PublishedRows,
  putRows,
  type TableName,
  tables,
} from '../../base/published-layer/tables.ts';
import type { Part, Showing } from './part.ts';

/** A table that shows how things are now: what differs from what it shows is written, and what is gone is taken away. */
export class ShownTable<T extends TableName> implements Part {
  readonly #table: T;
  readonly #read: () => readonly PublishedRows[T][];
  /** Rows that are shown, as text by key. */
  #shown: ReadonlyMap<string, Entry<T>> = new Map();

  constructor(table: T, read: () => readonly PublishedRows[T][]) {
    this.#table = table;
    this.#read = read;
  }

  next(all: boolean): Showing | null {
    const shown: ReadonlyMap<string, Entry<T>> = all ? new Map() : this.#shown;
    const now = new Map(this.#read().map((row) => [this.#keyOf(row), { row, text: JSON.stringify(row) }]));
    const put = [...now].filter(([key, { text }]) => shown.get(key)?.text !== text).map(([, { row }]) => row);
    const gone = [...shown].filter(([key]) => !now.has(key)).map(([, { row }]) => row);
    if (put.length + gone.length === 0 && !all) return null;
    return {
      write: async (tx) => {
        await dropRows(tx, this.#table, gone);
        await putRows(tx, this.#table, put);
      },
      shown: () => {
        this.#shown = now;
      },
      more: false,
    };
  }

  #keyOf(row: PublishedRows[T]): string {
    return JSON.stringify(tables[this.#table].key.map((name) => row[name as keyof PublishedRows[T]]));
  }
}

interface Entry<T extends TableName> {
  readonly row: PublishedRows[T];
  readonly text: string;
}
