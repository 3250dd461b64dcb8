import { GuaritaError } from '../../../shared/errors.ts';
import type { KeyText } from '../../../shared/sources/view-source.ts';
import type { Base, Transaction } from '../base.ts';
import type { LoadOptions, LoadResult } from './load-options.ts';
import { goneRows, lookUpByKey } from './merge.ts';
import { type Answer, recordPage } from './record-page.ts';
import type { ViewTarget } from './source-schema.ts';
import { type Lines, linesOf, stagePage } from './staging.ts';
import { forgottenOf } from './tombstones.ts';
import { stubTooWide } from './too-wide.ts';
import { takeTurn } from './turn.ts';
import { withoutForgotten } from './without-forgotten.ts';
import { writePage } from './write-page.ts';

/**
 * Loads one page in one transaction: its bytes by COPY, into the view's table where all of it is new (`copy-new.ts`),
 * else into a staging table, less what is found unchanged before (`sift.ts`), and a merge from there. One look-up by key
 * tells absent, differing and equal rows apart; only the first two are written, so loading a page again writes nothing
 * (invariant 4). The same look-up counts the rows that break the contract. Only where there are any, or where a key of
 * the page is in quarantine, is it looked at closely: they go to quarantine, the others are loaded (invariant 9); a row
 * that is too wide for a table of the base is there as its stub. Of a key whose row is in quarantine the table keeps what
 * it had. What each row was is kept, and which answer it came with (docs/decisions/0027). Of rows that name somebody
 * who was forgotten nothing is (docs/decisions/0029).
 *
 * Throws `tombstone-key-missing`, and `source-busy` when the base has loaded another number of pages than this collector knows of: another one is
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
  const none = { new: 0, changed: 0, unchanged: 0, removed: 0, quarantined: 0, loads };
  const { lines, forgotten } = turn.forgets
    ? await leaveOutForgotten(tx, target, page, options)
    : { lines: page, forgotten: 0 };
  if (lines.rows === 0) return { ...none, forgotten };
  // A page with lines that say that a row is gone is neither all new nor nearly all unchanged.
  const likely = forgotten === 0 ? options.likely : undefined;
  const { gone, ...written } = await writePage(
    tx,
    target,
    lines,
    { ...options, likely },
    { ...turn, loads, closely },
  );
  if (written.new + written.changed + written.removed > 0) {
    const { run } = options;
    await recordPage(tx, target, answer, { load: loads, run, afterChange: turn.lastChange, forgotten });
  }
  const result = { ...written, forgotten, loads };
  return options.namesGone === true ? { ...result, gone } : result;
}

async function leaveOutForgotten(
  tx: Transaction,
  target: ViewTarget,
  page: Lines,
  { findTombstoneKey }: LoadOptions,
): Promise<{ lines: Lines; forgotten: number }> {
  const isForgotten = await forgottenOf(tx, target.source, findTombstoneKey);
  const { page: lines, forgotten } = withoutForgotten(target.view, page, isForgotten);
  return { lines, forgotten };
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
    if (lines.length !== page.rows) throw new GuaritaError('page-invalid', 'Tem outro número de linhas.');
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
