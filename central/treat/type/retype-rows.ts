import type { Base, Transaction } from '../../base/base.ts';
import { takeAgain } from '../../base/national-layer/code-maps.ts';
import { holdMark } from '../../base/national-layer/marks.ts';
import { TypedLines, writeRows } from '../../base/national-layer/write-rows.ts';
import { statesOf } from '../../base/source-layer/changed-states.ts';
import { inSteps } from '../../base/steps.ts';
import { NewestTyper } from './newest-typer.ts';
import { markOf, type TypeOptions } from './type-view.ts';

/** Types rows again that the source did not change, with all that they ever were. Returns how many. */
export async function retypeRows(
  base: Base,
  { source, view, columns, cleaning, ...steps }: TypeOptions,
): Promise<number> {
  const typer = new NewestTyper({ source, view, columns, cleaning });
  const step = async (tx: Transaction, most: number): Promise<number> => {
    // Whoever types what moved meanwhile would be overwritten with what the rows were.
    await holdMark(tx, markOf({ source, view, cleaning }));
    const ids = await takeAgain(tx, source, view.view.name, most);
    if (ids.length === 0) return 0;
    const rows = await statesOf(tx, { source, view: view.view.name, columns, ids });
    const typeRows = await typer.now(tx);
    const typed = new TypedLines();
    typed.add(typeRows(rows, null));
    await writeRows(tx, view, typed, { source, fromNothing: false, likelyNew: false });
    return ids.length;
  };
  const { done } = await inSteps(base, step, steps);
  return done;
}
