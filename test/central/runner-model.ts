import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { testFolder } from '../support/bases.ts';
import { minute, must, settle, sources, World } from './runner-world.ts';

type Step = (world: World) => Promise<void> | void;

const request = fc.record({
  kind: fc.constantFrom(
    ...(['collect', 'collect', 'reconcile', 'reconcile'] as const),
    ...(['treat', 'treat-full', 'treat-check'] as const),
  ),
  source: fc.constantFrom(...sources),
  view: fc.constantFrom(null, null, 'custodiado'),
  reason: fc.constantFrom(...(['schedule', 'asked', 'enrolled', 'decided', 'collected'] as const)),
  wait: fc.constantFrom(0, 0, 0, 5 * minute),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: request.map(
      ({ wait, ...what }): Step =>
        (w) =>
          w.ask({ ...what, due: w.clock.now() + wait }),
    ),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.nat(10),
        fc.constantFrom(
          'complete' as const,
          'complete' as const,
          'failed' as const,
          'needs-attention' as const,
        ),
      )
      .map(
        ([place, outcome]): Step =>
          (w) =>
            w.end(place, outcome),
      ),
  },
  {
    weight: 3,
    arbitrary: fc.integer({ min: 1, max: 40 }).map(
      (m): Step =>
        (w) =>
          w.pass(m * minute),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(10).map(
      (place): Step =>
        (w) =>
          w.cancel(place),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(10).map(
      (place): Step =>
        (w) =>
          w.giveUp(place),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map(
      (full): Step =>
        (w) =>
          w.fill(full),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(request, fc.constantFrom('complete' as const, 'failed' as const)).map(
      ([{ kind, source, view, reason }, outcome]): Step =>
        (w) =>
          w.command({ kind, source, view, reason, due: 0 }, outcome),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>((w) => w.kill()) },
  { weight: 1, arbitrary: fc.constant<Step>((w) => w.restart()) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: -90, max: 90 }).map(
      (m): Step =>
        (w) =>
          w.setClock(m * minute),
    ),
  },
);

/** Somebody asks for what is under way. Random steps come to that of one kind and source once in hundreds of cases. */
const askedBeside = (['treat', 'collect'] as const).map((kind): Step[] =>
  (['schedule', 'asked'] as const).map(
    (reason) => (w) => w.ask({ kind, source: 'AL', view: null, reason, due: w.clock.now() }),
  ),
);

/** Q1 to Q4 of `job-queue.ts`: nothing due is lost, nothing runs twice at once, nothing starves. */
export async function holdsQueueRules(t: Test, cases: number): Promise<void> {
  let made = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 3 }),
      async (steps, parallel) => {
        const world = new World(join(testFolder(t), String(made++)), parallel);
        await settle();
        for (const one of steps) {
          await one(world);
          await settle();
          must(world.faults.length === 0, world.faults.join());
        }
        await world.drain();
        must(world.faults.length === 0, world.faults.join());
      },
    ),
    { numRuns: cases, examples: askedBeside.map((steps) => [steps, 1]) },
  );
  t.ok(made >= cases);
}
