import { GuaritaError } from '../../errors.ts';
import type { Page, PageRequest, ViewDescription } from '../view-source.ts';
import { type Cursor, type CursorScope, decodeCursor, encodeCursor, startCursor } from './cursor.ts';
import { fillPage } from './fill-page.ts';
import { byWatermark, type Stretch, wholeByKey, withoutWatermark } from './keyset.ts';
import { PageBuilder } from './page-builder.ts';
import { readLog } from './read-log.ts';
import type { CycleBound, ViewSnapshot } from './view-snapshot.ts';

/** Limits of a page; see `pages` in the agent's configuration. */
export interface PageLimits {
  readonly bytes: number;
  readonly rows: number;
}

/**
 * One page, the same on every engine: cursor in, rows by the engine, cursor out.
 * A number instead: the snapshot was lost, and so many rows are surely read by another try.
 * @param lineBytes mean bytes of a line by view, kept from page to page: how many rows to ask for
 */
export async function readPage(
  snapshot: ViewSnapshot,
  request: PageRequest,
  limits: PageLimits,
  lineBytes: Map<string, number>,
): Promise<Page | number> {
  const { description: view, log } = snapshot;
  const scope: CursorScope = { ...view, view: view.name, keyLength: view.key.length };
  const cursor = request.after === null ? startCursor : decodeCursor(scope, request.after);
  const until = await boundOf(snapshot.bound, request.until);
  const resume = cursor.at === null ? await beginCycle(cursor, until, snapshot.bound) : cursor.resume;
  const page = new PageBuilder(limits.bytes, Math.min(limits.rows, request.limit ?? limits.rows));
  // Without a begin in the log, nothing of the view has been read yet: it comes first, as a whole.
  const { at, exhausted, again } =
    log === null || cursor.from === null
      ? await fillPage(page, stretchesFrom(snapshot, cursor, until), cursor.at, snapshot, lineBytes)
      : await readLog(snapshot, log, page, {
          ...{ from: cursor.from, until, at: cursor.at, lineBytes: lineBytes.get(view.name) ?? 0 },
        });
  if (again !== undefined) return again;
  const next: Cursor = exhausted
    ? { from: resume, at: null, resume: null }
    : { from: cursor.from, at, resume };
  return {
    lines: page.finish(),
    rows: page.rows,
    next: encodeCursor(scope, next),
    until,
    complete: exhausted,
    fingerprint: view.fingerprint,
    epoch: view.epoch,
  };
}

/** The bound of this cycle. Throws `bound-invalid` for a bound that cannot have come from its first page. */
async function boundOf(bound: CycleBound | null, given: string | null): Promise<string | null> {
  if (given === null) return bound === null ? null : bound.read();
  if (bound === null) throw new GuaritaError('bound-invalid');
  await bound.check(given);
  return given;
}

/**
 * Where the cycle after this one begins. A bound before this cycle's own begin says that time went back in the
 * source: it was restored, reloaded or its clock was set, and it is another history, to be read from its start; or it
 * is a replica that has yet to catch up.
 */
async function beginCycle(
  { from }: Cursor,
  until: string | null,
  bound: CycleBound | null,
): Promise<string | null> {
  if (bound === null) return null;
  if (from !== null && until !== null && (await bound.isBefore(until, from))) throw bound.goneBack();
  return bound.following(from, until);
}

/** The stretches of the view that a cycle still has to read from a cursor on, in their order. */
function stretchesFrom(
  { description: view, keyset }: ViewSnapshot,
  { from, at }: Cursor,
  until: string | null,
): Stretch[] {
  const { watermark } = view;
  if (watermark === null) return [wholeByKey(keyset)];
  const stretches: Stretch[] = [];
  const pastNulls = at !== null && at.watermark !== null;
  if (isNullable(view, watermark) && !pastNulls) stretches.push(withoutWatermark(keyset, watermark));
  if (until !== null) stretches.push(byWatermark(keyset, watermark, { from, until }));
  return stretches;
}

/** Whether the column may hold a null: then there may be rows without a watermark. */
function isNullable(view: ViewDescription, name: string): boolean {
  return view.columns.find((column) => column.name === name)?.nullable ?? true;
}
