import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Test } from 'tap';
import type { Questions } from '../../../central/base/base.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { query, type TestBases } from '../../support/bases.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is reachable on the heap of JavaScript, in bytes. */
function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

const cursors = (tx: Questions) =>
  tx.query<{ statement: string }>('SELECT statement FROM pg_cursors WHERE name <> $1', ['']);

/** Not FROM the series: the database would make all of it first. */
const numbers = 'SELECT generate_series(1, $1::int) AS n';

/** The rows of a question a few at a time: whoever reads millions of them has memory for some. */
export async function cursor(t: Test, { shared: base }: TestBases): Promise<void> {
  await t.test('20,000 wide rows in memory for some of them', async (t) => {
    const [rows, width, atOnce] = [20_000, 900, 1000];
    let seen = 0;
    let parts = 0;
    let most = 0;
    await base.snapshot(async (tx) => {
      const wide = `SELECT n, repeat(chr(65 + n % 26), $2::int) AS text FROM (${numbers}) numbers`;
      await tx.query(wide, [1, width]);
      const before = heap();
      for await (const part of tx.rows<{ n: number; text: string }>(wide, [rows, width], { atOnce })) {
        if (part.length !== atOnce || part.some(({ n, text }) => n !== ++seen || text.length !== width)) {
          t.fail('each once, in order, whole, no more than were asked for');
        }
        if (parts++ % 10 === 0) most = Math.max(most, heap() - before);
      }
    });
    t.equal(seen, rows);
    // All of them are 18 MB.
    t.ok(most < 5 * atOnce * width, `${Math.round(most / 1024)} KiB more at most`);
  });

  await t.test('no rows, fewer than at once, exactly as many, one more', async (t) => {
    for (const [rows, parts] of [
      [0, []],
      [3, [3]],
      [10, [10]],
      [11, [10, 1]],
    ] as const) {
      const lengths: number[] = [];
      await base.transaction(async (tx) => {
        for await (const part of tx.rows(numbers, [rows], { atOnce: 10 })) lengths.push(part.length);
        t.strictSame(await cursors(tx), [], 'the cursor is closed, though the transaction goes on');
      });
      t.strictSame(lengths, parts);
    }
  });

  await t.test('leaving early ends the question; the transaction goes on', async (t) => {
    await base.transaction(async (tx) => {
      await tx.execute('CREATE TABLE early (n int)');
      for await (const part of tx.rows<{ n: number }>(numbers, [1_000_000], { atOnce: 10 })) {
        t.equal((await cursors(tx)).length, 1);
        await tx.query('INSERT INTO early SELECT unnest($1::int[])', [part.map(({ n }) => n)]);
        break;
      }
      t.strictSame(await cursors(tx), []);
    });
    t.strictSame(await query(base, 'SELECT count(*)::int AS rows FROM early'), [{ rows: 10 }]);
  });

  await t.test('two questions side by side', async (t) => {
    const pairs = await base.snapshot(async (tx) => {
      const found: [number, number][] = [];
      for await (const [a] of tx.rows<{ n: number }>(numbers, [3], { atOnce: 1 })) {
        for await (const [b] of tx.rows<{ n: number }>(numbers, [2], { atOnce: 1 })) {
          found.push([a?.n ?? 0, b?.n ?? 0]);
        }
      }
      return found;
    });
    t.strictSame(
      pairs,
      [1, 2, 3].flatMap((a) => [1, 2].map((b) => [a, b])),
    );
  });

  await t.test('an error of the reader is what is thrown, and takes the transaction back', async (t) => {
    const own = new GuaritaError('view-shrank', 'made up');
    const reading = base.transaction(async (tx) => {
      await tx.execute('CREATE TABLE of_the_reader (n int)');
      for await (const part of tx.rows(numbers, [100], { atOnce: 10 })) if (part.length > 0) throw own;
    });
    t.equal(await reading.catch((error: unknown) => error), own);
    t.strictSame(await query(base, `SELECT to_regclass('of_the_reader') AS there`), [{ there: null }]);
  });

  await t.test(
    'an error of the database in mid-loop: what came before it came, no more follows',
    async (t) => {
      const seen: number[] = [];
      const reading = base.transaction(async (tx) => {
        await tx.execute('CREATE TABLE in_mid_loop (n int)');
        const breaking = `SELECT n, 1 / (25 - n) AS x FROM (${numbers}) numbers`;
        for await (const part of tx.rows(breaking, [100], { atOnce: 10 })) seen.push(part.length);
      });
      await t.rejects(reading, { name: 'GuaritaError', message: /SQLSTATE 22012/ }, 'not that of closing it');
      t.strictSame(seen, [10, 10]);
      t.strictSame(await query(base, `SELECT to_regclass('in_mid_loop') AS there`), [{ there: null }]);
    },
  );

  await t.test('a question that is none', async (t) => {
    const reading = base.snapshot(async (tx) => {
      for await (const part of tx.rows('SELECT nothing FROM nowhere', [], { atOnce: 10 })) {
        t.fail(`${part.length} rows`);
      }
    });
    await t.rejects(reading, { code: 'base-failed', message: /SQLSTATE 42P01/ });
  });
}
