import { GuaritaError } from '../../../shared/errors.ts';
import type { Logger } from '../../../shared/log.ts';
import type { Pause } from '../../../shared/pause.ts';
import type { ViewDescription, ViewSource } from '../../../shared/sources/view-source.ts';
import type { Base } from '../../base/base.ts';
import {
  type Doubt,
  prepareView,
  refreshTarget,
  type ViewTarget,
} from '../../base/source-layer/source-schema.ts';
import type { FindTombstoneKey } from '../../base/source-layer/tombstones.ts';
import type { ViewCounts } from '../../state/runs.ts';
import type { CentralState } from '../../state/state.ts';
import type { Owed } from '../../state/view-states.ts';
import type { Patience } from '../patience.ts';
import { RemovalJudge, type ShrinkLimits } from './removal-judge.ts';

/** A run of a source: the same for each of its views. */
export interface SourceRun {
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
  readonly findTombstoneKey?: FindTombstoneKey;
  readonly limits?: ReconcileLimits;
}

export interface ReconcileLimits {
  /** Rows of one listing, so that it fits two pages of 4 MiB; each listing is one pass over the view. */
  readonly rowsPerListing: number;
  /** More listings than this, and reading the view by pages is cheaper. */
  readonly mostListings: number;
}

/** A view in its turn: as it was made room for, where to go on, what may be taken away, and whom to tell. */
export interface ViewTurn extends Patience {
  readonly source: ViewSource;
  readonly base: Base;
  readonly run: number;
  readonly maxRowBytes: number;
  readonly findTombstoneKey?: FindTombstoneKey;
  readonly limits?: ReconcileLimits;
  readonly target: ViewTarget;
  readonly judge: RemovalJudge;
  /** Where to go on; null reads the view from its start. */
  readonly cursor: string | null;
  /** Whether the view was read to the end before, and its cursor begins a cycle. */
  readonly complete: boolean;
  /**
   * Keeps the cursor of a page that the base has committed. `loads` counts the pages ever loaded into the view,
   * `complete` says that the cursor begins a new cycle.
   */
  readonly checkpoint: (cursor: string, loads: number, complete: boolean) => void;
  readonly onProgress: (counts: ViewCounts) => void;
  /** Each error of a cycle as it happens, also those that are tried again. */
  readonly onTrouble: (error: GuaritaError) => void;
  /** Told when a log has lost entries that nobody has read: before what the page has of it is loaded. */
  readonly onGap: () => void;
  /** Told when one key has more rows than an answer holds: how many were left out. */
  readonly onCut: (rows: number) => void;
}

/** Makes room for the view as it is now, and finds where to go on with it. Throws the doubts about it. */
export async function beginTurn(
  of: SourceRun,
  view: ViewDescription,
  onProgress: ViewTurn['onProgress'],
): Promise<ViewTurn> {
  const { name, base, log } = of;
  const target = await prepareView(base, name, view, (doubt) => believe(of, view.name, doubt));
  for (const notice of target.notices)
    log.warn({ source: name, view: view.name, notice }, 'the view has changed');
  return { ...turnOf(of, target), ...placeOf(of, target), onProgress };
}

/** The turn with what the base has by now: a cycle may have loaded much since it began. */
export async function refreshTurn(of: SourceRun, turn: ViewTurn): Promise<ViewTurn> {
  const target = await refreshTarget(of.base, turn.target);
  return { ...turn, target, judge: judgeOf(of, target) };
}

/** Writes down that the view is to be reconciled, whatever becomes of this run. */
export function owe({ name, state, log }: SourceRun, view: string, owed: Owed): void {
  log.warn({ source: name, view, reason: owed }, 'the view is to be reconciled');
  state.views.save(name, view, { owed });
}

/** True for what a person has accepted; throws the doubt otherwise, with what exactly is in doubt. */
export function believe({ name, state }: SourceRun, view: string, doubt: Doubt): true {
  const { code, detail, subject, columns } = doubt;
  if (state.attentions.accepted(name, view, code) === subject) return true;
  throw new GuaritaError(code, detail, {
    members: columns === undefined ? { subject } : { subject, columns },
  });
}

function turnOf(of: SourceRun, target: ViewTarget): Omit<ViewTurn, 'cursor' | 'complete' | 'onProgress'> {
  const { name, baseId, state, log, ...parts } = of;
  const view = target.view.name;
  return {
    ...parts,
    target,
    judge: judgeOf(of, target),
    checkpoint: (cursor, loads, complete) =>
      state.checkpoints.save(of.run, name, view, { base: baseId, cursor, loads, complete }),
    onTrouble: (error) => log.warn({ source: name, view, code: error.code, err: error }, 'view has trouble'),
    onFailure: ({ code }, seconds) =>
      log.info({ source: name, view, code, seconds }, 'the source does not answer yet'),
    onGap: () => owe(of, view, 'log-gap'),
    onCut: (rows) =>
      log.warn(
        { source: name, view, rows },
        'one key has more rows than an answer holds: these were left out',
      ),
  };
}

/**
 * The stored cursor, unless it stands for rows that this base does not hold: the base is another one, or was restored
 * to an earlier state. Then, or when there is none, the one that the base itself keeps: it is as old as its rows.
 */
function placeOf(of: SourceRun, target: ViewTarget): Pick<ViewTurn, 'cursor' | 'complete'> {
  const { name, baseId, state } = of;
  const view = target.view.name;
  // The last: a run that found it changed was killed before it had written down what is owed.
  if (target.epochChanged || target.schemaChanged || (target.cursor === null && target.loads > 0)) {
    owe(of, view, target.epochChanged ? 'epoch-changed' : 'schema-changed');
    return { cursor: null, complete: false };
  }
  const checkpoint = state.checkpoints.find(name, view);
  if (checkpoint?.base === baseId && checkpoint.loads <= target.loads) {
    return { cursor: checkpoint.cursor, complete: checkpoint.complete };
  }
  if (checkpoint === undefined && target.loads === 0) return { cursor: null, complete: false };
  owe(of, view, checkpoint === undefined ? 'checkpoint-lost' : 'base-changed');
  const { cursor, cycleComplete: complete, loads } = target;
  if (cursor !== null) state.checkpoints.save(of.run, name, view, { base: baseId, cursor, loads, complete });
  return { cursor, complete };
}

/**
 * What was marked since a run did all that was to be done is one loss with what is marked next: runs that fail would
 * otherwise mark as many as the limit says, each of them. Of what a person accepted, what is left of it counts.
 */
function judgeOf({ name, state, shrink }: SourceRun, target: ViewTarget): RemovalJudge {
  const view = target.view.name;
  const accepted = state.attentions.accepted(name, view, 'view-shrank');
  return new RemovalJudge(target.rows, shrink, {
    marked: state.views.find(name, view)?.marked ?? 0,
    accepted: Number(accepted ?? 0),
    waits: accepted === null && state.attentions.isOpen(name, view, 'view-shrank'),
    onMarked: (rows) => {
      state.views.mark(name, view, rows);
      state.attentions.spend(name, view, rows);
    },
  });
}
