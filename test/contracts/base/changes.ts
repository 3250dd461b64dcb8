import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Base, Transaction } from '../../../central/base/base.ts';
import { migrateBase } from '../../../central/base/migrate.ts';
import { changeIndexes, ensureChangeIndex } from '../../../central/base/source-layer/change-index.ts';
import { type ChangedRow, changesSince } from '../../../central/base/source-layer/changes-since.ts';
import { inSteps } from '../../../central/base/steps.ts';
import { people } from '../../support/array-source.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { deferred, until } from '../../support/deferred.ts';
import { Loader } from '../../support/loader.ts';

const gone = (...ids: number[]) => ids.map((id) => [String(id).padStart(6, '0'), null, null]);

const question = ({ target }: Loader, after: string, most: number) => ({
  ...{ source: target.source, view: target.view.name, after, most },
  columns: ['id', 'nome'],
});

const since = (loader: Loader, after: string, most = 1000) =>
  loader.base.transaction((tx) => changesSince(tx, question(loader, after, most)));

/** Every step of one job: what it was given, in its order. */
async function follow(loader: Loader, after = '0'): Promise<ChangedRow[]> {
  const seen: ChangedRow[] = [];
  let last = after;
  await inSteps(loader.base, async (tx, most) => {
    const changes = await changesSince(tx, question(loader, last, Math.min(most, 7)));
    if (changes === null) throw new Error('not ready');
    if (changes.rows.length > 7) throw new Error('more than was asked for');
    last = changes.last;
    seen.push(...changes.rows);
    return changes.rows.length;
  });
  return seen;
}

const ids = (rows: readonly ChangedRow[]) => rows.map((row) => Number(row.values['id']));

/** What moved in a view since a change, in bounded memory, and never by reading its table. */
export async function changes(t: Test, bases: TestBases): Promise<void> {
  const base = bases.shared;

  await t.test(
    'a view that was not read to its end is not ready, nor is one that is not there',
    async (t) => {
      const loader = await Loader.on(base, 'CA');
      await loader.load(people(1, 3), { likely: 'new' });
      t.equal(await since(loader, '0'), null);
      t.equal(
        await base.transaction((tx) =>
          changesSince(tx, { ...question(loader, '0', 1), view: 'no such view' }),
        ),
        null,
      );
      t.equal(await ensureChangeIndex(base, loader.target), true);
      t.strictSame(ids((await since(loader, '0'))?.rows ?? []), [1, 2, 3]);
      t.equal(await ensureChangeIndex(base, loader.target), true, 'again: there is nothing to do');
      const all = `SELECT count(*)::int AS n FROM pg_indexes WHERE schemaname = 'fonte_ca'`;
      t.strictSame(await query(base, all), [{ n: 2 }], 'beside that of the key');
    },
  );

  await t.test('in the order of the changes, each row once as it is now, removed ones too', async (t) => {
    const loader = await Loader.on(base, 'CB');
    await loader.load(people(1, 40), { likely: 'new' });
    await ensureChangeIndex(base, loader.target);
    const first = await follow(loader);
    t.strictSame(
      ids(first),
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
    const last = first.at(-1)?.change ?? '';
    t.strictSame(await since(loader, last), { rows: [], last }, 'nothing has moved since');
    await loader.load([...people(20, 30, 2), ...people(41, 42)]);
    await loader.lookup([], gone(5, 25));
    await loader.load(people(7, 7, 3));
    const next = await follow(loader, last);
    t.equal(ids(next).length, 15, 'each of them once');
    t.strictSame(ids(next).slice(-3), [5, 25, 7]);
    t.strictSame(
      next.filter(({ removed }) => removed !== null).map((row) => Number(row.values['id'])),
      [5, 25],
    );
    t.match(next.at(-1), { values: { nome: 'PESSOA 7 v3' }, removed: null });
    const numbers = next.map(({ change }) => BigInt(change));
    t.ok(
      numbers.every((number, index) => number > (numbers[index - 1] ?? BigInt(last))),
      'they grow',
    );
    await loader.load(people(5, 5));
    t.match(
      (await follow(loader, next.at(-1)?.change))[0],
      { values: { id: '000005' }, removed: null },
      'it came back',
    );
  });

  await t.test(
    'by the index, and no more rows than it gives, after updates all over the table',
    async (t) => {
      const loader = await Loader.on(base, 'CC');
      await loader.load(people(1, 4000), { likely: 'new' });
      await ensureChangeIndex(base, loader.target);
      await query(base, `ALTER TABLE ${loader.target.table} SET (autovacuum_enabled = false)`);
      await query(base, `ANALYZE ${loader.target.table}`);
      let last = '';
      for (let day = 0; day < 5; day++) {
        last = (await follow(loader, last === '' ? '0' : last)).at(-1)?.change ?? '';
        const some = people(1, 4000, day + 2).filter((_, index) => index % 40 === day);
        t.match(await loader.load(some), { changed: 100 });
      }
      for (const [after, most] of [
        [last, 1000],
        ['0', 10],
        ['0', 100_000],
      ] as const) {
        const plan = await planOf(base, loader, after, most);
        t.match(plan, /Index Scan using \S*_change_idx/, `since ${after}, at most ${most}`);
        t.notMatch(plan, /Seq Scan|Bitmap|Sort|Rows Removed/);
      }
    },
  );

  await t.test('what else the transaction asks is planned as ever', async (t) => {
    const loader = await Loader.on(base, 'CD');
    await loader.load(people(1, 3));
    await ensureChangeIndex(base, loader.target);
    await base.transaction(async (tx) => {
      await changesSince(tx, question(loader, '0', 1));
      for (const name of ['enable_seqscan', 'enable_bitmapscan', 'enable_sort']) {
        t.strictSame(await tx.query(`SHOW ${name}`), [{ [name]: 'on' }]);
      }
    });
  });

  await t.test('an index that was not finished leaves nothing, and is built the next time', async (t) => {
    const loader = await Loader.on(base, 'CE');
    await loader.load(people(1, 30));
    const killed: Pick<Base, 'transaction'> = {
      transaction: (work, options) =>
        base.transaction(async (tx) => {
          const result = await work(tx);
          if ((await changeIndexes(tx, loader.target.table)).ready)
            throw new Error('killed before the commit');
          return result;
        }, options),
    };
    await t.rejects(ensureChangeIndex({ ...killed, ...rest(base) }, loader.target));
    t.equal(await since(loader, '0'), null);
    const stopped = AbortSignal.abort(new Error('stopped'));
    t.equal(await ensureChangeIndex(base, loader.target, stopped), false);
    t.equal(await since(loader, '0'), null);
    t.equal(await ensureChangeIndex(base, loader.target), true);
    t.equal((await follow(loader)).length, 30);
  });

  await t.test('a base of version 0.1.0 has one, once the view was read to its end again', async (t) => {
    const old = await bases.open('changes_released');
    const released = readFileSync(join(import.meta.dirname, '..', '..', 'base', 'version-0.1.0.sql'), 'utf8');
    await old.transaction((tx) => tx.execute(released));
    await migrateBase(old);
    const loader = await Loader.on(old, 'AL');
    t.equal(await since(loader, '0'), null, 'by its BRIN index the whole table would be read');
    t.equal(await ensureChangeIndex(old, loader.target), true);
    t.match(await old.transaction((tx) => changeIndexes(tx, loader.target.table)), {
      ...{ ready: true, others: [] },
    });
    const before = await follow(loader);
    t.equal(before.length, 7);
    await loader.lookup([['4', 'DE VOLTA', '4']], [['1', null, null]]);
    t.match(await follow(loader, before.at(-1)?.change), [{ values: { id: '1' } }, { values: { id: '4' } }]);
    await old.close();
  });

  if (bases.kind === 'PGlite') return;

  await t.test('nothing is lost to a page that is not committed yet', async (t) => {
    const loader = await Loader.on(base, 'CF');
    const other = await Loader.on(base, 'CG');
    for (const each of [loader, other]) {
      await each.load(people(1, 3));
      await ensureChangeIndex(base, each.target);
    }
    const loaded = deferred();
    const mayCommit = deferred();
    const slow: Pick<Base, 'transaction'> = {
      transaction: (work, options) =>
        base.transaction(async (tx) => {
          const result = await work(tx);
          loaded.resolve();
          await mayCommit.promise;
          return result;
        }, options),
    };
    const held = new Loader({ ...slow, ...rest(base) }, loader.target);
    held.loads = loader.loads;
    const first = held.load(people(2, 2, 2));
    await loaded.promise;
    // Its numbers are drawn before those of another view, which commits first.
    await other.load(people(1, 1, 2));
    const seen = await follow(loader);
    t.equal(seen.length, 3);
    t.match((await follow(other)).at(-1), { values: { nome: 'PESSOA 1 v2' } });
    mayCommit.resolve();
    await first;
    t.match(await follow(loader, seen.at(-1)?.change), [{ values: { nome: 'PESSOA 2 v2' } }]);
  });

  await t.test('while pages load, one who follows has seen all in the end', async (t) => {
    const loader = await Loader.on(base, 'CH');
    await loader.load(people(1, 50));
    await ensureChangeIndex(base, loader.target);
    let loading = true;
    const load = async () => {
      for (let round = 2; round < 12; round++) {
        await loader.load(people(round, round + 30, round));
        await loader.lookup([], gone(round));
      }
      loading = false;
    };
    const known = new Map<string, ChangedRow>();
    let last = '0';
    const read = async () => {
      const rows = await follow(loader, last);
      for (const row of rows) known.set(row.values['id'] ?? '', row);
      last = rows.at(-1)?.change ?? last;
      return rows.length;
    };
    const done = load();
    await until('it has all', async () => (await read()) === 0 && !loading);
    await done;
    await read();
    const stored = await query(
      base,
      `SELECT _change::text AS change, _removed IS NULL AS there, nome FROM ${loader.target.table} ORDER BY id`,
    );
    t.strictSame(
      [...known]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([, { change, removed, values }]) => ({
          ...{ change, there: removed === null, nome: values['nome'] },
        })),
      stored,
    );
  });

  await t.test('a table that others hold has its index later', async (t) => {
    const loader = await Loader.on(base, 'CI');
    await loader.load(people(1, 3));
    const locked = deferred();
    const mayGo = deferred();
    const holder = base.transaction(async (tx) => {
      await tx.execute(`LOCK TABLE ${loader.target.table} IN ROW EXCLUSIVE MODE`);
      locked.resolve();
      await mayGo.promise;
    });
    await locked.promise;
    const impatient: Pick<Base, 'transaction'> = {
      transaction: (work, options) =>
        base.transaction(async (tx) => {
          await tx.execute(`SET LOCAL lock_timeout TO '1ms'`);
          return work(tx);
        }, options),
    };
    t.equal(await ensureChangeIndex({ ...impatient, ...rest(base) }, loader.target), false);
    const stopping = new AbortController();
    const stopped = ensureChangeIndex(base, loader.target, stopping.signal);
    const waits = `SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted AND relation = $1::regclass`;
    await until('it waits', async () => {
      const [row] = await query<{ n: number }>(base, waits, [loader.target.table]);
      return row?.n === 1;
    });
    stopping.abort(new Error('stopped'));
    t.equal(await stopped, false);
    mayGo.resolve();
    await holder;
    t.equal(await since(loader, '0'), null);
    t.equal(await ensureChangeIndex(base, loader.target), true);
  });
}

/** What of a base a test leaves as it is. */
const rest = (base: Base): Omit<Base, 'transaction'> => ({
  stepMilliseconds: base.stepMilliseconds,
  atOnce: base.atOnce,
  snapshot: (work, options) => base.snapshot(work, options),
  close: () => Promise.resolve(),
});

/** How the question was answered: of what it asks, the one about the rows. */
function planOf(base: Base, loader: Loader, after: string, most: number): Promise<string> {
  return base.transaction(async (tx) => {
    let plan = '';
    const tapped: Transaction = {
      ...tx,
      query: async (sql, parameters) => {
        if (sql.includes(loader.target.table)) {
          const lines = await tx.query(`EXPLAIN (ANALYZE, COSTS OFF) ${sql}`, parameters);
          plan = lines.map((line) => Object.values(line).join()).join('\n');
        }
        return tx.query(sql, parameters);
      },
    };
    // So the planner thinks of a table that is not in memory: it would rather read all of it.
    await tx.execute('SET LOCAL random_page_cost TO 10000');
    await changesSince(tapped, question(loader, after, most));
    return plan;
  });
}
