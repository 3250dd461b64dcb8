import { GuaritaError } from '../../../shared/errors.ts';
import type { Page } from '../../../shared/sources/view-source.ts';
import type { ViewTarget } from '../../base/source-layer/source-schema.ts';
import { requireSame } from './look-up.ts';

/**
 * Holds the pages of a cycle to leading on: a source whose pages lead nowhere would be asked for them without end.
 * A cursor says little of its place, since an agent seals the same one differently each time. So a page must not begin
 * with the row that another one began with, either; pages of a change log may, as it may name a key again and again.
 */
export class PageTrail {
  readonly #target: ViewTarget;
  readonly #behind = new Set<string | null>();
  #last: { readonly after: string | null; readonly row: Buffer } | null = null;

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
    if (!page.complete) {
      if (page.rows === 0) throw new GuaritaError('page-invalid', 'It is empty but not the last.');
      if (page.next === after || this.#behind.has(page.next)) throw goesRound();
    }
    const row = firstLine(page.lines);
    const last = this.#last;
    if (last !== null && last.after !== after && row.length > 0 && last.row.equals(row)) {
      if (this.#target.view.mode !== 'changelog') throw goesRound();
    }
    this.#last = { after, row };
  }

  /** A page was done with: nothing leads back to where it was asked for. */
  pass(after: string | null): void {
    this.#behind.add(after);
  }
}

function goesRound(): GuaritaError {
  return new GuaritaError('page-invalid', 'It leads to where it was before.');
}

/** A copy: the page itself is used up. */
function firstLine(lines: Buffer): Buffer {
  return Buffer.from(lines.subarray(0, lines.indexOf(10) + 1));
}
