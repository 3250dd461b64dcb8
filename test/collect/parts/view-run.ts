import * as fc from 'fast-check';
import type { Test } from 'tap';
import { type Trouble } from '../../../central/collect/view/view-run.ts';
import { later, no, restart } from '../view-run/events.ts';
import { Begin, Fetched, FetchFailed, Loaded, LoadFailed, Stop, Waited } from '../view-run/moves.ts';
import { outcomeOf, require, World } from '../view-run/world.ts';

export async function viewRuns(t: Test): Promise<void> {
  void t.test(
    'invariants R1 to R4 hold whatever happens in whatever order, and every run ends',
    async (t) => {
      const often = (trouble: Trouble, weight: number) => ({ arbitrary: fc.constant(trouble), weight });
      const trouble = fc.oneof(often(later, 8), often(restart, 1), often(no, 1));
      const events = [
        fc.constant(new Begin()),
        fc.constant(new Fetched()),
        fc.constant(new Fetched()),
        fc.constant(new Loaded()),
        fc.constant(new Loaded()),
        fc.constant(new Waited()),
        trouble.map((given) => new FetchFailed(given)),
        trouble.map((given) => new LoadFailed(given)),
        fc.oneof(
          { arbitrary: fc.constant(new Stop()), weight: 1 },
          { arbitrary: fc.constant(new Loaded()), weight: 9 },
        ),
      ];
      const ends = new Map<string, number>();
      fc.assert(
        fc.property(
          fc.commands(events, { maxCommands: 100, size: 'max' }),
          fc.integer({ min: 1, max: 12 }),
          (run, lastPage) => {
            const world = new World(lastPage);
            fc.modelRun(() => ({ model: world, real: {} }), run);
            finish(world);
            const kind = outcomeOf(world)?.kind ?? 'none';
            ends.set(kind, (ends.get(kind) ?? 0) + 1);
          },
        ),
        { numRuns: 2000 },
      );
      t.comment(Object.fromEntries(ends));
      for (const kind of ['complete', 'stopped', 'restart', 'failed']) {
        t.ok((ends.get(kind) ?? 0) > 20, `the sequences reach ${kind} often enough to say something`);
      }
    },
  );

  /** From wherever it is, a source and a base that work let the run end, in as many steps as there are pages. */
  function finish(world: World): void {
    const turns = [new Begin(), new Waited(), new Fetched(), new Loaded()];
    for (let left = 6 * world.lastPage + 6; !world.ended; left--) {
      require(left > 0, 'the run ends');
      const next = turns.find((turn) => turn.check(world));
      require(next !== undefined, `something is under way in ${world.state.name}`);
      next?.run(world);
    }
  }
}
