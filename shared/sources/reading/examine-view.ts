import type { Position } from './cursor.ts';
import { byWatermark, type Stretch, wholeByKey } from './keyset.ts';
import { PageBuilder } from './page-builder.ts';
import { partOfSample } from './reread-sample.ts';
import type { LogSurvey, QueryPlan, RowsRead, ViewSnapshot, ViewSurvey } from './view-snapshot.ts';

/** What `doctor` learns of a view that can be read. */
export interface ViewExamination extends ViewSurvey {
  /** How the first page of the view's order is served, and, where there is more than one row, a later one. */
  readonly plans: readonly QueryPlan[];
  /** Of the log of a view that is read by one; null for any other. */
  readonly log: LogSurvey | null;
  /** The lines of the first rows, at most `sampleRows` and a MiB of them. */
  readonly sample: Buffer;
  /** Some of these, a copy: what `examineAgain` is given. */
  readonly kept: Buffer;
}

const sampleRows = 1000;
const sampleBytes = 1024 * 1024;

/**
 * Looks a view through in one snapshot, the same on every engine.
 * A number instead: the snapshot was lost, and so many rows are surely read by another try.
 * @param limit most rows of the sample
 */
export async function examineView(
  snapshot: ViewSnapshot,
  limit = sampleRows,
): Promise<ViewExamination | number> {
  // Before the survey, which takes long: it is not to be made twice.
  const first = await readFirst(snapshot, limit);
  if (typeof first === 'number') return first;
  // Of a view whose watermarks all lie ahead of their bound there are rows all the same.
  const { sample, read } =
    first.sample.length > 0 ? { ...first, read: null } : await firstRows(snapshot, limit);
  if (read?.isUsable === false) return read.taken;
  const { log: reader, bound } = snapshot;
  const log = reader === null ? null : await reader.survey(bound === null ? null : await bound.read());
  return { ...(await snapshot.survey()), plans: first.plans, log, sample, kept: partOfSample(sample) };
}

async function readFirst(
  snapshot: ViewSnapshot,
  limit: number,
): Promise<Pick<ViewExamination, 'plans' | 'sample'> | number> {
  const stretch = await longestStretch(snapshot);
  if (stretch === null) return { plans: [], sample: Buffer.alloc(0) };
  const first = stretch.where(null);
  const { sample, read } = await firstRows(snapshot, limit, stretch);
  if (!read.isUsable) return read.taken;
  const last = await lastOf(read);
  const later = last === null ? [] : [stretch.where(last)];
  const plans: QueryPlan[] = [];
  for (const where of [first, ...later]) plans.push(await snapshot.plan(where, stretch.orderBy, sampleRows));
  return { plans, sample };
}

async function firstRows(
  snapshot: ViewSnapshot,
  limit: number,
  stretch: Stretch = wholeByKey(snapshot.keyset),
): Promise<{ readonly sample: Buffer; readonly read: RowsRead }> {
  const page = new PageBuilder(sampleBytes, limit);
  const read = await snapshot.rows(stretch.where(null), stretch.orderBy, limit, page);
  return { sample: page.finish(), read };
}

async function lastOf(read: RowsRead): Promise<Position | null> {
  for await (const position of read.positions()) return position;
  return null;
}

/** The stretch that has nearly all of the view's rows; null where its watermarks have no bound yet. */
async function longestStretch({ description, keyset, bound }: ViewSnapshot): Promise<Stretch | null> {
  const { watermark } = description;
  if (watermark === null || bound === null) return wholeByKey(keyset);
  const until = await bound.read();
  return until === null ? null : byWatermark(keyset, watermark, { from: null, until });
}
