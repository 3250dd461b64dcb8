// Tier: quick. On the base with one connection, short questions are answered between the steps of a long job.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import t from 'tap';
import type { Base } from '../../central/base/base.ts';
import { bucketDigests, differingKeys } from '../../central/base/source-layer/reconcile.ts';
import { pgliteBases, query } from '../support/bases.ts';
import { askBeside, TreatmentLike } from './treatment-like.ts';

const { shared: base } = await pgliteBases(t);
const rows = 20_000;
const treatment = await TreatmentLike.of(base, rows);

void t.test('each question is answered before the step after next begins', async (t) => {
  let running = true;
  const waits: number[] = [];
  const job = treatment.run().finally(() => (running = false));
  const asking = [1, 2, 3].map(() =>
    askBeside(
      base,
      treatment,
      () => running,
      (steps) => void waits.push(steps),
    ),
  );
  const { steps, done } = await job;
  await Promise.all(asking);
  t.equal(done, rows);
  t.equal(await treatment.wrong(), 0);
  // From 100 rows on a step has at most twice as many as the last.
  t.ok(steps >= 8);
  t.ok(waits.length > steps, `${waits.length} questions, beside ${steps} steps`);
  t.ok(Math.max(...waits) <= 1, 'none waits for more than the step under way and, at most, the next');
});

void t.test('a question that comes over the network is heard between two steps', async (t) => {
  await query(base, 'TRUNCATE registro');
  const count = 'SELECT count(*)::int AS rows FROM registro';
  const server = createServer((_request, response) => {
    base
      .snapshot((questions) => questions.query(count), { use: 'pages' })
      .then(([row]) => response.end(JSON.stringify(row)))
      .catch((error: unknown) => response.destroy(error as Error));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const job = treatment.again();
  const seen = new Set<number>();
  for (let last = 0; last < rows; seen.add(last)) {
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    last = ((await answer.json()) as { rows: number }).rows;
  }
  await job;
  server.close();
  // Nothing yet, and all of it, it would be told in any case.
  t.ok(seen.size > 3, `at ${seen.size} places on its way`);
});

void t.test('the picture of a view for a reconciliation is made in steps, too', async (t) => {
  const { target } = treatment;
  let begun = 0;
  const counted: Base = {
    // Shorter than on a real one, so that few rows are many steps.
    stepMilliseconds: 5,
    atOnce: 1,
    transaction: (work, options) =>
      base.transaction((tx) => {
        begun++;
        return work(tx);
      }, options),
    snapshot: (work, options) => base.snapshot(work, options),
    close: () => Promise.resolve(),
  };
  /** Asks beside a job; for each question, how many of its transactions began meanwhile. */
  const waitsBeside = async (job: () => Promise<unknown>): Promise<number[]> => {
    begun = 0;
    const state = { running: true };
    const done = job().finally(() => (state.running = false));
    const waits: number[] = [];
    while (state.running) {
      await turnOfTheLoop();
      const before = begun;
      await base.snapshot((questions) => questions.query('SELECT 1'), { use: 'pages' });
      waits.push(begun - before);
    }
    await done;
    return waits;
  };
  const buckets = 512;
  const all = Array.from({ length: buckets }, (_, bucket) => bucket);
  const nothing = { lines: Buffer.alloc(0), rows: 0 };
  for (const [what, job] of [
    ['sums', async () => t.equal((await bucketDigests(counted, target, buckets)).rows, rows)],
    ['rows', async () => t.equal((await differingKeys(counted, target, nothing, buckets, all)).length, rows)],
  ] as const) {
    const waits = await waitsBeside(job);
    t.ok(begun > 2, `${what}: ${begun} steps`);
    t.ok(waits.length > begun / 2, `${what}: ${waits.length} questions`);
    t.ok(
      Math.max(...waits) <= 1,
      `${what}: none waits for more than the step under way and, at most, the next`,
    );
  }
});
