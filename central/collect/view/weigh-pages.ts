import { GuaritaError } from '../../../shared/errors.ts';
import type { Page } from '../../../shared/sources/view-source.ts';
import { goneOf } from '../../base/source-layer/load-page.ts';
import { patiently } from '../patience.ts';
import { keysGiven } from './keys-given.ts';
import { isForItsSize, PageSize } from './page-size.ts';
import { PageTrail } from './page-trail.ts';
import type { Place } from './view-run.ts';
import type { ViewTurn } from './view-turn.ts';

/**
 * How many rows the pages from a place to the end of the cycle say are gone, each row once, and none that a later page
 * gives again: what a person is asked about is the whole of a loss, not the page that was one too many. Loads nothing.
 * Throws `stopped` and the errors of ViewSource and Base.
 */
export async function lossOfPages(turn: ViewTurn, { committed, until }: Place): Promise<number> {
  const { source, base, target, stop } = turn;
  const gone = new Set<string>();
  const trail = new PageTrail(target);
  let request: { after: string | null; until: string | null } = { after: committed, until };
  const size = new PageSize(base.stepMilliseconds);
  const onFailure = (error: GuaritaError, seconds: number) => {
    if (isForItsSize(error)) size.late();
    turn.onFailure(error, seconds);
  };
  for (;;) {
    const { after } = request;
    const page: Page = await patiently({ ...turn, onFailure }, () =>
      source.page(target.view.name, { ...request, ...size.limit, signal: stop }),
    );
    size.came(page.rows);
    trail.require(page, after);
    trail.pass(after);
    if (gone.size > 0) {
      for (const key of keysGiven(target.view, page.lines)) gone.delete(JSON.stringify(key));
    }
    for (const key of await goneOf(base, target, page)) gone.add(JSON.stringify(key));
    if (page.complete) return gone.size;
    if (stop.aborted) throw new GuaritaError('stopped');
    request = { after: page.next, until: page.until };
  }
}
