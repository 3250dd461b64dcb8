import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { ApiSource } from '../../../central/sources/api/api-source.ts';
import type { ApiView } from '../../../central/sources/api/view-schema.ts';
import { apiConfig, apiServer, peopleOf } from '../../support/api-server.ts';
import { digestsOf, sumsOf } from '../../support/read-answers.ts';
import { readCycle } from '../../support/read-cycle.ts';
import { runs } from '../../support/runs.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';

const day = 86_400_000;

/** A register of people behind an API in pages of three, and a source that lists it each day. */
export async function apiScene(
  t: Test,
  others: Partial<ApiView> = {},
  said: Readonly<Record<string, unknown>> = {},
) {
  const people = new Map<number, string>();
  /** What the API leaves out, announces besides, and answers about one. */
  const lie = { hidden: new Set<number>(), extra: 0, isAway: false };
  const clock = { now: Date.parse('2026-01-01T00:00:00Z') };
  const server = await apiServer(t, (url) => {
    if (lie.isAway) return { status: 500 };
    const [, id] = /^\/v\/(\d+)$/.exec(url.pathname) ?? [];
    if (id !== undefined) return { status: people.has(Number(id)) ? 200 : 404, json: {} };
    const shown = [...people].filter(([each]) => !lie.hidden.has(each)).sort(([a], [b]) => a - b);
    const from = Number(url.searchParams.get('o') ?? '0');
    const resultado = shown.slice(from, from + 3).map(([each, nome]) => ({ id: each, nome }));
    return { json: { resultado, total: shown.length + lie.extra, mais: from + 3 < shown.length } };
  });
  const view = peopleOf(
    { records: 'resultado', next: { offset: { parameter: 'o', more: 'mais' } }, total: { path: 'total' } },
    others,
  );
  const file = join(temporaryFolder(t), 'AL.api.db');
  const open = (views: ApiView[] = [view]) => {
    const api = apiConfig({ base: server.base, rate: { perMinute: 6000 }, ...said });
    const pause = (milliseconds: number) => {
      clock.now += milliseconds;
      return Promise.resolve();
    };
    const source = new ApiSource({
      declaration: { api, views },
      file,
      environment: {},
      pause,
      now: () => clock.now,
    });
    t.teardown(() => source.close());
    return source;
  };
  const scene = { people, lie, clock, server, view, open, source: open() };
  const held = new Map<string | null, string>();
  /** A day later: what a cycle brings that was not so, as id and name; no name for a row that is gone. */
  const collect = async (after: string | null) => {
    clock.now += day;
    const { rows, next } = await readCycle(scene.source, 'custodiado', { after });
    const brought = rows.map(
      ({ fields: [id = null, nome], mark }) => [id, mark === '{-1}' ? '-' : `${nome}`] as const,
    );
    // The last of the log comes again with each cycle.
    const changed = brought.filter(([id, nome]) => (held.get(id) ?? '-') !== nome);
    for (const [id, nome] of brought) held.set(id, nome);
    return { next, changes: changed.map(([id, nome]) => `${id} ${nome}`).sort() };
  };
  return { ...scene, collect };
}

export async function mirror(t: Test): Promise<void> {
  await t.test('first everything, then what changed', async (t) => {
    const { people, collect, server } = await apiScene(t);
    for (let id = 1; id <= 7; id += 1) people.set(id, `P${id}`);
    const first = await collect(null);
    t.equal(first.changes.length, 7);
    const unchanged = await collect(first.next);
    t.same(unchanged.changes, []);
    people.set(2, 'Outro');
    people.set(8, 'P8');
    const then = await collect(unchanged.next);
    t.same(then.changes, ['2 Outro', '8 P8']);
    t.equal(server.asked.length, 9, 'three listings of three pages');
  });

  await t.test('a row is gone when two complete listings lack it, and not before', async (t) => {
    const { people, collect, lie } = await apiScene(t);
    for (let id = 1; id <= 4; id += 1) people.set(id, `P${id}`);
    let { next, changes } = await collect(null);
    lie.hidden.add(2);
    ({ next, changes } = await collect(next));
    t.same(changes, [], 'once: another row may have pushed it to a page that was read');
    lie.hidden.clear();
    ({ next, changes } = await collect(next));
    lie.hidden.add(2);
    ({ next, changes } = await collect(next));
    t.same(changes, [], 'not one after the other');
    ({ next, changes } = await collect(next));
    t.same(changes, ['2 -']);
  });

  await t.test('where a total does not fit, what came is kept, and nothing is gone', async (t) => {
    const { people, collect, lie, source } = await apiScene(t);
    for (let id = 1; id <= 4; id += 1) people.set(id, `P${id}`);
    let { next, changes } = await collect(null);
    lie.hidden.add(2);
    lie.extra = 1;
    people.set(3, 'Outro');
    ({ next, changes } = await collect(next));
    t.same(changes, ['3 Outro']);
    for (let i = 0; i < 3; i += 1) ({ next, changes } = await collect(next));
    t.same(changes, []);
    await t.rejects(source.digests('custodiado', { buckets: 4 }), { code: 'api-incomplete' });
    lie.extra = 0;
    t.same((await digestsOf(source, 'custodiado', 1)).counts, [4], 'lacked once by a complete listing');
  });

  await t.test('without one complete listing there is nothing to answer with', async (t) => {
    const { people, lie, source } = await apiScene(t);
    people.set(1, 'P1');
    lie.extra = 1;
    const start = { after: null, until: null };
    await t.rejects(source.page('custodiado', start), { code: 'api-incomplete' });
    await t.rejects(source.lookup('custodiado', { keys: [['1']] }), { code: 'api-incomplete' });
    lie.isAway = true;
    await t.rejects(source.page('custodiado', start), { code: 'api-refused' });
    await t.rejects(source.page('outra', start), { code: 'view-unknown' });
    lie.isAway = false;
    lie.extra = 0;
    t.equal((await source.page('custodiado', start)).rows, 1);
  });

  await t.test('a listing that fails in the middle changes nothing', async (t) => {
    const { people, collect, lie, server } = await apiScene(t);
    for (let id = 1; id <= 7; id += 1) people.set(id, `P${id}`);
    const { next } = await collect(null);
    people.set(1, 'Outro');
    const { answer } = server;
    server.answer = (url, ...rest) =>
      url.search.includes('6') ? { json: { erro: 'x' } } : answer(url, ...rest);
    await t.rejects(collect(next), { code: 'api-answer-invalid' });
    server.answer = answer;
    lie.hidden.add(7);
    t.same((await collect(next)).changes, ['1 Outro'], 'nor has it counted as one that lacks');
  });

  await t.test('the item decides at once, both ways', async (t) => {
    const { people, collect, lie } = await apiScene(t, { item: { path: '/v/{id}' } });
    for (let id = 1; id <= 4; id += 1) people.set(id, `P${id}`);
    let { next, changes } = await collect(null);
    lie.hidden.add(2);
    people.delete(3);
    ({ next, changes } = await collect(next));
    t.same(changes, ['3 -']);
    for (let i = 0; i < 3; i += 1) ({ next, changes } = await collect(next));
    t.same(changes, [], 'it is there, whatever the list says');
  });

  await t.test('with "since", what changed each day, and everything for a comparison', async (t) => {
    const { people, collect, server, source, clock } = await apiScene(t, {
      since: { parameter: 'desde', overlap: '2d' },
    });
    for (let id = 1; id <= 4; id += 1) people.set(id, `P${id}`);
    const { next } = await collect(null);
    const { changes } = await collect(next);
    t.same(changes, []);
    t.notMatch(server.asked[0], /desde/);
    t.match(server.asked[2], /desde=2025-12-31T00/);
    clock.now += day;
    await source.digests('custodiado', { buckets: 1 });
    t.notMatch(server.asked.at(-1), /desde/);
  });

  await t.test('one listing serves a cycle and the comparison after it', async (t) => {
    const { people, collect, server, source } = await apiScene(t);
    people.set(1, 'P1');
    await collect(null);
    await source.digests('custodiado', { buckets: 1 });
    await source.lookup('custodiado', { keys: [['1'], ['2']] });
    await Promise.all([1, 2].map(() => source.page('custodiado', { after: null, until: null })));
    t.equal(server.asked.length, 1);
  });

  await t.test(
    'another declaration of the columns is another view, which is listed before anything is told',
    async (t) => {
      const { people, collect, lie, source, open, view } = await apiScene(t);
      people.set(1, 'P1');
      const { next } = await collect(null);
      await source.close();
      const other = open([{ ...view, columns: { nome: 'nome', numero: 'id' } }]);
      lie.isAway = true;
      await t.rejects(other.digests('custodiado', { buckets: 1 }), { code: 'api-refused' });
      lie.isAway = false;
      await t.rejects(other.page('custodiado', { after: next, until: null }), { code: 'schema-changed' });
      const { rows } = await readCycle(other, 'custodiado');
      t.same(
        rows.map(({ fields }) => fields),
        [['1', 'P1', '1']],
      );
    },
  );

  await t.test('a column that no record has any more', async (t) => {
    const { people, source } = await apiScene(t, { columns: { nome: 'nome', mae: 'mae' } });
    people.set(1, 'P1');
    await t.rejects(source.page('custodiado', { after: null, until: null }), {
      code: 'api-answer-invalid',
      detail: 'Nenhum registro tem mae ("mae").',
    });
  });

  await t.test('I2: texts that no database holds come marked, or as they are', async (t) => {
    const { people, source } = await apiScene(t);
    people.set(1, 'a\ud800b');
    people.set(2, 'ok 😀 \\ \t');
    const { rows } = await readCycle(source, 'custodiado');
    t.equal(rows[1]?.fields[1], 'ok 😀 \\ \t');
    t.same(rows[0]?.undecodable, [2]);
    t.equal(rows[0]?.fields[1], '\\x61eda08062', 'its bytes');
  });

  await t.test(
    'I3: whatever rows an API drops from some listings, none that exists is taken for removed by one',
    async (t) => {
      const step = fc.record({
        hidden: fc.array(fc.nat(8), { maxLength: 3 }),
        extra: fc.constantFrom(0, 0, 1),
        put: fc.array(fc.tuple(fc.nat(8), fc.constantFrom('a', 'b')), { maxLength: 3 }),
        deleted: fc.array(fc.nat(8), { maxLength: 2 }),
        away: fc.constantFrom(false, false, true),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
          const { people, lie, collect, source, clock } = await apiScene(t);
          people.set(0, 'a');
          let { next } = await collect(null);
          const held = new Map([['0', 'a']]);
          const lacked = new Map<string, number>();
          const apply = (changes: readonly string[]) => {
            for (const change of changes) {
              const [id = '', nome = ''] = change.split(' ');
              if (nome !== '-') held.set(id, nome);
              else if ((lacked.get(id) ?? 0) < 2) throw new Error(`${id} is gone`);
              else held.delete(id);
            }
          };
          for (const { hidden, extra, put, deleted, away } of steps) {
            for (const [id, nome] of put) people.set(id, nome);
            for (const id of deleted) people.delete(id);
            Object.assign(lie, { hidden: new Set(hidden), extra, isAway: away });
            const shown = new Set([...people.keys()].filter((id) => !lie.hidden.has(id)).map(String));
            for (const id of held.keys()) {
              if (shown.has(id) && !away) lacked.set(id, 0);
              else if (!away && extra === 0) lacked.set(id, (lacked.get(id) ?? 0) + 1);
            }
            try {
              const { next: then, changes } = await collect(next);
              apply(changes);
              next = then;
            } catch (error) {
              if (!away) throw error;
            }
          }
          Object.assign(lie, { hidden: new Set(), extra: 0, isAway: false });
          for (let i = 0; i < 2; i += 1) {
            for (const id of held.keys())
              lacked.set(id, people.has(Number(id)) ? 0 : (lacked.get(id) ?? 0) + 1);
            const { next: then, changes } = await collect(next);
            apply(changes);
            next = then;
          }
          const namesOf = (rows: Iterable<readonly [unknown, string]>) =>
            Array.from(rows, ([id, nome]) => `${id} ${nome}`)
              .sort()
              .join();
          if (namesOf(held) !== namesOf(people)) throw new Error(`${namesOf(held)} for ${namesOf(people)}`);
          clock.now += day;
          const { rows } = await readCycle(source, 'custodiado');
          const sums = sumsOf(
            rows.map(({ digest }) => digest),
            4,
          );
          if (JSON.stringify(await digestsOf(source, 'custodiado', 4)) !== JSON.stringify(sums))
            throw new Error('digests');
          await source.close();
        }),
        { numRuns: runs(15, 300) },
      );
    },
  );
}
