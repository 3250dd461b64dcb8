// Tier: quick. A replica of PostgreSQL and its primary, of this test's own. Needs its programs: GUARITA_TEST_POSTGRES_BIN.
import t, { type Test } from 'tap';
import { PostgresSource } from '../../shared/sources/postgres/source.ts';
import type { ViewConfig } from '../../shared/sources/view-config.ts';
import { until } from '../support/deferred.ts';
import type { OwnPostgres } from '../support/postgres-programs.ts';
import { postgresPair } from '../support/postgres-standby.ts';
import { column, readCycle } from '../support/read-cycle.ts';
import { commonSettings, pageLimits, type SourceSettings } from '../support/source-harness.ts';

const pair = await postgresPair(t);
const views: ViewConfig[] = [
  { name: 'v', key: ['id'], watermark: 'mark' },
  { name: 'numerada', key: ['id'], watermark: 'id' },
  {
    ...{ name: 'registrada', key: ['id'] },
    changelog: { relation: ['registro'], watermark: 'seq', key: ['chave'] },
  },
];

/** A server as the agent reads it. */
function reader(t: Test, { port }: OwnPostgres, settings: Partial<SourceSettings> = {}): PostgresSource {
  const source = new PostgresSource({
    source: {
      engine: 'postgres',
      url: `postgres://leitor@127.0.0.1:${port}/postgres`,
      allowWritableUser: false,
      ...commonSettings({ views, ...settings }),
    },
    views,
    pages: pageLimits({ views }),
    password: 'leitura',
  });
  t.teardown(() => source.close());
  return source;
}

const current = (source: PostgresSource) =>
  until('it is current', () =>
    source.describe().then(
      ({ behindSeconds }) => behindSeconds === 0,
      () => false,
    ),
  );

if (pair !== null) {
  const { primary, standby, caughtUp, connected } = pair;
  const replayed = async () =>
    (await standby.admin('SELECT pg_last_xact_replay_timestamp() AS at'))[0]?.['at'] as Date | null;
  const insert = async (id: number, mark = 'now()') => {
    await primary.admin(`INSERT INTO v VALUES (${id}, ${mark})`);
    await caughtUp();
  };
  /** Begins the replica anew behind a checkpoint: nothing is left that it would have to replay. */
  const restart = async (t: Test) => {
    await primary.admin('CHECKPOINT');
    await caughtUp();
    await standby.admin('CHECKPOINT');
    standby.stop();
    standby.start();
    t.equal(await replayed(), null, 'it has replayed nothing since');
  };

  await primary.admin(`CREATE ROLE leitor LOGIN PASSWORD 'leitura'; REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    CREATE TABLE v (id int PRIMARY KEY, mark timestamptz); CREATE TABLE numerada (id int PRIMARY KEY);
    CREATE TABLE registrada (id int PRIMARY KEY); CREATE TABLE registro (seq int PRIMARY KEY, chave int);
    GRANT SELECT ON v, numerada, registrada, registro TO leitor; INSERT INTO registrada VALUES (1);
    INSERT INTO numerada SELECT generate_series(1, 10); INSERT INTO registro SELECT n, 1 FROM generate_series(1, 10) n;
    INSERT INTO v SELECT n, now() FROM generate_series(1, 902) n`);
  await caughtUp();
  let next = '';

  await t.test('a replica that was started anew while its primary is idle gives what it has', async (t) => {
    const source = reader(t, standby);
    const before = await readCycle(source, 'v');
    t.equal(before.rows.length, 902);
    await restart(t);
    t.equal((await readCycle(reader(t, standby), 'v')).rows.length, 902, 'the first load');
    ({ next } = await readCycle(reader(t, standby), 'v', { after: before.next }));
    await connected(true);
    ({ next } = await readCycle(reader(t, standby), 'v', { after: next }));
  });

  await t.test('what is replayed is given, also when nothing is written after it', async (t) => {
    await insert(1000);
    const { rows, next: after } = await readCycle(reader(t, standby, { overlapSeconds: 0 }), 'v', {
      after: next,
    });
    t.ok(column(rows, 0).includes('1000'));
    next = after;
  });

  await t.test('what is committed late, with an earlier instant than others, is given later', async (t) => {
    const source = reader(t, standby, { overlapSeconds: 0 });
    const late = await primary.connect();
    t.teardown(() => late.end());
    await late.query('BEGIN; INSERT INTO v VALUES (1001, now())');
    await insert(1002);
    const first = await readCycle(source, 'v', { after: next });
    t.ok(column(first.rows, 0).includes('1002'));
    await late.query('COMMIT');
    await caughtUp();
    const second = await readCycle(source, 'v', { after: first.next });
    t.ok(column(second.rows, 0).includes('1001'));
    ({ next } = second);
  });

  await t.test('a replica that receives nothing any more claims no more than it has', async (t) => {
    primary.stop();
    await connected(false);
    const last = await replayed();
    const source = reader(t, standby);
    const { until } = await readCycle(source, 'v', { after: next });
    t.equal(
      Date.parse(until ?? ''),
      (last?.getTime() ?? 0) + 1000,
      'the second of the last commit, and no more',
    );
    const { behindSeconds = 0 } = await source.describe();
    t.ok(behindSeconds > 0);
    t.match(await source.session(), {
      replica: { isConnected: false, replayed: last?.toISOString().slice(0, -1) },
    });
    primary.start();
    await connected(true);
    await caughtUp();
    await current(source);
    t.match(await source.session(), { replica: { isConnected: true } });
  });

  await t.test('what it received only after it had looked current is given', async (t) => {
    const source = reader(t, standby, { settleSeconds: 0, overlapSeconds: 0 });
    const first = await readCycle(source, 'v', { after: next });
    // Written before the bound of that cycle, as far as clocks tell, and received after it.
    await insert(1003, `'${(await replayed())?.toISOString()}'::timestamptz + interval '1 millisecond'`);
    const second = await readCycle(source, 'v', { after: first.next });
    t.ok(column(second.rows, 0).includes('1003'));
    ({ next } = second);
  });

  await t.test('a user who sees how far the primary has written', async (t) => {
    await primary.admin('GRANT pg_read_all_stats TO leitor');
    await caughtUp();
    const source = reader(t, standby);
    await current(source);
    await insert(1004);
    t.ok(column((await readCycle(source, 'v', { after: next })).rows, 0).includes('1004'));
    await primary.admin('REVOKE pg_read_all_stats FROM leitor');
  });

  await t.test('a replica that is behind what was read before is no other history', async (t) => {
    const settings = { settleSeconds: 0, overlapSeconds: 0 };
    await insert(1005);
    const last = await replayed();
    let ofPrimary = next;
    const ahead = reader(t, primary, settings);
    await until('the primary is read further than a second after its last commit', async () => {
      const cycle = await readCycle(ahead, 'v', { after: ofPrimary });
      ofPrimary = cycle.next;
      return Date.parse(cycle.until ?? '') > (last?.getTime() ?? 0) + 1001;
    });
    primary.stop();
    await connected(false);
    const source = reader(t, standby, settings);
    await t.rejects(source.page('v', { after: ofPrimary, until: null }), { code: 'replica-behind' });
    primary.start();
    await connected(true);
    await current(source);
    ({ next } = await readCycle(source, 'v', { after: ofPrimary }));
  });

  await t.test(
    'numbers that a replica has yet to replay are no other history; on a current one they are',
    async (t) => {
      const numbered = ['numerada', 'registrada'];
      const settings = { overlapCount: 1 };
      await primary.admin(`INSERT INTO numerada VALUES (11), (12), (13), (14);
      INSERT INTO registro VALUES (11, 1), (12, 1), (13, 1), (14, 1)`);
      await caughtUp();
      const followed = reader(t, standby, settings);
      const cursors = new Map<string, string>();
      for (const view of numbered) cursors.set(view, (await readCycle(followed, view)).next);
      const refusals = (code: string) =>
        Promise.all(
          numbered.map((view) =>
            t.rejects(followed.page(view, { after: cursors.get(view) ?? null, until: null }), { code }, view),
          ),
        );
      // As if they had been read of the primary, before the replica had them.
      await primary.admin('DELETE FROM numerada WHERE id > 10; DELETE FROM registro WHERE seq > 10');
      await caughtUp();
      primary.stop();
      await connected(false);
      await refusals('replica-behind');
      primary.start();
      await connected(true);
      await current(followed);
      await refusals('epoch-changed');
      t.ok((await readCycle(followed, 'v')).rows.length > 0, 'other views are given');
    },
  );

  await t.test('a replica of which nothing is known says so, and passes when it receives', async (t) => {
    await primary.admin('REVOKE EXECUTE ON FUNCTION pg_control_checkpoint() FROM PUBLIC');
    await caughtUp();
    await restart(t);
    primary.stop();
    await connected(false);
    const source = reader(t, standby, { settleSeconds: 0 });
    const refused = {
      code: 'replica-behind',
      retry: 'later',
      detail: new RegExp(`^Replica 127\\.0\\.0\\.1:${standby.port}: `),
    };
    await t.rejects(source.describe(), refused);
    await t.rejects(source.page('v', { after: next, until: null }), refused);
    primary.start();
    await connected(true);
    await current(source);
    const first = await readCycle(source, 'v');
    const second = await readCycle(source, 'v', { after: first.next });
    t.same([first.rows.length, second.rows.length], [908, 908], 'all of it anew, while nothing is known');
    await insert(1006);
    t.ok(column((await readCycle(source, 'v', { after: second.next })).rows, 0).includes('1006'));
  });
}
