// Tier: all. A job of about a minute on the base with one connection, and 1,000 and more questions beside it.
import t from 'tap';
import { pgliteBases } from '../support/bases.ts';
import { askBeside, TreatmentLike } from './treatment-like.ts';

t.setTimeout(1_800_000);

const rows = 1_000_000;
const askers = 4;
const wanted = 1000;

void t.test('1,000 questions beside a job of a minute: all are answered between its steps', async (t) => {
  const { shared: base } = await pgliteBases(t);
  const treatment = await TreatmentLike.of(base, rows);
  let running = true;
  const waits: number[] = [];
  const began = performance.now();
  const job = treatment.run().finally(() => (running = false));
  const asking = Array.from({ length: askers }, () =>
    askBeside(
      base,
      treatment,
      () => running,
      (steps) => void waits.push(steps),
    ),
  );
  const { steps, done } = await job;
  const seconds = Math.round((performance.now() - began) / 1000);
  await Promise.all(asking);
  t.comment(`${waits.length} questions beside ${steps} steps of ${seconds} s in all`);
  t.equal(done, rows);
  t.equal(await treatment.wrong(), 0);
  t.ok(waits.length >= wanted, `${waits.length} questions`);
  t.ok(Math.max(...waits) <= 1, 'none waits for more than the step under way and, at most, the next');
});
