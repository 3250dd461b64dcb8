import { GuaritaError } from '../../../shared/errors.ts';
import type { Transaction } from '../base.ts';
import { quoteName } from '../names.ts';
import { someInQuarantine } from './quarantine-page.ts';
import type { ViewTarget } from './source-schema.ts';
import type { Lines } from './staging.ts';

/** What a page is copied into a view's table on. */
export interface NewPage {
  /** Of the view, before this page. */
  readonly lastChange: string;
  /** The view has rows in quarantine. */
  readonly quarantine: boolean;
}

/**
 * Copies a page of which every row is likely to be new straight into the table of its view. Whether it was so the table
 * itself says: a row whose key it has, or that is not sound, is refused, and with it the copy. So is a page that has the
 * key of a row in quarantine, which has to be looked at closely.
 *
 * Returns false where nothing was copied: the page is to be staged and compared. Throws `page-invalid`.
 */
export async function copyNew(
  tx: Transaction,
  target: ViewTarget,
  { lines, rows }: Lines,
  { lastChange, quarantine }: NewPage,
): Promise<boolean> {
  const names = ['_digest', '_mark', ...target.view.columns.map(({ name }) => quoteName(name))];
  const copied = await tx.attempt(async () => {
    const count = await tx.copyIn(`${target.table} (${names.join(', ')})`, lines);
    const touched = quarantine && (await someInQuarantine(tx, target, 't._change > $3', lastChange));
    return touched ? null : count;
  });
  if (copied !== null && copied !== rows) {
    throw new GuaritaError('page-invalid', `Diz ${rows} linhas e tem ${copied}.`);
  }
  return copied !== null;
}
