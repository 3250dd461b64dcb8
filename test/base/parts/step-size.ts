import * as fc from 'fast-check';
import type { Test } from 'tap';
import { firstAmount, mostAmount, nextAmount } from '../../../central/base/step-size.ts';

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
}
