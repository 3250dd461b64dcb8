import { GuaritaError } from '../../errors.ts';
import type { Page, PageRequest, ViewDescription } from '../view-source.ts';
import {
  type Cursor,
  type CursorScope,
  decodeCursor,
  encodeCursor,
  type LogPlace,
  startCursor,
} from './cursor.ts';
import { fillPage } from './fill-page.ts';
import { byWatermark, type Stretch, wholeByKey, withoutWatermark } from './keyset.ts';
import { type LogLook, lookAtLog } from './log-gap.ts';
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
  const look = await lookOf(snapshot, cursor, request.until === null ? until : undefined);
  const { from, at: begin } = look ?? cursor;
  const resume =
    begin === null ? await beginCycle({ from, hasLog: look !== null }, until, snapshot.bound) : cursor.resume;
  const page = new PageBuilder(limits.bytes, Math.min(limits.rows, request.limit ?? limits.rows));
  // Without a begin in the log, nothing of the view has been read yet: it comes first, as a whole.
  const { at, exhausted, again } =
    log === null || from === null
      ? await fillPage(page, stretchesFrom(snapshot, { from, at: begin }, until), begin, snapshot, lineBytes)
      : await readLog(snapshot, log, page, {
          ...{ from, until, at: begin, lineBytes: lineBytes.get(view.name) ?? 0 },
        });
  if (again !== undefined) return again;
  const next: Cursor = exhausted ? { from: resume, at: null, resume: null } : { from, at, resume };
  const place = placeAfter(look, exhausted ? (from === null ? resume : until) : null);
  return {
    lines: page.finish(),
    rows: page.rows,
    next: encodeCursor(scope, { ...next, ...(place === null ? {} : { log: place }) }),
    until,
    complete: exhausted,
    fingerprint: view.fingerprint,
    epoch: view.epoch,
    ...(look?.gap === true ? { gap: true } : {}),
  };
}

/**
 * What is known of the view's log, looked at anew by each page of it. Null for a view without one.
 * @param until the bound that is fixed now; undefined within a cycle
 */
async function lookOf(
  { log, bound }: ViewSnapshot,
  cursor: Cursor,
  until: string | null | undefined,
): Promise<(Omit<LogLook, 'from'> & { readonly from: string | null }) | null> {
  const { from, at } = cursor;
  if (log === null || bound === null) return null;
  if (from !== null) return lookAtLog(bound, { ...cursor, from }, until);
  if (cursor.log !== undefined) return { gap: false, from, at, place: cursor.log };
  return { gap: false, from, at, place: { stopped: from, oldest: await bound.least() } };
}

/** What the next page is told of the log. @param read up to where the cycle has read it, at its end; else null */
function placeAfter(look: Pick<LogLook, 'place'> | null, read: string | null): LogPlace | null {
  return look === null ? null : { ...look.place, stopped: read ?? look.place.stopped };
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
 * is a replica that has yet to catch up. Of a log, `lookAtLog` has found that out.
 */
async function beginCycle(
  { from, hasLog }: { readonly from: string | null; readonly hasLog: boolean },
  until: string | null,
  bound: CycleBound | null,
): Promise<string | null> {
  if (bound === null) return null;
  if (!hasLog && from !== null && until !== null && (await bound.isBefore(until, from)))
    throw bound.goneBack();
  return bound.following(from, until);
}

/** The stretches of the view that a cycle still has to read from a cursor on, in their order. */
function stretchesFrom(
  { description: view, keyset }: ViewSnapshot,
  { from, at }: Pick<Cursor, 'from' | 'at'>,
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
