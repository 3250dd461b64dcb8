import { hash } from 'node:crypto';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Page } from '../../../shared/sources/view-source.ts';
import type { ViewTarget } from '../../base/source-layer/source-schema.ts';
import { requireSame } from './look-up.ts';

/**
 * So often a page of a log may come in one cycle with the very same bytes. A log may name a few keys for longer than a
 * page goes; where it does so for longer than this, the cycle ends, and the next one goes on from what was committed.
 */
const mostRepeats = 100;

/**
 * Holds the pages of a cycle to leading on: a source whose pages lead nowhere would be asked for them without end.
 * A cursor says little of its place, since an agent seals the same one differently each time. So where a cycle goes by
 * key or watermark no page may begin with the row that another one began with, and where it goes by a log, which may
 * name a key again and again, no page may be repeated without end. A cycle that begins without a cursor does not go by
 * the log yet; of one that is taken up again nobody here can tell, and it is held to the less.
 */
export class PageTrail {
  readonly #target: ViewTarget;
  readonly #behind = new Set<string | null>();
  /** How many pages that were done with had this mark (`#markOf`). */
  readonly #marks = new Map<string, number>();
  /** Pages that were not done with yet, by what they were asked for with. */
  readonly #ahead = new Map<string | null, string>();
  #byLog: boolean | null = null;

  constructor(target: ViewTarget) {
    this.#target = target;
  }

  /**
   * Throws `page-invalid` for a page that is not the last one and leads nowhere, `epoch-changed` and `schema-changed`.
   * The same page may be asked for again.
   * @param after the cursor that it was asked for with
   */
  require(page: Page, after: string | null): void {
    requireSame(page, this.#target);
    this.#byLog ??= this.#target.view.mode === 'changelog' && after !== null;
    if (!page.complete) {
      if (page.rows === 0) throw new GuaritaError('page-invalid', 'Está vazia, mas não é a última.');
      if (page.next === after || this.#behind.has(page.next)) throw goesRound();
    }
    if (page.rows === 0) return;
    const mark = this.#markOf(page);
    const most = this.#byLog ? mostRepeats : 1;
    if (!page.complete && (this.#marks.get(mark) ?? 0) >= most) throw goesRound();
    this.#ahead.set(after, mark);
  }

  /** A page was done with: nothing leads back to where it was asked for. */
  pass(after: string | null): void {
    this.#behind.add(after);
    const mark = this.#ahead.get(after);
    if (mark === undefined) return;
    this.#ahead.delete(after);
    this.#marks.set(mark, (this.#marks.get(mark) ?? 0) + 1);
  }

  /** Of a log the whole page, else its first row; short, and nothing of the page is kept. */
  #markOf({ lines }: Page): string {
    return hash('sha256', this.#byLog === true ? lines : lines.subarray(0, lines.indexOf(10) + 1), 'base64');
  }
}

function goesRound(): GuaritaError {
  return new GuaritaError('page-invalid', 'Leva aonde já se esteve.');
}
