import type { Page, ViewSource } from '../../shared/sources/view-source.ts';
import { decodeLines, type PageRow } from './copy-lines.ts';
import { checkProof } from './proven.ts';

export interface ReadPage extends Page {
  readonly decoded: readonly PageRow[];
}

export interface Cycle {
  readonly pages: readonly ReadPage[];
  readonly rows: readonly PageRow[];
  readonly next: string;
  readonly until: string | null;
}

export interface CycleOptions {
  readonly after?: string | null;
  readonly limit?: number;
  /** Called after each page that is not the last. */
  readonly between?: (pagesRead: number) => Promise<void> | void;
}

/** Most pages of a cycle: a cursor that does not move on ends the test instead of never ending it. */
const maxPages = 5000;

/** Reads a view to the end of a cycle the way a collector does, checking what holds of every page. */
export async function readCycle(
  source: ViewSource,
  view: string,
  options: CycleOptions = {},
): Promise<Cycle> {
  const pages: ReadPage[] = [];
  let after = options.after ?? null;
  let until: string | null = null;
  for (;;) {
    const page = await readPage(source, view, {
      after,
      until,
      ...(options.limit ? { limit: options.limit } : {}),
    });
    if (until !== null && page.until !== until) throw new Error('the bound moved within a cycle');
    pages.push(page);
    ({ next: after, until } = page);
    if (page.complete) break;
    if (pages.length >= maxPages) throw new Error(`the cycle did not end within ${maxPages} pages`);
    await options.between?.(pages.length);
  }
  return { pages, rows: pages.flatMap((page) => page.decoded), next: after, until };
}

/** One page, checked: its count, its digests, the proof of them where it has one, and that it is not empty unless it is the last. */
export async function readPage(
  source: ViewSource,
  view: string,
  request: { after: string | null; until: string | null; limit?: number },
): Promise<ReadPage> {
  const page = await source.page(view, request);
  const decoded = decodeLines(page.lines);
  if (decoded.length !== page.rows) throw new Error(`${page.rows} rows announced, ${decoded.length} given`);
  if (page.rows === 0 && !page.complete) throw new Error('an empty page that is not the last');
  if (request.limit !== undefined && page.rows > request.limit) throw new Error('more rows than asked for');
  for (const row of decoded) {
    if (row.digest !== row.computedDigest)
      throw new Error(`digest ${row.digest} is not ${row.computedDigest}`);
  }
  checkProof(view, page, decoded);
  return { ...page, decoded };
}

/** The values of one column. */
export function column(rows: readonly PageRow[], index: number): (string | null)[] {
  return rows.map((row) => row.fields[index] ?? null);
}
