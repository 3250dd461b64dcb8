import pLimit from 'p-limit';
import type { Base } from '../../base/base.ts';
import { analyzeFilled } from '../../base/national-layer/analyze.ts';
import type { ViewToTreat } from '../../base/national-layer/treated-sources.ts';
import { typedView, typedViews } from '../../base/national-layer/typed-views.ts';
import type { StepsOptions } from '../../base/steps.ts';
import type { Troubles } from '../trouble.ts';
import { withEach } from '../with-each.ts';
import type { Cleaning } from './cleaning.ts';
import { followAssignments } from './follow-assignments.ts';
import { retypeRows } from './retype-rows.ts';
import { typeView } from './type-view.ts';

/** What became of a view. */
export interface TypedViewResult {
  readonly view: string;
  /** Rows of the source layer that were read. */
  readonly rows: number;
  /**
   * `not-ready`: it was not read to its end yet; `own`: the dictionary has no such view; `other-key`: its key is not the
   * dictionary's, so that nothing could refer to its rows.
   */
  readonly outcome: 'typed' | 'not-ready' | 'own' | 'other-key' | 'failed';
  /** Of one that failed, the code of the problem. */
  readonly problem: string | null;
}

/** How the views of a source are typed. */
export interface TypeSourceOptions {
  readonly cleaning: Cleaning;
  readonly signal: AbortSignal | undefined;
  readonly troubles: Troubles;
  /** How the steps of a view are done. */
  readonly steps: (view: string) => StepsOptions;
}

/** Cleans and types all views of a source, some at once; one that fails does not stop the others. */
export async function typeSource(
  base: Base,
  source: string,
  views: readonly ViewToTreat[],
  { cleaning, signal, troubles, steps }: TypeSourceOptions,
): Promise<TypedViewResult[]> {
  await followAssignments(base, source, views, { signal });
  const filled = new Set<string>();
  const typeOne = async ({ view: name, key, columns }: ViewToTreat): Promise<TypedViewResult> => {
    const nothing = { view: name, rows: 0, problem: null };
    const view = typedView(name);
    if (view === undefined) return { ...nothing, outcome: 'own' };
    if (key.join() !== view.view.key.join()) return { ...nothing, outcome: 'other-key' };
    try {
      const options = { ...steps(name), source, view, columns, cleaning };
      const { rows, ready, filled: anew } = await typeView(base, options);
      if (anew) filled.add(view.table);
      if (!ready) return { ...nothing, outcome: 'not-ready' };
      return { view: name, rows: rows + (await retypeRows(base, options)), outcome: 'typed', problem: null };
    } catch (error) {
      return { ...nothing, outcome: 'failed', problem: troubles.problemOf(source, name, error) };
    }
  };
  const typed = await withEach(pLimit(base.atOnce), inOrder(views), typeOne);
  await analyzeFilled(base, [...new Set(typedViews.map(({ table }) => table))], filled, { signal });
  return typed;
}

/** As the dictionary has them, what it does not know last. */
function inOrder(views: readonly ViewToTreat[]): ViewToTreat[] {
  const place = (name: string) => typedViews.findIndex(({ view }) => view.name === name) >>> 0;
  return views.toSorted((a, b) => place(a.view) - place(b.view));
}
