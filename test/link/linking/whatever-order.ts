import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { asyncProperty, assert as check, property, shuffledSubarray, tuple } from 'fast-check';
import type { Test } from 'tap';
import { explain } from '../../../central/treat/link/explain.ts';
import { link } from '../../../central/treat/link/link.ts';
import { scorerOf } from '../../../central/treat/link/model/compile.ts';
import type { StartWorker } from '../../../central/treat/link/threads/pool.ts';
import { bundleWorker } from '../../../scripts/package/bundle-worker.ts';
import { madeUp } from '../parts/made-up.ts';
import {
  columnsOf,
  comparisons,
  decisions,
  model,
  pairsById,
  people,
  personById,
  thresholds,
} from './small.ts';

export async function whateverOrder(t: Test): Promise<void> {
  await t.test('two registers weigh the same both ways, and an explanation adds up to it', (t) => {
    check(
      property(people, (all) => {
        const registers = columnsOf(all);
        const [there, back] = [
          scorerOf(registers, model, comparisons),
          scorerOf(registers, model, comparisons),
        ];
        for (const a of all.keys()) {
          for (const b of all.keys()) {
            assert.equal(there.weigh(a, b), back.weigh(b, a));
            assert.deepEqual(there.levels, back.levels);
            assert.equal(there.veto(), back.veto());
          }
        }
        if (all.length < 2) return;
        const told = explain(registers, 0, 1, model);
        assert.equal(told.weight, there.weigh(0, 1));
        const sum = told.comparisons.reduce((bits, { weight, rarity }) => bits + weight + rarity, told.prior);
        assert.equal(sum, told.weight);
        const values = [all[0]?.cpf, all[0]?.birth, all[0]?.rg].flatMap((value) => value ?? []);
        for (const value of values) assert.ok(!JSON.stringify(told).includes(value), 'no value of a row');
      }),
      { numRuns: 60 },
    );
    t.end();
  });

  await t.test('whatever the order in which registers come', async () => {
    const orders = people.chain((all) =>
      tuple(
        shuffledSubarray(all, { minLength: all.length }),
        shuffledSubarray(all, { minLength: all.length }),
      ),
    );
    await check(
      asyncProperty(orders, decisions, async ([one, other], decisions) => {
        const [first, second] = [columnsOf(one), columnsOf(other)];
        const [a, b] = await Promise.all([
          link(first, { model, thresholds, decisions }),
          link(second, { model, thresholds, decisions }),
        ]);
        assert.deepEqual(personById(first.ids, a.personOf), personById(second.ids, b.personOf));
        assert.deepEqual(pairsById(first.ids, a.pairs), pairsById(second.ids, b.pairs));
        assert.deepEqual(
          [a.review, a.identities, a.tooLarge, a.contradictions],
          [b.review, b.identities, b.tooLarge, b.contradictions],
        );
      }),
      { numRuns: 60 },
    );
  });

  await t.test('whatever the number of threads', async (t) => {
    const { registers } = madeUp(3, 2000);
    const large = { ...model, blockCap: 500 };
    const options = { model: large, thresholds, rangePairs: 200 };
    const alone = await link(registers, options);
    const three = await link(registers, { ...options, threads: 3 });
    t.ok(alone.pairs.a.length > 100);
    t.strictSame(three, alone);

    const { text } = await bundleWorker('central/treat/link/threads/worker.ts');
    const startWorker: StartWorker = (workerData) => new Worker(text, { eval: true, workerData });
    const packaged = await link(registers, { ...options, threads: 2, startWorker });
    t.strictSame(packaged, alone, 'also on the code that a packaged program has');
    t.notOk(text.includes('require("./'), 'which is whole by itself');

    // A thread that dies is no thread that found nothing.
    for (const code of ['process.exit(0)', 'throw new Error("no memory")']) {
      const startWorker: StartWorker = (workerData) => new Worker(code, { eval: true, workerData });
      await t.rejects(link(registers, { ...options, threads: 2, startWorker }), /without a result|no memory/);
    }
  });
}
