import { GuaritaError } from '../../../shared/errors.ts';
import type { KeyText } from '../../../shared/sources/view-source.ts';
import type { Transaction } from '../base.ts';
import { changeIndexes } from './change-index.ts';
import { copyNew } from './copy-new.ts';
import { flawsOf, maxKeyBytes } from './flaws.ts';
import type { LoadOptions, LoadResult } from './load-options.ts';
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
import { breaksSifted, type Sifted, siftUnchanged, standTwice } from './sift.ts';
import type { ViewTarget } from './source-schema.ts';
import { type Lines, longLines, stagePage } from './staging.ts';
import { countRows, fewEntries, type Turn } from './turn.ts';

/** What is known of the view and its page before anything of it is written. */
export interface PageTurn extends Omit<Turn, 'loads'> {
  readonly loads: number;
  readonly closely: boolean;
}

type Written = Omit<LoadResult, 'loads' | 'gone' | 'forgotten'> & Pick<CloseLook, 'gone'>;

/** Writes what a page brings, the way that it is likely to be fastest. */
export async function writePage(
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
  if (likely === 'new' && target.takesCopies && long.length === 0) {
    if (await copyNew(tx, target, page, { lastChange: turn.lastChange, quarantine })) {
      await countRows(tx, target, page.rows);
      return { new: page.rows, changed: 0, unchanged: 0, removed: 0, quarantined: 0, gone: [] };
    }
  }
  if (likely === 'unchanged' && !target.namesMoved && long.length === 0) {
    const { ready } = await changeIndexes(tx, target.table);
    const sifted = ready ? await siftUnchanged(tx, target, page, quarantine) : null;
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
  const looks = closely || seen.flawed > 0 || long.length > 0 || touched;
  if (
    sifted !== null &&
    ((seen.differing > 0 && (await breaksSifted(tx, target, staging, sifted))) ||
      (looks && (await standTwice(tx, sifted))))
  ) {
    throw new GuaritaError('row-breaks-key', `Visão "${target.view.name}".`);
  }
  let close: CloseLook = { lines: 0, removed: 0, quarantined: 0, gone: [] };
  if (looks) {
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
    const detail = `Visão "${target.view.name}": ${removed} de ${turn.rows} linhas.`;
    throw new GuaritaError('view-shrank', detail, { members: { subject: String(removed) } });
  }
  const taken = lines + entries === 0 ? 0 : await takeOut(page);
  return { lines, removed, quarantined: taken - lines, gone };
}
