import type { KeyText } from '../../../shared/sources/view-source.ts';
import type { FindTombstoneKey } from './tombstones.ts';

/** What a page is and what may be done with it. */
export interface LoadOptions {
  /** Pages loaded into the view so far, as this collector knows it. */
  readonly expectedLoads: number;
  /** The run that loads it. */
  readonly run: number;
  /** Where the page leads to, kept in the base in the same transaction; null leaves the base's cursor where it is. */
  readonly cursor: { readonly next: string; readonly complete: boolean } | null;
  /** The page holds every row of each of its keys: it is the answer to a lookup. */
  readonly wholeKeys: boolean;
  /** Most rows that it may mark as removed; more, and nothing of it is loaded (`view-shrank`). */
  readonly mostRemoved: number;
  /** Rows that it says are gone are not marked: which they are is told instead. */
  readonly namesGone?: boolean;
  /** A row whose line is longer than this is quarantined. */
  readonly maxRowBytes: number;
  /**
   * What its rows are likely to be: all of them new, and it is copied at once, or nearly all of them unchanged, and they
   * are sifted out first. Where that was wrong it costs a little time and is done as without it.
   */
  readonly likely?: Likely | undefined;
  /** Finds the secret of tombstones: without it no page is loaded of a source of which somebody was forgotten. */
  readonly findTombstoneKey?: FindTombstoneKey | undefined;
  /** Told how long the transaction took, in milliseconds, without waiting for others', once it is committed. */
  readonly onLoaded?: (milliseconds: number) => void;
}

export type Likely = 'new' | 'unchanged';

/** What the rows of the page after one are likely to be. */
export function likelyAfter({
  new: news,
  changed,
  unchanged,
  removed,
  quarantined,
}: LoadResult): Likely | undefined {
  const rows = news + changed + unchanged + removed + quarantined;
  if (rows === 0) return undefined;
  if (news === rows) return 'new';
  return unchanged > rows / 2 ? 'unchanged' : undefined;
}

/** What loading a page did to the base. */
export interface LoadResult {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Rows of which the page says that they are gone, and that were not marked so yet. */
  readonly removed: number;
  /** Keys of rows that would have been marked, where the page was to name them. */
  readonly gone?: readonly (readonly KeyText[])[];
  /** Rows of the page that break the contract and were put in quarantine, or were there already. */
  readonly quarantined: number;
  /** Rows of the page that name somebody who was forgotten: nothing is kept of them. */
  readonly forgotten: number;
  /** Pages loaded into the view, this one included. */
  readonly loads: number;
}
