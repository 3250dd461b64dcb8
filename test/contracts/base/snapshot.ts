import type { Test } from 'tap';
import type { Questions } from '../../../central/base/base.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { deferred } from '../../support/deferred.ts';

const count = 'SELECT count(*)::int AS rows FROM seen';
const rows = async (tx: Questions) => (await tx.query<{ rows: number }>(count))[0]?.rows;

/** Several questions that see one state of the base, and can change nothing. */
export async function snapshot(t: Test, { kind, shared: base }: TestBases): Promise<void> {
  await query(base, 'CREATE TABLE seen (n int)');
  await query(base, 'INSERT INTO seen VALUES (1)');

  await t.test('one state, whatever is written meanwhile', async (t) => {
    const mayWrite = deferred();
    const written = mayWrite.promise.then(() => query(base, 'INSERT INTO seen VALUES (2)'));
    const seen = await base.snapshot(async (tx) => {
      const first = await rows(tx);
      mayWrite.resolve();
      // In process the writer's turn comes after this one.
      if (kind === 'PostgreSQL') await written;
      const parts: number[] = [];
      for await (const part of tx.rows('SELECT n FROM seen', [], { atOnce: 10 })) parts.push(part.length);
      return [first, await rows(tx), ...parts];
    });
    t.strictSame(seen, [1, 1, 1]);
    await written;
    t.equal(await base.snapshot(rows), 2, 'the next snapshot is a later one');
  });

  await t.test('whatever would write is refused', async (t) => {
    for (const sql of [
      'INSERT INTO seen VALUES (3)',
      'DELETE FROM seen',
      'CREATE TABLE unseen (n int)',
      `SELECT nextval('guarita.change')`,
      'SELECT FROM seen FOR UPDATE',
      'SET TRANSACTION READ WRITE',
    ]) {
      const writing = base.snapshot(async (tx) => {
        await rows(tx);
        await tx.query(sql);
      });
      await t.rejects(writing, { code: 'base-failed', message: /SQLSTATE 25/ }, sql);
    }
    t.equal(await base.snapshot(rows), 2);
    await query(base, 'INSERT INTO seen VALUES (3)');
    t.equal(await base.snapshot(rows), 3, 'the connections that were used are none the worse');
  });

  await t.test('by index alone, where that is said, and nowhere else', async (t) => {
    const settings = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin'];
    const planning = async (questions: Questions) => {
      const [row] = await questions.query(
        `SELECT ${settings.map((name) => `current_setting('${name}') AS ${name}`).join()}`,
      );
      return row;
    };
    const all = (value: string) => Object.fromEntries(settings.map((name) => [name, value]));
    t.same(await base.snapshot(planning, { byIndex: true }), all('off'));
    t.same(await base.transaction(planning, { byIndex: true }), all('off'));
    t.same(await base.snapshot(planning), all('on'), 'the next one plans as ever');
  });
}
