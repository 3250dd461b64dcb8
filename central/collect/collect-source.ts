import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import type { ProblemCode } from '../../shared/protocol/problems.ts';
import type { SourceDescription, ViewDescription, ViewSource } from '../../shared/sources/view-source.ts';
import type { Base } from '../base/base.ts';
import { prepareView, type ViewTarget } from '../base/source-schema.ts';
import { backoffSeconds, pause, type Pause } from './backoff.ts';
import type { Checkpoints, ViewCounts, ViewResult } from './checkpoints.ts';
import { collectView, type CollectViewResult } from './collect-view.ts';
import { maxFailures } from './view-run.ts';

export interface CollectSourceOptions {
  /** Name of the source, e.g. `AL`. */
  readonly name: string;
  readonly source: ViewSource;
  readonly run: number;
  readonly base: Base;
  readonly baseId: string;
  readonly checkpoints: Checkpoints;
  readonly log: Logger;
  readonly stop: AbortSignal;
  readonly onProgress: (progress: SourceProgress) => void;
  readonly pause?: Pause;
}

/** How far a source's run is. */
export interface SourceProgress {
  readonly source: string;
  readonly view: string;
  readonly viewsDone: number;
  readonly views: number;
  readonly rows: number;
}

export interface SourceResult {
  readonly source: string;
  readonly outcome: 'complete' | 'failed' | 'stopped';
  /** The error that ended the source as a whole, or the first that ended a view. */
  readonly error: GuaritaError | null;
  readonly views: readonly ViewResult[];
}

const noCounts: ViewCounts = { rows: 0, new: 0, changed: 0, unchanged: 0, seconds: 0 };

/** After these the other views of the source would fail alike: nothing more is asked of it in this run. */
const endsSource: ReadonlySet<ProblemCode> = new Set([
  'agent-unreachable',
  'agent-timeout',
  'source-unavailable',
  'source-login-refused',
  'source-writable',
  'grant-missing',
  'grant-invalid',
  'grant-not-yet-valid',
  'grant-expired',
  'signature-missing',
  'signature-invalid',
  'signature-key-mismatch',
  'clock-skew',
  'response-unsigned',
  'state-unwritable',
  'base-unavailable',
]);

/**
 * Collects every view of a source, one after the other. A view that fails does not stop the next one. A view that
 * the source cannot read, or names no longer, has failed: what the base holds of it grows old.
 */
export async function collectSource(options: CollectSourceOptions): Promise<SourceResult> {
  const { name, log, stop } = options;
  if (stop.aborted) return { source: name, outcome: 'stopped', error: null, views: [] };
  const results: ViewResult[] = [];
  let first: GuaritaError | null = null;
  let complete = false;
  const record = ({ result, error }: CollectedView) => {
    results.push(result);
    options.checkpoints.saveView(options.run, result);
    first ??= error;
  };
  try {
    const description = await describePatiently(options);
    const { views } = description;
    if (views.length + description.broken.length === 0) {
      throw new GuaritaError('view-not-granted', 'The source lists no view.');
    }
    const unreadable = unreadableViews(options, description);
    let rows = 0;
    for (const view of views) {
      if (stop.aborted) break;
      const report = (counts: ViewCounts) =>
        options.onProgress({
          source: name,
          view: view.name,
          viewsDone: results.length,
          views: views.length,
          rows: rows + counts.rows,
        });
      report(noCounts);
      const collected = await collectOne(options, view, report);
      record(collected);
      const { result, error } = collected;
      rows += result.rows;
      report(noCounts);
      if (error !== null && endsSource.has(error.code)) break;
    }
    for (const [view, error] of unreadable) {
      if (stop.aborted) break;
      record(failedView(options, view, error));
    }
    complete =
      results.length === views.length + unreadable.size &&
      results.every(({ outcome }) => outcome === 'complete');
  } catch (error) {
    first = asGuaritaError(error);
    log.warn({ source: name, code: first.code, err: first }, 'source failed');
  }
  const stopped = stop.aborted && results.every((result) => result.outcome !== 'failed');
  const outcome = complete ? 'complete' : stopped ? 'stopped' : 'failed';
  return { source: name, outcome, error: first, views: results };
}

interface CollectedView {
  readonly result: ViewResult;
  readonly error: GuaritaError | null;
}

async function collectOne(
  options: CollectSourceOptions,
  view: ViewDescription,
  onProgress: (counts: ViewCounts) => void,
): Promise<CollectedView> {
  try {
    const { outcome, counts, error } = await collectAnew(options, view, onProgress);
    const failed = outcome.kind === 'failed' || outcome.kind === 'restart';
    const problem = failed ? outcome.code : null;
    const kind = failed ? 'failed' : outcome.kind;
    return { result: { view: view.name, ...counts, outcome: kind, problem }, error: failed ? error : null };
  } catch (error) {
    return failedView(options, view.name, asGuaritaError(error));
  }
}

function failedView(options: CollectSourceOptions, view: string, error: GuaritaError): CollectedView {
  logTrouble(options, view, error);
  return { result: { view, ...noCounts, outcome: 'failed', problem: error.code }, error };
}

/** The views that the source cannot read, and those that were collected before and are not even named any more. */
function unreadableViews(
  { name, checkpoints }: CollectSourceOptions,
  { views, broken }: SourceDescription,
): Map<string, GuaritaError> {
  const errors = new Map(broken.map((view) => [view.name, new GuaritaError(view.problem, view.detail)]));
  const named = new Set([...views.map((view) => view.name), ...errors.keys()]);
  for (const view of checkpoints.views(name)) {
    if (named.has(view)) continue;
    const detail = `View "${view}" was collected before: the grant no longer names it, or the state dropped it.`;
    errors.set(view, new GuaritaError('view-unknown', detail));
  }
  return errors;
}

/** One cycle; when the cursor no longer fits the source, one more from the start, of the view as it is now. */
async function collectAnew(
  options: CollectSourceOptions,
  described: ViewDescription,
  onProgress: (counts: ViewCounts) => void,
): Promise<CollectViewResult> {
  const first = await cycle(options, described, onProgress, false);
  if (first.outcome.kind !== 'restart') return first;
  options.log.info(
    { source: options.name, view: described.name, code: first.outcome.code },
    'view is read anew',
  );
  const { views } = await options.source.describe();
  const view = views.find((candidate) => candidate.name === described.name);
  if (view === undefined) throw new GuaritaError('view-unknown', `View "${described.name}".`);
  return cycle(options, view, onProgress, true);
}

async function cycle(
  options: CollectSourceOptions,
  view: ViewDescription,
  onProgress: (counts: ViewCounts) => void,
  anew: boolean,
): Promise<CollectViewResult> {
  const { name, base, baseId, checkpoints, run, source, stop, log } = options;
  const seam = options.pause === undefined ? {} : { pause: options.pause };
  const target = await prepareView(base, name, view);
  for (const notice of target.notices)
    log.warn({ source: name, view: view.name, notice }, 'the view has changed');
  return collectView({
    source,
    base,
    target,
    stop,
    ...seam,
    cursor: anew ? null : usableCursor(options, target),
    checkpoint: (cursor, loads) => checkpoints.save(run, name, view.name, { base: baseId, cursor, loads }),
    onProgress,
    onTrouble: (error) => logTrouble(options, view.name, error),
  });
}

/**
 * The stored cursor, unless it stands for rows that this base does not hold: the base is another one, or was
 * restored to an earlier state. Then the view is read from its start; rows that are there cost no write.
 */
function usableCursor(
  { name, baseId, checkpoints, log }: CollectSourceOptions,
  target: ViewTarget,
): string | null {
  const checkpoint = checkpoints.find(name, target.view.name);
  if (checkpoint === undefined) return null;
  if (checkpoint.base === baseId && checkpoint.loads <= target.loads) return checkpoint.cursor;
  log.warn(
    { source: name, view: target.view.name },
    'the checkpoint is ahead of the base: the view is read anew',
  );
  return null;
}

/** The description, tried again as often as a page would be. */
async function describePatiently(options: CollectSourceOptions): Promise<SourceDescription> {
  const { name, source, log, stop } = options;
  for (let failures = 1; ; failures++) {
    try {
      return await source.describe();
    } catch (error) {
      const known = asGuaritaError(error);
      if (known.retry !== 'later' || failures >= maxFailures || stop.aborted) throw known;
      const seconds = backoffSeconds(failures, known.retryAfterSeconds ?? 0, Math.random());
      log.info({ source: name, code: known.code, seconds }, 'the source does not answer yet');
      await (options.pause ?? pause)(seconds * 1000, stop);
      if (stop.aborted) throw known;
    }
  }
}

function logTrouble({ name, log }: CollectSourceOptions, view: string, error: GuaritaError): void {
  log.warn({ source: name, view, code: error.code, err: error }, 'view has trouble');
}
