import type { Test } from 'tap';
import { firstAmount } from '../../../central/base/step-size.ts';
import { inSteps, type Step, type StepsProgress } from '../../../central/base/steps.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { deferred } from '../../support/deferred.ts';

const rows = 5000;

/** A long job in short transactions: each committed, the next going on from it, stopped between any two. */
export async function steps(t: Test, { shared: base }: TestBases): Promise<void> {
  /** Doubles numbers, in their order, into a table from which it reads where it is. */
  const job = async (name: string): Promise<{ step: Step; written: () => Promise<unknown> }> => {
    await query(base, `CREATE TABLE ${name} (n int PRIMARY KEY, twice int)`);
    const step: Step = async (tx, most) => {
      const made = await tx.query(
        `INSERT INTO ${name} SELECT n, 2 * n FROM generate_series(1, ${rows}) n
          WHERE n > (SELECT coalesce(max(n), 0) FROM ${name}) ORDER BY n LIMIT $1 RETURNING n`,
        [most],
      );
      return made.length;
    };
    const written = () =>
      query(base, `SELECT count(*)::int AS rows, max(n) AS last, sum(twice)::int AS sum FROM ${name}`);
    return { step, written };
  };
  const all = [{ rows, last: rows, sum: rows * (rows + 1) }];

  await t.test('until nothing is left, each step told once it is committed', async (t) => {
    const { step, written } = await job('told');
    const told: StepsProgress[] = [];
    const end = await inSteps(base, step, { onStep: (progress) => void told.push(progress) });
    t.strictSame(await written(), all);
    t.equal(end.done, rows);
    t.strictSame(told.at(-1), end);
    t.strictSame(
      told.map(({ steps }) => steps),
      told.map((_, index) => index + 1),
    );
    t.equal(told[0]?.done, firstAmount);
    t.strictSame(await inSteps(base, step), { steps: 0, done: 0, next: firstAmount }, 'again: nothing to do');
  });

  await t.test(
    'stopped between two steps: what is done stays, and the next run goes on from there',
    async (t) => {
      const { step, written } = await job('stopped');
      const stopping = new AbortController();
      const reason = new Error('stopped');
      const stopped = inSteps(base, step, {
        signal: stopping.signal,
        onStep: ({ steps }) => (steps === 2 ? stopping.abort(reason) : undefined),
      });
      t.equal(await stopped.catch((error: unknown) => error), reason);
      const [so] = (await written()) as { rows: number }[];
      t.ok(so !== undefined && so.rows > firstAmount && so.rows < rows);
      const { done } = await inSteps(base, step);
      t.equal(done, rows - (so?.rows ?? 0), 'nothing is done twice');
      t.strictSame(await written(), all);
    },
  );

  await t.test('a step that fails is taken back, alone', async (t) => {
    const { step, written } = await job('failing');
    let steps = 0;
    const failing: Step = async (tx, most) => {
      const done = await step(tx, most);
      if (++steps === 3) throw new GuaritaError('view-shrank', 'made up');
      return done;
    };
    let told = 0;
    const failed = inSteps(base, failing, { onStep: ({ done }) => (told = done) });
    await t.rejects(failed, { code: 'view-shrank' });
    t.match(await written(), [{ rows: told }]);
    await inSteps(base, step);
    t.strictSame(await written(), all);
  });

  await t.test('steps come to take the time that the base wants', async (t) => {
    for (const each of [0.3, 20]) {
      let clock = 0;
      const took: number[] = [];
      const step: Step = (_tx, most) => {
        if (took.length === 20) return Promise.resolve(0);
        clock += each * most;
        took.push(each * most);
        return Promise.resolve(most);
      };
      await inSteps(base, step, { now: () => clock });
      // One of them may do half, to see what a step takes besides.
      t.ok(Math.abs(Math.max(...took.slice(-2)) - base.stepMilliseconds) <= 2 * each);
    }
  });

  await t.test('a step that waited for its turn does no less for that', async (t) => {
    let clock = 0;
    const letGo = deferred();
    const begun = deferred();
    // In process it is the one connection that is held; on a server nothing is waited for.
    const held = base.transaction(() => (begun.resolve(), letGo.promise), { use: 'treating' });
    await begun.promise;
    let steps = 0;
    const step: Step = (_tx, most) => Promise.resolve(++steps === 1 ? most : 0);
    const job = inSteps(base, step, { now: () => clock });
    clock += 1_000_000;
    letGo.resolve();
    await held;
    t.ok((await job).next > firstAmount);
  });
}
