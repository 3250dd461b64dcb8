import type { Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import type { LoadOptions, LoadResult } from '../../central/base/source-layer/load-options.ts';
import { loadPage } from '../../central/base/source-layer/load-page.ts';
import { prepareView, type ViewTarget } from '../../central/base/source-layer/source-schema.ts';
import { encodeField } from '../../shared/sources/reading/lines.ts';
import { rowDigest } from '../../shared/sources/reading/row-digest.ts';
import type { ViewDescription } from '../../shared/sources/view-source.ts';
import { linesOf, peopleColumns, type Row, viewOf } from './array-source.ts';
import { query } from './bases.ts';

/** A table as it lies on disk: xmin and ctid change when a row is written, even with the same values. */
export interface Stored {
  readonly id: string;
  readonly nome: string | null;
  readonly change: string;
  readonly xmin: string;
  readonly ctid: string;
  readonly removed: boolean;
}

/** An entry of quarantine, as a test compares it. */
export interface Entry {
  readonly code: string;
  readonly key: (string | null)[] | null;
  readonly reason: string;
  readonly copies: number;
  readonly open: boolean;
}

export const limits = { run: 1, mostRemoved: 1000, maxRowBytes: 1024 * 1024 };

/** What an ordinary page is loaded with, by a test that does not care. */
export function ordinary(expectedLoads: number): LoadOptions {
  const cursor = { next: `after ${expectedLoads}`, complete: false };
  return { ...limits, expectedLoads, cursor, wholeKeys: false };
}

export const believeAll = () => true;

/** One line of a page with a mark, and its digest as an agent makes it. */
export function markedLine(mark: string, row: Row): Buffer {
  const line = [mark, ...row.map(encodeField)].join('\t');
  return Buffer.from(`${rowDigest(Buffer.from(line))}\t${line}\n`);
}

/** A view in a base, loaded page by page as one collector would. */
export class Loader {
  readonly base: Base;
  readonly target: ViewTarget;
  loads: number;

  constructor(base: Base, target: ViewTarget) {
    this.base = base;
    this.target = target;
    this.loads = target.loads;
  }

  static async on(
    base: Base,
    source: string,
    columns: readonly string[] = peopleColumns,
    changes: Partial<ViewDescription> = {},
  ) {
    const view = { ...viewOf('pessoa', columns), ...changes };
    return new Loader(base, await prepareView(base, source, view, believeAll));
  }

  load(rows: readonly Row[], options: Partial<LoadOptions> = {}): Promise<LoadResult> {
    return this.lines(linesOf(rows), rows.length, options);
  }

  /** All rows of some keys, and lines for those that no row has. */
  async lookup(rows: readonly Row[], gone: readonly Row[] = [], options: Partial<LoadOptions> = {}) {
    const lines = Buffer.concat([linesOf(rows), ...gone.map((row) => markedLine('{-1}', row))]);
    return this.lines(lines, rows.length + gone.length, {
      ...{ cursor: null, wholeKeys: true },
      ...options,
    });
  }

  async lines(lines: Buffer, rows: number, options: Partial<LoadOptions> = {}): Promise<LoadResult> {
    const page = { lines, rows };
    const result = await loadPage(this.base, this.target, page, { ...ordinary(this.loads), ...options });
    this.loads = result.loads;
    return result;
  }

  stored(): Promise<Stored[]> {
    return query<Stored>(
      this.base,
      `SELECT id, nome, _change::text AS change, xmin::text, ctid::text, _removed IS NOT NULL AS removed
         FROM ${this.target.table} ORDER BY id`,
    );
  }

  entries(): Promise<Entry[]> {
    return query<Entry>(
      this.base,
      `SELECT code, key, reason, copies, resolved IS NULL AS open FROM guarita.quarantine
        WHERE source = $1 AND view = $2 ORDER BY key, code, digest`,
      [this.target.source, this.target.view.name],
    );
  }

  async open(): Promise<string[]> {
    const entries = await this.entries();
    return entries.filter(({ open }) => open).map(({ code, key }) => `${code} ${key?.join('/')}`);
  }

  /** Nothing of a refused page is to be seen, not even that it was there. */
  async refuses(t: Test, page: () => Promise<unknown>, code: string): Promise<void> {
    const before = [await this.stored(), await this.entries()];
    await t.rejects(page(), { code });
    t.strictSame([await this.stored(), await this.entries()], before, 'nothing was loaded');
    const [row] = await query(this.base, 'SELECT loads::int FROM guarita.view WHERE source = $1', [
      this.target.source,
    ]);
    t.strictSame(row, { loads: this.loads }, 'the page does not count');
  }

  /** Rows that the source still has, by the base's own counter and by counting them. */
  async rows(): Promise<{ counter: number; counted: number }> {
    const [row] = await query<{ counter: number; counted: number }>(
      this.base,
      `SELECT rows::int AS counter, (SELECT count(*)::int FROM ${this.target.table} WHERE _removed IS NULL) AS counted
         FROM guarita.view WHERE source = $1 AND view = $2`,
      [this.target.source, this.target.view.name],
    );
    return row ?? { counter: -1, counted: -1 };
  }
}
