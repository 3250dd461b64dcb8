import { hash } from 'node:crypto';
import { GuaritaError } from '../../../shared/errors.ts';
import type { ViewDescription } from '../../../shared/sources/view-source.ts';
import { ensureChangeIndex } from '../../base/source-layer/change-index.ts';
import { countOpen, openKeys } from '../../base/source-layer/quarantine.ts';
import { readFacts } from '../../base/source-layer/source-schema.ts';
import { isDoubt } from '../../state/attentions.ts';
import { noCounts, type ViewCounts, type ViewResult } from '../../state/runs.ts';
import { type CollectViewResult, collectView } from './collect-view.ts';
import { type Keys, lookUp } from './look-up.ts';
import { reconcileView } from './reconcile-view.ts';
import type { Place } from './view-run.ts';
import { beginTurn, believe, owe, refreshTurn, type SourceRun, type ViewTurn } from './view-turn.ts';
import { lossOfPages } from './weigh-pages.ts';

/** What was done to a view, or what kept it from being done. */
export interface ViewOutcome {
  readonly result: ViewResult;
  readonly error: GuaritaError | null;
}

interface Turn {
  /** By how much what the source has may be older than now. */
  readonly behindSeconds: number;
  readonly onProgress: (counts: ViewCounts) => void;
  /** Called when a part begins: what is thrown from then on is about that part. */
  readonly onPart: (kind: ViewResult['kind']) => void;
  /** Called with each part as it ends, so that what is done is known even when the next part fails. */
  readonly onOutcome: (outcome: ViewOutcome) => void;
}

/** Quarantined keys that are asked for again after each cycle. */
const mostRechecked = 20_000;

/**
 * One view's turn in a run: collect it by its mode, ask again for what is in quarantine, and reconcile it where that
 * is its increment, is asked for, or is owed. What is owed is written down first and struck out only when it is done,
 * whatever happens in between. Throws doubts (`central/state/attentions.ts`) and what makes the view impossible to load.
 */
export async function runView(of: SourceRun, described: ViewDescription, report: Turn): Promise<void> {
  const now = Date.now();
  const started = new Date(now).toISOString();
  // What the state did before that, the base has then.
  const asOf = new Date(now - report.behindSeconds * 1000).toISOString();
  const { name, state } = of;
  const view = described.name;
  // Written down by the run already for the views that it knew; this one may be new.
  if (of.reconcile) state.views.save(name, view, { owed: 'asked' });
  let turn = await beginTurn(of, described, report.onProgress);
  const { mode } = turn.target.view;
  const isIncrement = mode === 'snapshot' && turn.complete;
  if (!isIncrement) {
    const collected = await collectAnew(of, turn);
    ({ turn } = collected);
    const cycle = await weighed(of, turn, collected.result);
    report.onOutcome(await outcomeOf(of, turn, cycle));
    if (cycle.outcome.kind !== 'complete') return;
    state.views.save(name, view, { mode, collected: asOf });
  }
  await indexChanges(of, turn);
  if (isIncrement || (state.views.find(name, view)?.owed ?? null) !== null) {
    report.onPart('reconcile');
    const counts = await reconcile(of, await refreshTurn(of, turn));
    const result = { view, kind: 'reconcile' as const, problem: null, ...counts };
    if (turn.stop.aborted)
      return report.onOutcome({ result: { ...result, outcome: 'stopped' }, error: null });
    const collected = isIncrement ? { mode, collected: asOf } : {};
    state.views.save(name, view, { ...collected, reconciled: started, owed: null });
    report.onOutcome({ result: { ...result, outcome: 'complete' }, error: null });
  }
  state.views.save(name, view, { marked: 0 });
  state.attentions.forget(name, view);
}

/**
 * Not before the view was read to its end: a first load would pay for it row by row. What keeps it from being made keeps
 * nothing else from being done: what reads by it says that it is not there.
 */
async function indexChanges({ name, base, stop, log }: SourceRun, { target }: ViewTurn): Promise<void> {
  const view = target.view.name;
  try {
    if (await ensureChangeIndex(base, target, stop)) return;
    log.info({ source: name, view }, 'the index over changes is left to the next run');
  } catch (error) {
    log.warn({ source: name, view, err: error }, 'the index over changes cannot be made');
  }
}

/** Keeps what the status tells of a view, after a run that may have failed. */
export async function rememberFacts({ name, base, state }: SourceRun, view: string): Promise<void> {
  const rows = await readFacts(base, name, view);
  if (rows === null) return;
  const open = await countOpen(base, name);
  const quarantined = open.find((entry) => entry.view === view)?.open ?? 0;
  state.views.save(name, view, { rows, quarantined });
}

/** A cycle; when the cursor no longer fits the source, one more from the start, of the view as it is now. */
async function collectAnew(
  of: SourceRun,
  turn: ViewTurn,
): Promise<{ turn: ViewTurn; result: CollectViewResult }> {
  const { view } = turn.target;
  const first = await collectView(turn);
  if (first.outcome.kind !== 'restart') return { turn, result: first };
  const { code } = first.outcome;
  const { views } = await of.source.describe();
  const described = views.find((candidate) => candidate.name === view.name);
  if (described === undefined) throw new GuaritaError('view-unknown', `Visão "${view.name}".`);
  if (code === 'epoch-changed') {
    const subject = historyOf(described.epoch, turn, first.at);
    believe(of, view.name, { code, detail: first.error?.detail ?? '', subject });
  }
  if (code === 'epoch-changed' || code === 'schema-changed') owe(of, view.name, code);
  of.log.info({ source: of.name, view: view.name, code }, 'view is read anew');
  const now = { ...(await beginTurn(of, described, turn.onProgress)), cursor: null };
  const again = await collectView(now);
  if (again.outcome.kind === 'restart' && again.outcome.code === 'epoch-changed') {
    const { detail = '', members } = again.error ?? {};
    const subject = members?.['subject'] ?? historyOf(described.epoch, now, again.at);
    throw new GuaritaError('epoch-changed', detail, { members: { subject } });
  }
  return { turn: now, result: again };
}

/**
 * The history that is in doubt. A bound that went back leaves the epoch as it is: then it is the one that ends before
 * what was read, and when more was read of it, another one.
 */
function historyOf(epoch: string, { target }: ViewTurn, { committed }: Place): string {
  return epoch === target.view.epoch ? `${epoch} ${hash('sha256', String(committed), 'hex')}` : epoch;
}

/**
 * What came of a cycle that met more removed rows than it may mark: what there is of them up to its end is weighed as
 * a whole, so that a person is asked once and about all of it. Where they are not too many, after all, it goes on.
 */
async function weighed(of: SourceRun, turn: ViewTurn, cycle: CollectViewResult): Promise<CollectViewResult> {
  const { outcome, at } = cycle;
  if (outcome.kind !== 'failed' || outcome.code !== 'view-shrank') return cycle;
  const lost = await lossOfPages(turn, at);
  const { target } = await refreshTurn(of, turn);
  turn.judge.weigh(lost, target.rows);
  const rest = await collectView({ ...turn, target, cursor: at.committed });
  return { ...rest, counts: sumOf(cycle.counts, rest.counts) };
}

function sumOf(one: ViewCounts, other: ViewCounts): ViewCounts {
  const names = Object.keys(noCounts) as (keyof ViewCounts)[];
  return { ...one, ...Object.fromEntries(names.map((name) => [name, one[name] + other[name]])) };
}

/** What the cycle came to; a complete one has asked again for the rows in quarantine as well. */
async function outcomeOf(
  of: SourceRun,
  turn: ViewTurn,
  { outcome, counts, error }: CollectViewResult,
): Promise<ViewOutcome> {
  const result = { view: turn.target.view.name, kind: 'collect' as const, ...counts };
  if (outcome.kind === 'failed' || outcome.kind === 'restart') {
    if (isDoubt(outcome.code)) throw error ?? new GuaritaError(outcome.code);
    return { result: { ...result, outcome: 'failed', problem: outcome.code }, error };
  }
  const rechecked = outcome.kind === 'complete' ? await recheckQuarantine(of, turn, counts) : counts;
  return { result: { ...result, ...rechecked, outcome: outcome.kind, problem: null }, error: null };
}

/**
 * A row may be mended without its watermark moving: each cycle asks again for those in quarantine. Where more of them
 * are gone than may be marked, it is for a reconciliation to weigh that.
 */
async function recheckQuarantine(of: SourceRun, turn: ViewTurn, counts: ViewCounts): Promise<ViewCounts> {
  const keys = await openKeys(turn.base, turn.target, mostRechecked);
  if (keys.length === 0) return counts;
  const gone: Keys[number][] = [];
  const onGone = (named: Keys) => {
    for (const key of named) gone.push(key);
  };
  // Those that are bad still were counted by the run that met them.
  const { quarantined, forgotten } = counts;
  const known = { quarantined, forgotten };
  const seen = { ...(await lookUp(turn, keys, counts, onGone)), ...known };
  if (gone.length <= turn.judge.left) return { ...(await lookUp(turn, gone, seen)), ...known };
  owe(of, turn.target.view.name, 'rows-gone');
  return seen;
}

/** Reconciles; where most of the view differs, after reading it anew by pages, which is cheaper. */
async function reconcile(of: SourceRun, turn: ViewTurn): Promise<ViewCounts> {
  const first = await reconcileView(turn);
  if (first.kind !== 'read-anew') return first.counts;
  const { outcome, error, counts } = await collectView({ ...turn, cursor: null }, false);
  if (outcome.kind === 'stopped') return counts;
  if (outcome.kind !== 'complete') throw error ?? new GuaritaError(outcome.code);
  const second = await reconcileView(await refreshTurn(of, turn), true);
  if (second.kind === 'read-anew') throw new GuaritaError('internal', 'Ainda difere.');
  return {
    ...second.counts,
    new: counts.new + second.counts.new,
    changed: counts.changed + second.counts.changed,
    seconds: counts.seconds + second.counts.seconds,
  };
}
