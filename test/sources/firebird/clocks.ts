import type { Test } from 'tap';
import { instantOf, secondsTo, zoneName } from '../../../shared/sources/firebird/clock.ts';
import { cycles } from '../../contracts/view-source/cycles.ts';
import { ownFirebird, type TestFirebird } from '../../support/firebird.ts';
import { firebirdHarness } from '../../support/firebird-harness.ts';
import { column, readCycle } from '../../support/read-cycle.ts';

/** Trap 11: the clock of the server is a local one, and nothing says of which zone. */
export async function clocks(t: Test, server: TestFirebird): Promise<void> {
  await t.test('T11: a server whose clock is set to another zone than the one declared', async (t) => {
    const elsewhere = await ownFirebird(t, 'America/Rio_Branco');
    if (elsewhere === null) return;
    const harness = await firebirdHarness(t, elsewhere);
    await cycles(t, harness);
    const engine = harness.openEngine({ views: [] });
    t.teardown(() => engine.close());
    const { clock, timeZone } = await engine.session();
    t.equal(timeZone, 'UTC-05:00');
    t.ok(Math.abs(Date.parse(clock) - Date.now()) < 60_000, 'the instant is right all the same');
  });

  await t.test('T11: times written by a server whose clock is set to the zone declared', async (t) => {
    const elsewhere = await ownFirebird(t, 'America/Rio_Branco');
    if (elsewhere === null) return;
    const harness = await firebirdHarness(t, elsewhere);
    await harness.execute('CREATE TABLE T ("id" INTEGER, "mark" TIMESTAMP)');
    await harness.insertRows?.('T', [
      [1, 'DATEADD(SECOND, -61, CURRENT_TIMESTAMP)'],
      [2, 'DATEADD(SECOND, 600, CURRENT_TIMESTAMP)'],
    ]);
    const views = [{ name: 'T', key: ['id'], watermark: 'mark' }];
    const source = await harness.open(t, { views, timeZone: 'America/Rio_Branco', settleSeconds: 60 });
    t.same(column((await readCycle(source, 'T')).rows, 0), ['1']);
  });

  await t.test('T11: the zone of a clock, told by an instant', (t) => {
    const clock = { local: '2018-11-04 01:30:00.1234', offset: -2 };
    t.equal(instantOf(clock), '2018-11-04T03:30:00.123Z');
    t.equal(zoneName(clock), 'UTC-02:00');
    t.equal(secondsTo('America/Sao_Paulo', clock), 0, 'in the first hours of daylight saving time');
    t.equal(secondsTo('America/Maceio', clock), -3600);
    t.equal(secondsTo('UTC', clock), 7200);
    t.end();
  });

  await t.test('the bound is of the clock of the server', async (t) => {
    const harness = await firebirdHarness(t, server);
    const source = await harness.open(t, { views: [] });
    const { databaseClock } = await source.describe();
    t.ok(Math.abs(Date.parse(databaseClock) - Date.now()) < 60_000);
  });
}
