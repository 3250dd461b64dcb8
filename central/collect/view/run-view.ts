import { GuaritaError } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/log.ts';
import type { ViewDescription, ViewSource } from '../../../shared/sources/view-source.ts';
import type { Base } from '../../base/base.ts';
import { countOpen, openKeys } from '../../base/source-layer/quarantine.ts';
import {
  type Doubt,
  prepareView,
  readFacts,
  refreshTarget,
  type ViewTarget,
} from '../../base/source-layer/source-schema.ts';
import { isDoubt } from '../../state/attentions.ts';
import type { Pause } from '../backoff.ts';
import { collectView, type CollectViewResult } from './collect-view.ts';
import { type LookUpOptions, lookUp } from './look-up.ts';
import { type ReconcileLimits, reconcileView } from './reconcile-view.ts';
import { RemovalAllowance, type ShrinkLimits } from './removal-allowance.ts';
import type { ViewCounts, ViewResult } from '../../state/runs.ts';
import type { CentralState } from '../../state/state.ts';
import type { Owed } from '../../state/view-states.ts';

export interface RunViewOptions {
  /** Name of the source, e.g. `AL`. */
  readonly name: string;
  readonly source: ViewSource;
  readonly run: number;
  readonly base: Base;
  readonly baseId: string;
  readonly state: CentralState;
  readonly log: Logger;
  readonly stop: AbortSignal;
  readonly pause?: Pause;
  /** Reconcile also what does not owe it. */
  readonly reconcile: boolean;
  readonly shrink: ShrinkLimits;
  readonly maxRowBytes: number;
  readonly limits?: ReconcileLimits;
}

/** What was done to a view, or what kept it from being done. */
export interface ViewOutcome {
  readonly result: ViewResult;
  readonly error: GuaritaError | null;
}

interface Reporter {
  readonly onProgress: (counts: ViewCounts) => void;
  /** Called when a part begins: what is thrown from then on is about that part. */
  readonly onPart: (kind: ViewResult['kind']) => void;
  /** Called with each part as it ends, so that what is done is known even when the next part fails. */
  readonly onOutcome: (outcome: ViewOutcome) => void;
}

/** A view in its turn: as it was made room for, and what its run may take away. */
interface Turn {
  readonly target: ViewTarget;
  readonly allowance: RemovalAllowance;
  /** Where to go on; null reads the view from its start. */
  readonly cursor: string | null;
  /** Whether the view was read to the end before, and its cursor begins a cycle. */
  readonly complete: boolean;
}

/** Quarantined keys that are asked for again after each cycle. */
const mostRechecked = 20_000;

/**
 * One view's turn in a run: collect it by its mode, ask again for what is in quarantine, and reconcile it where that
 * is its increment, is asked for, or is owed. What is owed is written down first and struck out only when it is done,
 * whatever happens in between. Throws doubts (`central/state/attentions.ts`) and what makes the view impossible to load.
 */
export async function runView(
  options: RunViewOptions,
  described: ViewDescription,
  report: Reporter,
): Promise<void> {
  const started = new Date().toISOString();
  const { name, state } = options;
  const view = described.name;
  // Written down by the run already for the views that it knew; this one may be new.
  if (options.reconcile) state.views.save(name, view, { owed: 'asked' });
  let turn = await begin(options, described);
  const { mode } = turn.target.view;
  const isIncrement = mode === 'snapshot' && turn.complete;
  if (!isIncrement) {
    const collected = await collectAnew(options, turn, report.onProgress);
    ({ turn } = collected);
    report.onOutcome(await outcomeOf(options, turn, collected.result));
    if (collected.result.outcome.kind !== 'complete') return;
    state.views.save(name, view, { mode, collected: started });
  }
  if (isIncrement || (state.views.find(name, view)?.owed ?? null) !== null) {
    report.onPart('reconcile');
    const counts = await reconcile(options, await refresh(options, turn), report.onProgress);
    const result = { view, kind: 'reconcile' as const, problem: null, ...counts };
    if (options.stop.aborted)
      return report.onOutcome({ result: { ...result, outcome: 'stopped' }, error: null });
    const collected = isIncrement ? { mode, collected: started } : {};
    state.views.save(name, view, { ...collected, reconciled: started, owed: null });
    report.onOutcome({ result: { ...result, outcome: 'complete' }, error: null });
  }
  state.attentions.forget(name, view);
}

/** Keeps what the status tells of a view, after a run that may have failed. */
export async function rememberFacts(options: RunViewOptions, view: string): Promise<void> {
  const { name, base, state } = options;
  const rows = await readFacts(base, name, view);
  if (rows === null) return;
  const open = await countOpen(base, name);
  const quarantined = open.find((entry) => entry.view === view)?.open ?? 0;
  state.views.save(name, view, { rows, quarantined });
}

/** Makes room for the view as it is now, and finds where to go on with it. */
async function begin(options: RunViewOptions, view: ViewDescription): Promise<Turn> {
  const { name, base, log } = options;
  const target = await prepareView(base, name, view, (doubt) => believe(options, view.name, doubt));
  for (const notice of target.notices)
    log.warn({ source: name, view: view.name, notice }, 'the view has changed');
  const allowance = allowanceOf(options, target);
  // The second: a run that found it changed was killed before it had written down what is owed.
  if (target.epochChanged || target.schemaChanged || (target.cursor === null && target.loads > 0)) {
    owe(options, view.name, target.epochChanged ? 'epoch-changed' : 'schema-changed');
    return { target, allowance, cursor: null, complete: false };
  }
  return { target, allowance, ...placeOf(options, target) };
}

/**
 * The stored cursor, unless it stands for rows that this base does not hold: the base is another one, or was restored
 * to an earlier state. Then, or when there is none, the one that the base itself keeps: it is as old as its rows.
 */
function placeOf(options: RunViewOptions, target: ViewTarget): Pick<Turn, 'cursor' | 'complete'> {
  const { name, baseId, state } = options;
  const view = target.view.name;
  const checkpoint = state.checkpoints.find(name, view);
  if (checkpoint?.base === baseId && checkpoint.loads <= target.loads) {
    return { cursor: checkpoint.cursor, complete: checkpoint.complete };
  }
  if (checkpoint === undefined && target.loads === 0) return { cursor: null, complete: false };
  owe(options, view, checkpoint === undefined ? 'checkpoint-lost' : 'base-changed');
  const { cursor, cycleComplete: complete, loads } = target;
  if (cursor !== null) {
    state.checkpoints.save(options.run, name, view, { base: baseId, cursor, loads, complete });
  }
  return { cursor, complete };
}

/**
 * While a loss that a change log told waits for a decision, nothing more is taken away: each run would otherwise mark
 * some more of it. What a comparison finds is weighed as a whole each time.
 */
function allowanceOf({ name, state, shrink }: RunViewOptions, target: ViewTarget): RemovalAllowance {
  const accepted = state.attentions.accepted(name, target.view.name, 'view-shrank');
  const loss = accepted === null ? 0 : accepted === '' ? 'all' : Number(accepted);
  const waits = accepted === null && state.attentions.isOpen(name, target.view.name, 'view-shrank');
  if (waits && target.view.mode === 'changelog') return new RemovalAllowance(0, { share: 0, rows: 0 });
  return new RemovalAllowance(target.rows, shrink, loss);
}

/** The turn with what the base has by now: a cycle may have loaded much since it began. */
async function refresh(options: RunViewOptions, turn: Turn): Promise<Turn> {
  const target = await refreshTarget(options.base, turn.target);
  return { ...turn, target, allowance: allowanceOf(options, target) };
}

function owe({ name, state, log }: RunViewOptions, view: string, owed: Owed): void {
  log.warn({ source: name, view, reason: owed }, 'the view is to be reconciled');
  state.views.save(name, view, { owed });
}

/** True for what a person has accepted; throws the doubt otherwise, with what exactly is in doubt. */
function believe({ name, state }: RunViewOptions, view: string, { code, detail, subject }: Doubt): true {
  if (state.attentions.accepted(name, view, code) === subject) return true;
  throw new GuaritaError(code, detail, { members: { subject } });
}

/** A cycle; when the cursor no longer fits the source, one more from the start, of the view as it is now. */
async function collectAnew(
  options: RunViewOptions,
  turn: Turn,
  onProgress: (counts: ViewCounts) => void,
): Promise<{ turn: Turn; result: CollectViewResult }> {
  const { view } = turn.target;
  const first = await cycle(options, turn, onProgress);
  if (first.outcome.kind !== 'restart') return { turn, result: first };
  const { code } = first.outcome;
  const { views } = await options.source.describe();
  const described = views.find((candidate) => candidate.name === view.name);
  if (described === undefined) throw new GuaritaError('view-unknown', `View "${view.name}".`);
  if (code === 'epoch-changed') {
    // Also a bound that went back: then the epoch is the same, and the history is not.
    believe(options, view.name, { code, detail: first.error?.detail ?? '', subject: described.epoch });
  }
  if (code === 'epoch-changed' || code === 'schema-changed') owe(options, view.name, code);
  options.log.info({ source: options.name, view: view.name, code }, 'view is read anew');
  const now = { ...(await begin(options, described)), cursor: null };
  return { turn: now, result: await cycle(options, now, onProgress) };
}

async function cycle(
  options: RunViewOptions,
  turn: Turn,
  onProgress: (counts: ViewCounts) => void,
  movesCursor = true,
): Promise<CollectViewResult> {
  const { name, baseId, state, run, log } = options;
  const view = turn.target.view.name;
  return collectView({
    ...options,
    ...turn,
    movesCursor,
    checkpoint: (cursor, loads, complete) =>
      state.checkpoints.save(run, name, view, { base: baseId, cursor, loads, complete }),
    onProgress,
    onTrouble: (error) => log.warn({ source: name, view, code: error.code, err: error }, 'view has trouble'),
  });
}

/** What the cycle came to; a complete one has asked again for the rows in quarantine as well. */
async function outcomeOf(
  options: RunViewOptions,
  turn: Turn,
  { outcome, counts, error }: CollectViewResult,
): Promise<ViewOutcome> {
  const result = { view: turn.target.view.name, kind: 'collect' as const, ...counts };
  if (outcome.kind === 'failed' || outcome.kind === 'restart') {
    if (isDoubt(outcome.code)) throw error ?? new GuaritaError(outcome.code);
    return { result: { ...result, outcome: 'failed', problem: outcome.code }, error };
  }
  const rechecked = outcome.kind === 'complete' ? await recheckQuarantine(options, turn, counts) : counts;
  return { result: { ...result, ...rechecked, outcome: outcome.kind, problem: null }, error: null };
}

function lookUpOptions(options: RunViewOptions, turn: Turn): LookUpOptions {
  const { name, log } = options;
  const view = turn.target.view.name;
  const onFailure: LookUpOptions['onFailure'] = ({ code }, seconds) =>
    log.info({ source: name, view, code, seconds }, 'the source does not answer yet');
  const onCut = (rows: number) =>
    log.warn({ source: name, view, rows }, 'one key has more rows than an answer holds: these were left out');
  return { ...options, ...turn, onFailure, onCut };
}

/** A row may be mended without its watermark moving: each cycle asks again for those in quarantine. */
async function recheckQuarantine(
  options: RunViewOptions,
  turn: Turn,
  counts: ViewCounts,
): Promise<ViewCounts> {
  const keys = await openKeys(options.base, turn.target, mostRechecked);
  if (keys.length === 0) return counts;
  const { quarantined } = counts;
  // Those that are bad still were counted by the run that met them.
  return { ...(await lookUp(lookUpOptions(options, turn), keys, counts)), quarantined };
}

/** Reconciles; where most of the view differs, after reading it anew by pages, which is cheaper. */
async function reconcile(
  options: RunViewOptions,
  turn: Turn,
  onProgress: (counts: ViewCounts) => void,
): Promise<ViewCounts> {
  const first = await reconcileView({ ...lookUpOptions(options, turn), onProgress });
  if (first.kind !== 'read-anew') return first.counts;
  const { outcome, error, counts } = await cycle(options, { ...turn, cursor: null }, onProgress, false);
  if (outcome.kind === 'stopped') return counts;
  if (outcome.kind !== 'complete') throw error ?? new GuaritaError(outcome.code);
  const now = await refresh(options, turn);
  const second = await reconcileView({ ...lookUpOptions(options, now), onProgress, always: true });
  if (second.kind === 'read-anew') throw new GuaritaError('internal', 'It differs still.');
  return {
    ...second.counts,
    new: counts.new + second.counts.new,
    changed: counts.changed + second.counts.changed,
    seconds: counts.seconds + second.counts.seconds,
  };
}
