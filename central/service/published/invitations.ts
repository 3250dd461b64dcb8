import type { Invitation } from '../../../shared/enrolment/documents.ts';
import type { PublishedInvitation } from '../../base/published-layer/tables.ts';
import { openInvitations } from '../../enrolment/invite.ts';
import type { Clock } from '../clock.ts';
import { filesMilliseconds } from './files.ts';
import type { Part } from './part.ts';
import { ShownTable } from './shown-table.ts';

/** Agreements of which only the invitation is there yet. */
export function shownInvitations(folder: string, clock: Clock): Part {
  let looked: number | null = null;
  let rows: readonly PublishedInvitation[] = [];
  return new ShownTable('invitation', () => {
    const now = Math.floor(clock.now() / filesMilliseconds);
    if (looked !== now) rows = openInvitations(folder).map(rowOf);
    looked = now;
    return rows;
  });
}

function rowOf({ uf, act, views, issued, expires }: Invitation): PublishedInvitation {
  return {
    ...{ source: uf, act: act.number, act_begin: act.begin, act_end: act.end },
    ...{ views, invited: issued, expires },
  };
}
