import * as fc from 'fast-check';
import type { Test } from 'tap';
import { firstAmount, mostAmount, nextAmount, StepSize } from '../../../central/base/step-size.ts';
import { randomFrom } from '../../../central/treat/link/train/random.ts';

const amounts = fc.integer({ min: 1, max: mostAmount });
const milliseconds = fc.double({ min: 0, max: 1e9, noNaN: true });
const targets = fc.constantFrom(100, 1000);

/** How much a step of a long job does: decided from figures alone, so tested with any figures. */
export async function stepSizes(t: Test): Promise<void> {
  void t.test('it is never nothing and never without bounds, whatever a step did and took', (t) => {
    fc.assert(
      fc.property(amounts, amounts, milliseconds, targets, (amount, done, took, target) => {
        const next = nextAmount(amount, done, took, target);
        return Number.isInteger(next) && next >= 1 && next <= Math.min(mostAmount, 2 * amount);
      }),
    );
    t.end();
  });

  void t.test('too slow, and the next one does less, at once as much as would have fitted', (t) => {
    fc.assert(
      fc.property(amounts, targets, fc.double({ min: 1, max: 1e6, noNaN: true }), (amount, target, times) => {
        const fitting = Math.max(1, Math.floor((amount * target) / (target * times)));
        return nextAmount(amount, amount, target * times, target) === fitting;
      }),
    );
    t.end();
  });

  void t.test('in time, and the next one does no less', (t) => {
    fc.assert(
      fc.property(amounts, targets, fc.double({ min: 0, max: 1, noNaN: true }), (amount, target, share) => {
        return nextAmount(amount, amount, target * share, target) >= amount;
      }),
    );
    t.end();
  });

  void t.test('it settles, from anywhere, for costs that grow with the amount up to its square', (t) => {
    const costs = fc.record({
      /** Of a step, whatever it does, as a share of the target. */
      fixed: fc.double({ min: 0, max: 0.5, noNaN: true }),
      /** How many units fit. */
      fitting: fc.double({ min: 1, max: mostAmount, noNaN: true }),
      power: fc.double({ min: 1, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(amounts, targets, costs, (start, target, { fixed, fitting, power }) => {
        const cost = (amount: number) => target * (fixed + (1 - fixed) * (amount / fitting) ** power);
        let amount = start;
        for (let step = 0; step < 100; step++) amount = nextAmount(amount, amount, cost(amount), target);
        // Give or take one unit, which of few is much.
        const [less, more] = [cost(amount - 1) / target, cost(amount + 1) / target];
        return less <= 1.01 && more >= Math.min(0.99, amount / (amount + 1));
      }),
      { numRuns: 1000 },
    );
    t.end();
  });

  void t.test('a cost that grows tenfold is too much for one step', (t) => {
    let amount = firstAmount;
    const took: number[] = [];
    for (let step = 0; step < 40; step++) {
      const milliseconds = amount * (step < 20 ? 0.1 : 1);
      took.push(milliseconds);
      amount = nextAmount(amount, amount, milliseconds, 100);
    }
    t.ok(took[19] !== undefined && took[19] > 95 && took[19] <= 101);
    t.strictSame(
      took.map((milliseconds, step) => (milliseconds > 105 ? step : null)).filter((step) => step !== null),
      [20],
    );
    t.end();
  });

  void t.test(
    'a job ends in about its time, whatever its steps take besides their work, and however unevenly',
    (t) => {
      const jobs = fc.record({
        target: targets,
        /** Of a step, whatever it does, in targets. */
        fixed: fc.double({ min: 0, max: 20, noNaN: true }),
        /** How many units fit a target. */
        fitting: fc.integer({ min: 1, max: 10_000 }),
        first: fc.integer({ min: 1, max: 10_000 }),
        uneven: fc.constantFrom(0, 0.1, 0.25),
        seed: fc.integer(),
      });
      fc.assert(
        fc.property(jobs, ({ target, fixed, fitting, first, uneven, seed }) => {
          const random = randomFrom(seed);
          const size = new StepSize(target, { first });
          const cost = (amount: number) => target * (fixed + amount / fitting);
          // The largest step that it should do, and a job of a thousand of them.
          const best = Math.min(mostAmount, Math.max(1, Math.floor(fitting * Math.max(fixed, 1 - fixed))));
          let left = 1000 * best;
          let milliseconds = 0;
          while (left > 0) {
            const done = Math.min(size.next, left);
            const took = cost(done) * (1 + uneven * (2 * random() - 1));
            left -= done;
            milliseconds += took;
            size.took(done, took);
          }
          return milliseconds <= 2 * 1000 * cost(best);
        }),
        { numRuns: 200 },
      );
      t.end();
    },
  );

  void t.test(
    'what a step takes for its work alone fits the target, and one in four at most does half of it',
    (t) => {
      const size = new StepSize(100);
      const did: number[] = [];
      for (let step = 0; step < 41; step++) {
        did.push(size.next);
        size.took(size.next, size.next * 30);
      }
      const [, ...later] = did;
      t.strictSame(new Set(later), new Set([3, 2]));
      t.ok(later.filter((amount) => amount === 2).length <= 10);
      t.end();
    },
  );

  void t.test('one step that is held up for fifty times the target leaves none that take as long', (t) => {
    for (let held = 5; held < 60; held++) {
      const size = new StepSize(100);
      const took: number[] = [];
      for (let step = 0; step < 120; step++) {
        const work = size.next * 0.1;
        if (step > held) took.push(work);
        size.took(size.next, step === held ? work + 5000 : work);
      }
      t.ok(Math.max(...took) < 700, `step ${held}`);
      t.ok(Math.max(...took.slice(-10)) <= 101, 'and soon all are as they were');
    }
    t.end();
  });

  void t.test('what a job holds in memory bounds its steps, at any cost', (t) => {
    fc.assert(
      fc.property(amounts, fc.array(fc.double({ min: 0, max: 1e6, noNaN: true })), (largest, times) => {
        const size = new StepSize(100, { first: Math.min(firstAmount, largest), largest });
        return times.every((milliseconds) => {
          size.took(size.next, milliseconds);
          return Number.isInteger(size.next) && size.next >= 1 && size.next <= largest;
        });
      }),
    );
    t.end();
  });
}
