// Tier: long. A job of about half a minute on the base with one connection, and 1,000 and more questions beside it.
import t from 'tap';
import { pgliteBases } from '../support/bases.ts';
import { askBeside, TreatmentLike } from './treatment-like.ts';

t.setTimeout(1_800_000);

const rows = 250_000;
const wanted = 1000;

void t.test('1,000 questions beside one long job: all are answered between its steps', async (t) => {
  const { shared: base } = await pgliteBases(t);
  const treatment = await TreatmentLike.of(base, rows);
  const waits: number[] = [];
  /** Twice over all rows, and on a machine to which that is little until there were questions enough. */
  const job = async () => {
    const passes = [await treatment.run()];
    while (passes.length < 2 || waits.length < wanted) passes.push(await treatment.again());
    return passes;
  };
  let running = true;
  const began = performance.now();
  const ended = job().finally(() => (running = false));
  const asking = Array.from({ length: 4 }, () =>
    askBeside(
      base,
      treatment,
      () => running,
      (steps) => void waits.push(steps),
    ),
  );
  const passes = await ended;
  const seconds = Math.round((performance.now() - began) / 1000);
  await Promise.all(asking);
  t.comment(`${waits.length} questions beside ${treatment.begun} steps, ${seconds} s`);
  for (const { done } of passes) t.equal(done, rows);
  t.equal(await treatment.wrong(), 0);
  t.ok(Math.max(...waits) <= 1, 'none waits for more than the step under way and, at most, the next');
});
