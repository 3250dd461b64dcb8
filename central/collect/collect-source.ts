import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import type { ProblemCode } from '../../shared/problems/catalogue.ts';
import type { SourceDescription, ViewDescription } from '../../shared/sources/view-source.ts';
import { isDoubt, isSourceDoubt } from '../state/attentions.ts';
import { noCounts, type ViewCounts, type ViewResult } from '../state/runs.ts';
import { patiently } from './patience.ts';
import { rememberFacts, runView, type ViewOutcome } from './view/run-view.ts';
import type { SourceRun } from './view/view-turn.ts';

export interface CollectSourceOptions extends SourceRun {
  /** Only this view; null for all. */
  readonly only: string | null;
  readonly onProgress: (progress: SourceProgress) => void;
}

/** How far a source's run is. */
export interface SourceProgress {
  readonly source: string;
  readonly view: string;
  readonly viewsDone: number;
  readonly views: number;
  readonly rows: number;
}

/**
 * `needs-attention`: a view waits for a person's decision, and nothing worse happened. `ended`: the agreement is over,
 * and nothing is asked of the source any more.
 */
export interface SourceResult {
  readonly source: string;
  readonly outcome: 'complete' | 'failed' | 'stopped' | 'needs-attention' | 'ended';
  /** The error that ended the source as a whole, or the first that ended a view. */
  readonly error: GuaritaError | null;
  readonly views: readonly ViewResult[];
}

/**
 * After these the other views of the source would fail alike: nothing more is asked of it in this run. `replica-behind`
 * is none of them: it may concern one view alone, of which more was read before than the replica has.
 */
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
  'agreement-missing',
  'agreement-suspended',
  'agreement-revoked',
  'certificate-unknown',
  'certificate-expired',
  'signature-missing',
  'signature-invalid',
  'signature-key-mismatch',
  'clock-skew',
  'response-unsigned',
  'state-unwritable',
  'base-unavailable',
  'journal-cut',
  'journal-forked',
]);

/**
 * Collects every view of a source, one after the other. A view that fails or waits for a decision does not stop the
 * next one. A view that the source cannot read, or names no longer, has failed: what the base holds of it grows old.
 */
export async function collectSource(options: CollectSourceOptions): Promise<SourceResult> {
  const { name, log, stop } = options;
  if (stop.aborted) return { source: name, outcome: 'stopped', error: null, views: [] };
  const results: ViewResult[] = [];
  let first: GuaritaError | null = null;
  let all = false;
  const record = ({ result, error }: ViewOutcome) => {
    results.push(result);
    options.state.runs.saveView(options.run, result);
    // What failed goes before what waits for a person: it may be worth another try.
    if (first === null || (isDoubt(first.code) && error !== null && !isDoubt(error.code))) first = error;
  };
  try {
    oweReconciliation(options);
    const description = await describe(options);
    const { views, behindSeconds = 0 } = description;
    const unreadable = unreadableViews(options, description);
    let done = 0;
    let rows = 0;
    for (const view of views) {
      if (stop.aborted) break;
      const report = (counts: ViewCounts) =>
        options.onProgress({
          ...{ source: name, view: view.name, viewsDone: done, views: views.length },
          rows: rows + counts.rows,
        });
      report(noCounts);
      const error = await collectOne(options, { view, behindSeconds }, report, record);
      rows += results.reduce((sum, result) => sum + (result.view === view.name ? result.rows : 0), 0);
      done++;
      report(noCounts);
      if (error !== null && endsSource.has(error.code)) break;
    }
    for (const [view, error] of unreadable) {
      if (stop.aborted) break;
      record(unsuccessful(options, view, 'collect', error));
      done++;
    }
    all = done === views.length + unreadable.size;
  } catch (error) {
    first = asGuaritaError(error);
    log.warn({ source: name, code: first.code, err: first }, 'source failed');
  }
  const failure: GuaritaError | null = first;
  const outcome = waits(failure, results) ? 'needs-attention' : outcomeOf(results, all, stop.aborted);
  return { source: name, outcome, error: failure, views: results };
}

/** The source as a whole waits for a person, and nothing worse happened. */
function waits(error: GuaritaError | null, results: readonly ViewResult[]): boolean {
  if (error === null || !isSourceDoubt(error.code)) return false;
  return results.every(({ outcome }) => outcome !== 'failed');
}

/** Before anything is asked of the source: what is owed must outlive a run that does not even reach it. */
function oweReconciliation({ name, state, reconcile, only }: CollectSourceOptions): void {
  if (!reconcile) return;
  state.views.owe(name, only, 'asked');
}

function outcomeOf(results: readonly ViewResult[], all: boolean, stopped: boolean): SourceResult['outcome'] {
  const some = (outcome: ViewResult['outcome']) => results.some((result) => result.outcome === outcome);
  if (some('failed') || !(all || stopped)) return 'failed';
  if (some('stopped') || !all) return 'stopped';
  return some('needs-attention') ? 'needs-attention' : 'complete';
}

/** The views that the run is about. Throws `view-not-granted` for a source without any, `view-unknown` for a name. */
async function describe(options: CollectSourceOptions): Promise<SourceDescription> {
  const { name, source, log, only } = options;
  const onFailure = ({ code }: GuaritaError, seconds: number) =>
    log.info({ source: name, code, seconds }, 'the source does not answer yet');
  const description = await patiently({ ...options, onFailure }, () => source.describe());
  if (description.views.length + description.broken.length === 0) {
    throw new GuaritaError('view-not-granted', 'A fonte não lista nenhuma visão.');
  }
  if (only === null) return description;
  const isMeant = (view: { name: string }) => view.name === only;
  const views = description.views.filter(isMeant);
  const broken = description.broken.filter(isMeant);
  if (views.length + broken.length === 0) throw new GuaritaError('view-unknown', `Visão "${only}".`);
  return { ...description, views, broken };
}

/** Gives the view its turn; returns the error that ended it, when one did. */
async function collectOne(
  options: CollectSourceOptions,
  { view, behindSeconds }: { readonly view: ViewDescription; readonly behindSeconds: number },
  onProgress: (counts: ViewCounts) => void,
  record: (outcome: ViewOutcome) => void,
): Promise<GuaritaError | null> {
  let error: GuaritaError | null = null;
  let part: ViewResult['kind'] = 'collect';
  try {
    await runView(options, view, {
      behindSeconds,
      onProgress,
      onPart: (kind) => {
        part = kind;
      },
      onOutcome: (outcome) => {
        error ??= outcome.error;
        record(outcome);
      },
    });
  } catch (thrown) {
    error = asGuaritaError(thrown);
    record(unsuccessful(options, view.name, part, error));
  }
  if (error === null || !endsSource.has(error.code)) await remember(options, view.name);
  return error;
}

/** What the status tells is no part of the work: when it cannot be had, the next run has it. */
async function remember(options: CollectSourceOptions, view: string): Promise<void> {
  try {
    await rememberFacts(options, view);
  } catch (error) {
    options.log.warn({ source: options.name, view, err: error }, 'the status of the view is not known');
  }
}

/**
 * A part of a view's turn that failed. One that is not to be believed without asking opens its doubt; one that was cut
 * short because the run is to stop has not failed.
 */
function unsuccessful(
  { name, run, state, log, stop }: CollectSourceOptions,
  view: string,
  kind: ViewResult['kind'],
  error: GuaritaError,
): ViewOutcome {
  log.warn({ source: name, view, code: error.code, err: error }, 'view has trouble');
  const result = { view, kind, ...noCounts, problem: error.code };
  if (stop.aborted && error.retry === 'later') {
    return { result: { ...result, problem: null, outcome: 'stopped' }, error: null };
  }
  if (!isDoubt(error.code)) return { result: { ...result, outcome: 'failed' }, error };
  // That of the whole source is open already.
  if (isSourceDoubt(error.code)) return { result: { ...result, outcome: 'needs-attention' }, error };
  const { subject = '', columns } = error.members;
  state.attentions.open(run, {
    ...{ source: name, view, code: error.code, detail: error.detail, subject: String(subject) },
    columns: Array.isArray(columns) ? columns : null,
  });
  return { result: { ...result, outcome: 'needs-attention' }, error };
}

/** The views that the source cannot read, and those that were collected before and are not even named any more. */
function unreadableViews(
  { name, state, only }: CollectSourceOptions,
  { views, broken }: SourceDescription,
): Map<string, GuaritaError> {
  const errors = new Map(broken.map((view) => [view.name, new GuaritaError(view.problem, view.detail)]));
  const named = new Set([...views.map((view) => view.name), ...errors.keys()]);
  for (const view of state.checkpoints.views(name)) {
    if (named.has(view) || only !== null) continue;
    const detail = `Visão "${view}" já foi coletada: a autorização não a traz mais, ou o estado a retirou.`;
    errors.set(view, new GuaritaError('view-unknown', detail));
  }
  return errors;
}
