import type { Position } from './cursor.ts';
import { byWatermark, type Stretch, wholeByKey } from './keyset.ts';
import { PageBuilder } from './page-builder.ts';
import type { QueryPlan, RowsRead, ViewSnapshot, ViewSurvey } from './view-snapshot.ts';

/** What `doctor` learns of a view that can be read. */
export interface ViewExamination extends ViewSurvey {
  /** How the first page of the view's order is served, and, where there is more than one row, a later one. */
  readonly plans: readonly QueryPlan[];
  /** The lines of the first rows, at most `sampleRows` and a MiB of them. */
  readonly sample: Buffer;
}

const sampleRows = 1000;
const sampleBytes = 1024 * 1024;

/** Looks a view through in one snapshot, the same on every engine. */
export async function examineView(snapshot: ViewSnapshot): Promise<ViewExamination> {
  const survey = await snapshot.survey();
  const stretch = await longestStretch(snapshot);
  if (stretch === null) return { ...survey, plans: [], sample: Buffer.alloc(0) };
  const page = new PageBuilder(sampleBytes, sampleRows);
  const first = stretch.where(null);
  const read = await snapshot.rows(first, stretch.orderBy, sampleRows, page);
  const last = await lastOf(read);
  const later = last === null ? [] : [stretch.where(last)];
  const plans: QueryPlan[] = [];
  for (const where of [first, ...later]) plans.push(await snapshot.plan(where, stretch.orderBy, sampleRows));
  return { ...survey, plans, sample: page.finish() };
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
