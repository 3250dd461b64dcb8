import type { Base, Transaction } from '../../base/base.ts';
import { holdMark, type Mark, moveMark } from '../../base/national-layer/marks.ts';
import type { TypedView } from '../../base/national-layer/typed-views.ts';
import { storedSince, TypedLines, writeRows } from '../../base/national-layer/write-rows.ts';
import { changedStates } from '../../base/source-layer/changed-states.ts';
import { inSteps, type StepsOptions } from '../../base/steps.ts';
import type { Cleaning } from './cleaning.ts';
import { NewestTyper } from './newest-typer.ts';

/** As marks call the step. */
export const typingStep = 'tipo';

/** What a first step takes on: little for any table, and more than the least that there is (`step-size.ts`). */
const firstRows = 1000;
/** And the most: what a step has read, cleaned and not yet written is in memory. */
const mostRows = 10_000;

/** Of rows without a past. */
const none = new Map<string, never>();

/** Which view is typed, of what it has, and how; as a job in steps. */
export interface TypeOptions extends StepsOptions {
  readonly source: string;
  readonly view: TypedView;
  /** Columns of the dictionary that the view's table has, its key among them. */
  readonly columns: readonly string[];
  readonly cleaning: Cleaning;
}

/** What became of a view. */
export interface Typed {
  /** Rows of the source layer that were read. */
  readonly rows: number;
  /** False where the view was not read to its end once: it is treated when it was. */
  readonly ready: boolean;
  /** It came to its end for the first time in this version: its table is not what it was. */
  readonly filled: boolean;
}

/** Who holds it is the one who writes the rows of the view. */
export function markOf({ source, view, cleaning }: Pick<TypeOptions, 'source' | 'view' | 'cleaning'>): Mark {
  return { source, view: view.view.name, step: typingStep, version: cleaning.version };
}

/**
 * Cleans and types what moved in a view since the last time, in steps. Where it never came to the end in this version,
 * rows are made from all that they ever were; after that, from what they were since.
 */
export async function typeView(
  base: Base,
  { source, view, columns, cleaning, ...steps }: TypeOptions,
): Promise<Typed> {
  const mark = markOf({ source, view, cleaning });
  const typer = new NewestTyper({ source, view, columns, cleaning });
  let ready = true;
  let filled = false;
  let likelyNew = true;
  const step = async (tx: Transaction, most: number): Promise<number> => {
    const { change: after, complete, settled } = await holdMark(tx, mark);
    const known = complete ? (ids: readonly string[]) => storedSince(tx, view, source, ids) : null;
    const of = { source, view: mark.view, columns };
    const changed = await changedStates(tx, { ...of, after, settled, known, most });
    ready = changed !== null;
    if (changed === null) return 0;
    const typed = new TypedLines();
    let [read, last] = [0, after];
    for await (const { rows, known: stored, last: reached } of changed) {
      const typeRows = await typer.now(tx);
      typed.add(typeRows(rows, complete ? (stored ?? none) : null));
      [read, last] = [read + rows.length, reached];
    }
    const options = { source, fromNothing: !complete, likelyNew };
    likelyNew = await writeRows(tx, view, typed, options);
    const ends = read < most;
    filled ||= ends && !complete;
    await moveMark(tx, mark, { change: last, complete: complete || ends, settled: ends ? last : null });
    return read;
  };
  const { done } = await inSteps(base, step, {
    first: firstRows,
    largest: mostRows,
    ...steps,
  });
  return { rows: done, ready, filled };
}
