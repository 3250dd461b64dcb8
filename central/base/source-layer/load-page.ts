import { GuaritaError } from '../../../shared/errors.ts';
import type { KeyText } from '../../../shared/sources/view-source.ts';
import type { Base, Transaction } from '../base.ts';
import { changeIndexes } from './change-index.ts';
import { copyNew } from './copy-new.ts';
import { flawsOf, maxKeyBytes } from './flaws.ts';
import {
  type Comparison,
  compare,
  goneRows,
  lookUpByHash,
  lookUpByKey,
  markRemoved,
  merge,
} from './merge.ts';
import {
  closeEntries,
  countGone,
  quarantineRows,
  type StagedPage,
  takeOut,
  touchesQuarantine,
} from './quarantine-page.ts';
import { type Answer, recordPage } from './record-page.ts';
import { breaksSifted, type Sifted, siftUnchanged } from './sift.ts';
import type { ViewTarget } from './source-schema.ts';
import { type Lines, linesOf, longLines, stagePage } from './staging.ts';
import { stubTooWide } from './too-wide.ts';

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
  /** Pages loaded into the view, this one included. */
  readonly loads: number;
}

/**
 * Loads one page in one transaction: its bytes by COPY, into the view's table where all of it is new (`copy-new.ts`),
 * else into a staging table, and a merge from there. One look-up by
 * key tells absent, differing and equal rows apart; only the first two are written, so loading a page again writes
 * nothing (invariant 4). The same look-up counts the rows that break the contract. Only where there are any, or where
 * a key of the page is in quarantine, is it looked at closely: they go to quarantine, the others are loaded
 * (invariant 9); a row that is too wide for a table of the base is there as its stub. Of a key whose row is in
 * quarantine the table keeps what it had.
 *
 * Throws `source-busy` when the base has loaded another number of pages than this collector knows of: another one is
 * at work. Throws `view-shrank`, `page-invalid`, `base-unavailable`, `base-failed`. Nothing is loaded then.
 */
export async function loadPage(
  base: Base,
  target: ViewTarget,
  page: Answer,
  options: LoadOptions,
): Promise<LoadResult> {
  const load = async (lines: Lines, closely: boolean) => {
    let began = 0;
    const result = await base.transaction(async (tx) => {
      began = performance.now();
      return loadOnce(tx, target, lines, options, closely, page);
    });
    options.onLoaded?.(performance.now() - began);
    return result;
  };
  let closely = options.wholeKeys;
  let lines = page;
  for (;;) {
    try {
      return await load(lines, closely);
    } catch (error) {
      const code = error instanceof GuaritaError ? error.code : null;
      // A key that stands twice in the page. Looking for that beforehand would cost every page 11 ms of about 120.
      if (code === 'row-breaks-key' && !closely) closely = true;
      else if (code === 'row-too-wide' && lines === page) lines = await narrowed(base, target, page, options);
      else throw error;
    }
  }
}

/** The page with stubs of the rows that are too wide for the base; tried out, and nothing of that stays. */
function narrowed(base: Base, target: ViewTarget, page: Lines, options: LoadOptions): Promise<Lines> {
  const trial = { ...options, mostRemoved: Number.POSITIVE_INFINITY };
  return stubTooWide(base, target, page, (tx, part) => loadOnce(tx, target, part, trial, true, part));
}

/**
 * @param closely even when nothing is seen at the first look
 * @param answer what the lines are of
 */
async function loadOnce(
  tx: Transaction,
  target: ViewTarget,
  page: Lines,
  options: LoadOptions,
  closely: boolean,
  answer: Answer,
): Promise<LoadResult> {
  const turn = await takeTurn(tx, target, options);
  const loads = Number(turn.loads);
  if (page.rows === 0) return { new: 0, changed: 0, unchanged: 0, removed: 0, quarantined: 0, loads };
  const { gone, ...written } = await writePage(tx, target, page, options, { ...turn, loads, closely });
  if (written.new + written.changed + written.removed > 0) {
    await recordPage(tx, target, answer, { load: loads, run: options.run, afterChange: turn.lastChange });
  }
  return options.namesGone === true ? { ...written, gone, loads } : { ...written, loads };
}

/** What is known of the view and its page before anything of it is written. */
interface PageTurn extends Omit<Turn, 'loads'> {
  readonly loads: number;
  readonly closely: boolean;
}

type Written = Omit<LoadResult, 'loads' | 'gone'> & Pick<CloseLook, 'gone'>;

async function writePage(
  tx: Transaction,
  target: ViewTarget,
  page: Lines,
  options: LoadOptions,
  turn: PageTurn,
): Promise<Written> {
  const { maxRowBytes } = options;
  const likely = turn.closely || turn.quarantine > fewEntries ? undefined : options.likely;
  const long = [...longLines(page.lines, maxRowBytes)];
  const quarantine = turn.quarantine > 0;
  if (likely === 'new' && long.length === 0) {
    if (await copyNew(tx, target, page, { lastChange: turn.lastChange, quarantine })) {
      await countRows(tx, target, page.rows);
      return { new: page.rows, changed: 0, unchanged: 0, removed: 0, quarantined: 0, gone: [] };
    }
  }
  if (likely === 'unchanged' && long.length === 0 && (await changeIndexes(tx, target.table)).ready) {
    const sifted = await siftUnchanged(tx, target, page, quarantine);
    if (sifted !== null) {
      const written = await compareAndWrite(tx, target, sifted.rest, options, { ...turn, long, sifted });
      return { ...written, unchanged: written.unchanged + sifted.unchanged };
    }
  }
  return compareAndWrite(tx, target, page, options, { ...turn, long, sifted: null });
}

async function compareAndWrite(
  tx: Transaction,
  target: ViewTarget,
  page: Lines,
  options: LoadOptions,
  turn: PageTurn & { readonly long: readonly string[]; readonly sifted: Sifted | null },
): Promise<Written> {
  if (page.rows === 0) return { new: 0, changed: 0, unchanged: 0, removed: 0, quarantined: 0, gone: [] };
  const { run, wholeKeys, maxRowBytes } = options;
  const { closely, loads: load, long, sifted } = turn;
  const staging = await stagePage(tx, target, page);
  const flaws = flawsOf(target.view, longLines(page.lines, maxKeyBytes).next().done === false);
  const touched = turn.quarantine > 0 && (await touchesQuarantine(tx, target, staging));
  await tx.execute(lookUpByKey);
  let seen = await compare(tx, target, staging, flaws.suspect);
  if (sifted !== null && seen.differing > 0 && (await breaksSifted(tx, target, staging, sifted.digests))) {
    throw new GuaritaError('row-breaks-key', `View "${target.view.name}".`);
  }
  let close: CloseLook = { lines: 0, removed: 0, quarantined: 0, gone: [] };
  if (closely || seen.flawed > 0 || long.length > 0 || touched) {
    const staged = { tx, target, staging, flaws, run, load, wholeKeys, long, maxRowBytes };
    close = await lookClosely(staged, seen, turn, options);
    if (close.lines + close.quarantined > 0) seen = await compare(tx, target, staging, 'false');
  }
  const { lines, removed, quarantined, gone } = close;
  const rows = page.rows - lines - quarantined;
  await merge(tx, target, staging, rows, seen);
  await countRows(tx, target, seen.absent + seen.back - removed);
  const unchanged = rows - seen.absent - seen.differing;
  return { new: seen.absent, changed: seen.differing, unchanged, removed, quarantined, gone };
}

/** The same keys of a page of which nothing is loaded. Throws `page-invalid` and the errors of Base. */
export async function goneOf(
  base: Base,
  target: ViewTarget,
  page: Lines,
): Promise<readonly (readonly KeyText[])[]> {
  return base.transaction(async (tx) => {
    // The others need not be such as the base could hold.
    const lines = linesOf(page.lines);
    if (lines.length !== page.rows) throw new GuaritaError('page-invalid', 'It has another number of rows.');
    const gone = lines.filter(saysGone);
    const staging = await stagePage(tx, target, { lines: Buffer.concat(gone), rows: gone.length });
    await tx.execute(lookUpByKey);
    return goneRows(tx, target, staging);
  });
}

function saysGone(line: Buffer): boolean {
  const mark = line.indexOf(9) + 1;
  return line.toString('latin1', mark, mark + 5) === '{-1}\t';
}

interface Turn {
  readonly loads: string;
  /** Rows of the view that the source still has. */
  readonly rows: string;
  /** Open entries of quarantine, counted up to one more than `fewEntries`. */
  readonly quarantine: number;
  /** The last number of a change that the view may have. */
  readonly lastChange: string;
}

/** So many keys are looked for one by one in a moment: 2 µs each. */
const fewEntries = 1000;

/**
 * Takes the view's row lock, so that pages commit one after the other and `_change` grows in commit order, and keeps
 * where the page leads to.
 */
async function takeTurn(
  tx: Transaction,
  target: ViewTarget,
  { expectedLoads, cursor }: LoadOptions,
): Promise<Turn> {
  const [turn] = await tx.query<Turn>(
    `UPDATE guarita.view SET loads = loads + 1, last_loaded = now(),
        cursor = coalesce($4, cursor), cycle_complete = coalesce($5, cycle_complete)
      WHERE source = $1 AND view = $2 AND loads = $3
      RETURNING loads::text, rows::text, (SELECT count(*)::int FROM (
          SELECT FROM guarita.quarantine WHERE source = $1 AND view = $2 AND resolved IS NULL
           LIMIT ${fewEntries + 1}) q) AS quarantine,
        (SELECT CASE WHEN is_called THEN last_value ELSE 0 END::text FROM guarita.change) AS "lastChange"`,
    [target.source, target.view.name, expectedLoads, cursor?.next ?? null, cursor?.complete ?? null],
  );
  if (turn === undefined) throw new GuaritaError('source-busy', `View "${target.view.name}".`);
  return turn;
}

interface CloseLook {
  /** Lines that say that a row is gone. */
  readonly lines: number;
  readonly removed: number;
  readonly quarantined: number;
  readonly gone: readonly (readonly KeyText[])[];
}

/** What a page needs in which a row is not just to be loaded; what it leaves in the staging table is. */
async function lookClosely(
  page: StagedPage,
  seen: Comparison,
  turn: Pick<Turn, 'rows' | 'quarantine'>,
  { mostRemoved, namesGone = false }: LoadOptions,
): Promise<CloseLook> {
  const { tx, target, staging, run } = page;
  await tx.execute(lookUpByHash);
  const lines = seen.flawed === 0 ? 0 : await countGone(page);
  const entries = await quarantineRows(page);
  if (turn.quarantine > 0) await closeEntries(page);
  await tx.execute(lookUpByKey);
  const gone = namesGone && lines > 0 ? await goneRows(tx, target, staging) : [];
  const removed = namesGone || lines === 0 ? 0 : await markRemoved(tx, target, staging, run);
  if (removed > mostRemoved) {
    const detail = `View "${target.view.name}": ${removed} of ${turn.rows} rows.`;
    throw new GuaritaError('view-shrank', detail, { members: { subject: String(removed) } });
  }
  const taken = lines + entries === 0 ? 0 : await takeOut(page);
  return { lines, removed, quarantined: taken - lines, gone };
}

async function countRows(tx: Transaction, { source, view }: ViewTarget, more: number): Promise<void> {
  if (more === 0) return;
  await tx.query('UPDATE guarita.view SET rows = rows + $3 WHERE source = $1 AND view = $2', [
    source,
    view.name,
    more,
  ]);
}
