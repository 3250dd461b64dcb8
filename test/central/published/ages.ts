import type { Test } from 'tap';
import { query, type TestBases } from '../../support/bases.ts';
import { ShownScene } from '../../support/shown-scene.ts';

/** A stale picture is told from a live one. */
export async function agesOfThePicture(t: Test, { shared: base }: TestBases): Promise<void> {
  const mark = async () => {
    const sql = `SELECT central, version, ended IS NOT NULL AS ended, serial::int, now() - at < '1 min' AS "isNew"
      FROM guarita.published`;
    return (await query<{ serial: number }>(base, sql))[0];
  };
  const age = () => query(base, `UPDATE guarita.published SET at = at - interval '1 hour'`);

  await t.test('a service at work says so each minute, also when nothing changes', async (t) => {
    const s = new ShownScene(t, base);
    await s.shows();
    t.match(await mark(), { central: s.state.id, version: '9', ended: false, serial: 1, isNew: true });
    await age();
    s.clock.pass(60_000);
    await s.publisher.settled();
    t.match(await mark(), { serial: 2, isNew: true });
    await s.publisher.close();
    t.match(await mark(), { ended: true });
    s.kill();
    await s.shows();
    t.match(await mark(), { central: s.state.id, ended: false });
    await s.publisher.close();
  });

  await t.test('a base that is restored under a service at work is shown all of it anew', async (t) => {
    const s = new ShownScene(t, base);
    const request = { kind: 'collect', view: null, reason: 'asked', due: 0, source: 'AL' } as const;
    s.state.jobs.add(request, 0);
    await s.shows();
    const copy = await s.copy();
    s.state.jobs.end(1, 'complete', null, 0);
    s.state.jobs.add(request, 0);
    s.state.jobs.end(2, 'complete', null, 0);
    await s.shows();
    await s.restore(copy);
    s.clock.pass(60_000);
    await s.publisher.settled();
    const jobs = await query(base, 'SELECT id::int, outcome FROM guarita.job ORDER BY id');
    t.strictSame(jobs, [
      { id: 1, outcome: 'complete' },
      { id: 2, outcome: 'complete' },
    ]);
    await s.publisher.close();
  });

  await t.test('two services on one base: the picture is whole, and says whose it is', async (t) => {
    const [one, other] = [new ShownScene(t, base), new ShownScene(t, base)];
    const request = { kind: 'collect', view: null, reason: 'asked', due: 0 } as const;
    one.state.jobs.add({ ...request, source: 'AL' }, 0);
    other.state.jobs.add({ ...request, source: 'RO' }, 0);
    await one.shows();
    await other.shows();
    one.state.jobs.add({ ...request, source: 'MS' }, 0);
    await one.shows();
    t.match(await mark(), { central: one.state.id });
    const jobs = await query(base, 'SELECT source FROM guarita.job ORDER BY id');
    t.strictSame(jobs, [{ source: 'AL' }, { source: 'MS' }]);
    await one.publisher.close();
    await other.publisher.close();
  });
}
