// Tier: quick. In this process, on a PGlite base.
import t, { type Test } from 'tap';
import { loadPage } from '../../central/base/source-layer/load-page.ts';
import { prepareView, readLoads } from '../../central/base/source-layer/source-schema.ts';
import { maxFailures } from '../../central/collect/backoff.ts';
import { collectView } from '../../central/collect/view/collect-view.ts';
import { RemovalJudge } from '../../central/collect/view/removal-judge.ts';
import type { ViewTurn } from '../../central/collect/view/view-turn.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { ArraySource, linesOf, people, peopleColumns, type Row, viewOf } from '../support/array-source.ts';
import { pgliteBases, query } from '../support/bases.ts';
import { deferred, until } from '../support/deferred.ts';
import { TappedBase } from '../support/tapped-base.ts';

const bases = await pgliteBases(t);
let sources = 0;

/** A view of 35 people in pages of 10, its table in the base, and everything that collecting it reports. */
async function scene(rows: Row[] = people(1, 35)) {
  const name = `V${sources++}`;
  const view = viewOf('custodiado', peopleColumns);
  const source = new ArraySource({ description: view, rows });
  const base = new TappedBase(bases.shared);
  const target = await prepareView(base, name, view, () => true);
  const log: string[] = [];
  const checkpoints: { cursor: string; loads: number }[] = [];
  const pauses: number[] = [];
  const troubles: string[] = [];
  const stopping = new AbortController();
  const turn: ViewTurn = {
    source,
    base,
    target,
    cursor: null,
    complete: false,
    run: 1,
    judge: RemovalJudge.lenient(),
    maxRowBytes: 1024 * 1024,
    checkpoint: (cursor, loads) => {
      log.push(`checkpoint ${loads}`);
      checkpoints.push({ cursor, loads });
    },
    onProgress: () => undefined,
    onTrouble: (error) => void troubles.push(error.code),
    onFailure: () => undefined,
    onCut: () => undefined,
    stop: stopping.signal,
    pause: async (milliseconds) => void pauses.push(milliseconds),
  };
  const stored = () =>
    query<{ id: string; nome: string }>(
      base,
      `SELECT id, nome, atualizado_em FROM ${target.table} ORDER BY id`,
    );
  const changes = async () => {
    const [row] = await query<{ n: string }>(base, 'SELECT last_value::text AS n FROM guarita.change');
    return Number(row?.n);
  };
  return {
    name,
    source,
    base,
    target,
    log,
    checkpoints,
    pauses,
    troubles,
    stopping,
    turn,
    stored,
    changes,
  };
}

type Scene = Awaited<ReturnType<typeof scene>>;

async function sameRows(t: Test, { stored, source }: Scene): Promise<void> {
  const rows = (await stored()).map((row) => Object.values(row));
  t.strictSame(rows, source.views[0]?.rows, 'the base equals the source, row by row');
}

const place = (cursor: string | null | undefined) =>
  cursor === null || cursor === undefined ? 0 : (JSON.parse(cursor) as unknown[])[2];

void t.test('C1 a whole cycle: every row once, a checkpoint for each page', async (t) => {
  const s = await scene();
  const { outcome, counts, error } = await collectView(s.turn);
  t.strictSame(outcome, { kind: 'complete' });
  t.match(counts, { rows: 35, new: 35, changed: 0, unchanged: 0, seconds: Number });
  t.equal(error, null);
  t.strictSame(
    s.checkpoints.map(({ cursor, loads }) => [place(cursor), loads]),
    [
      [10, 1],
      [20, 2],
      [30, 3],
      [35, 4],
    ],
  );
  t.strictSame(
    s.source.asked.map(({ until }) => until),
    [null, '35', '35', '35'],
    'one bound for the cycle',
  );
  await sameRows(t, s);
});

void t.test('the next page is asked for before the last one is loaded, and only one is held', async (t) => {
  const s = await scene();
  const second = deferred();
  s.source.beforePage = (_asked, count) => {
    s.log.push(`ask ${count}`);
    if (count === 2) second.resolve();
  };
  s.base.beforeCopy = async (count) => {
    s.log.push(`load ${count}`);
    // Without the overlap this never comes, and the test ends by its timeout.
    if (count === 1) await second.promise;
  };
  s.base.afterCommit = (count) => void s.log.push(`committed ${count}`);
  t.match(await collectView(s.turn), { outcome: { kind: 'complete' } });
  const at = (entry: string) => s.log.indexOf(entry);
  t.ok(at('ask 2') < at('committed 1'), 'page 2 was asked for while page 1 loaded');
  t.ok(at('checkpoint 1') < at('ask 3'), 'page 3 was not asked for before page 1 had been loaded');
  for (const n of [1, 2, 3, 4]) {
    t.ok(at(`load ${n}`) < at(`committed ${n}`) && at(`committed ${n}`) < at(`checkpoint ${n}`));
    if (n > 1) t.ok(at(`checkpoint ${n - 1}`) < at(`load ${n}`), 'pages load one after the other');
  }
});

void t.test(
  'C4 later: tried again from the committed cursor, after at least what was asked for',
  async (t) => {
    const s = await scene();
    s.source.beforePage = (_asked, count) => {
      if (count === 2) throw new GuaritaError('source-timeout');
      if (count === 3) throw new GuaritaError('shutting-down', '', { retryAfterSeconds: 37 });
    };
    t.match(await collectView(s.turn), { outcome: { kind: 'complete' }, counts: { rows: 35, new: 35 } });
    t.strictSame(s.troubles, ['source-timeout', 'shutting-down']);
    t.equal(s.pauses.length, 2);
    t.ok((s.pauses[0] ?? 0) >= 500 && (s.pauses[0] ?? 0) <= 1000, 'the first wait is short');
    t.equal(s.pauses[1], 37_000, 'Retry-After goes before the own wait');
    t.strictSame(
      s.source.asked.map(({ after }) => place(after)),
      [0, 10, 10, 10, 20, 30],
    );
    await sameRows(t, s);
  },
);

void t.test('the other side may not ask for a longer wait than five minutes', async (t) => {
  const s = await scene();
  const asked = [86_400, 1e10, 300, -5];
  s.source.beforePage = (_asked, count) => {
    const retryAfterSeconds = asked[count - 1];
    if (retryAfterSeconds !== undefined) throw new GuaritaError('shutting-down', '', { retryAfterSeconds });
  };
  t.match(await collectView(s.turn), { outcome: { kind: 'complete' } });
  t.strictSame(s.pauses.slice(0, 3), [300_000, 300_000, 300_000]);
  t.ok((s.pauses[3] ?? 0) >= 4000, 'and never shorter than the own wait');
});

void t.test('given up after as many failures in a row as are allowed', async (t) => {
  const s = await scene();
  s.source.beforePage = () => {
    throw new GuaritaError('source-unavailable');
  };
  const { outcome, error } = await collectView(s.turn);
  t.strictSame(outcome, { kind: 'failed', code: 'source-unavailable' });
  t.equal(error?.code, 'source-unavailable');
  t.equal(s.source.asked.length, maxFailures);
  t.equal(s.pauses.length, maxFailures - 1);
});

void t.test('restart and no: ended at once, with what was in hand loaded', async (t) => {
  for (const code of ['cursor-invalid', 'view-not-granted'] as const) {
    const s = await scene();
    s.source.beforePage = (_asked, count) => {
      if (count === 2) throw new GuaritaError(code);
    };
    const { outcome, counts } = await collectView(s.turn);
    t.strictSame(outcome, { kind: code === 'cursor-invalid' ? 'restart' : 'failed', code });
    t.equal(counts.rows, 10);
    t.strictSame(
      s.checkpoints.map(({ loads }) => loads),
      [1],
    );
    t.equal(s.pauses.length, 0);
  }
});

void t.test('a page of another schema or epoch is not loaded', async (t) => {
  for (const [change, code] of [
    [{ fingerprint: 'another' }, 'schema-changed'],
    [{ epoch: 'another' }, 'epoch-changed'],
  ] as const) {
    const s = await scene();
    s.source.views[0] = { description: viewOf('custodiado', peopleColumns, change), rows: people(1, 35) };
    t.match(await collectView(s.turn), { outcome: { kind: 'restart', code }, counts: { rows: 0 } });
    t.strictSame(await s.stored(), []);
  }
});

void t.test('an empty page that is not the last is refused: it would go round for ever', async (t) => {
  const s = await scene();
  s.source.rowsPerPage = 0;
  t.match(await collectView(s.turn), { outcome: { kind: 'failed', code: 'page-invalid' } });
});

void t.test('a load that fails is tried again, also when the base had committed it', async (t) => {
  for (const when of ['beforeCopy', 'afterCommit'] as const) {
    const s = await scene();
    s.base[when] = (count) => {
      if (count === 2) throw new GuaritaError('base-unavailable');
    };
    const before = await s.changes();
    const { outcome } = await collectView(s.turn);
    t.strictSame(outcome, { kind: 'complete' }, `base gone ${when}`);
    t.strictSame(s.troubles, ['base-unavailable'], 'and nothing else');
    t.equal((await s.changes()) - before, 35, 'no row was written twice');
    t.strictSame(
      s.checkpoints.map(({ cursor }) => place(cursor)),
      [10, 20, 30, 35],
    );
    await sameRows(t, s);
  }
});

void t.test(
  'a checkpoint that cannot be written: the page counts as not loaded, and is not written twice',
  async (t) => {
    const s = await scene();
    let full = true;
    const checkpoint: ViewTurn['checkpoint'] = (cursor, loads, complete) => {
      if (loads === 2 && full) {
        full = false;
        throw new GuaritaError('state-unwritable');
      }
      s.turn.checkpoint(cursor, loads, complete);
    };
    const before = await s.changes();
    t.match(await collectView({ ...s.turn, checkpoint }), { outcome: { kind: 'complete' } });
    t.strictSame(
      s.checkpoints.map(({ cursor }) => place(cursor)),
      [10, 20, 30, 35],
    );
    t.equal((await s.changes()) - before, 35);
    await sameRows(t, s);
  },
);

void t.test('another collector at work on the view is noticed; both go on and nothing is lost', async (t) => {
  const s = await scene();
  s.source.beforePage = async (_asked, count) => {
    if (count !== 2) return;
    const loads = await readLoads(bases.shared, s.target);
    const rows = people(21, 25);
    await loadPage(
      bases.shared,
      s.target,
      { lines: linesOf(rows), rows: rows.length },
      {
        ...{ expectedLoads: loads, run: 1, mostRemoved: 0, maxRowBytes: 1024 * 1024 },
        cursor: { next: 'elsewhere', complete: false },
        wholeKeys: false,
      },
    );
  };
  const { outcome, counts } = await collectView(s.turn);
  t.strictSame(outcome, { kind: 'complete' });
  t.match(counts, { rows: 35, new: 30, unchanged: 5 });
  t.strictSame(s.troubles, ['source-busy']);
  await sameRows(t, s);
});

void t.test('a base that was restored in mid-run takes no page of this run any more', async (t) => {
  const s = await scene();
  s.source.beforePage = async (_asked, count) => {
    if (count !== 3) return;
    await until('page 2 is loaded', () => s.checkpoints.length === 2);
    await query(bases.shared, 'UPDATE guarita.view SET loads = 1 WHERE source = $1', [s.name]);
  };
  t.match(await collectView(s.turn), { outcome: { kind: 'failed', code: 'source-busy' } });
  t.equal(s.checkpoints.length, 2);
});

void t.test('stop: the page in hand is loaded and its checkpoint written', async (t) => {
  const s = await scene();
  s.base.beforeCopy = (count) => {
    if (count === 2) s.stopping.abort();
  };
  const { outcome, counts, error } = await collectView(s.turn);
  t.strictSame(outcome, { kind: 'stopped' });
  t.equal(error, null);
  t.equal(counts.rows, 20);
  t.strictSame(
    s.checkpoints.map(({ cursor, loads }) => [place(cursor), loads]),
    [
      [10, 1],
      [20, 2],
    ],
  );
  t.strictSame((await s.stored()).length, 20);
});

void t.test('stop ends a wait, and a fetch that does not answer', async (t) => {
  const waiting = await scene();
  waiting.source.beforePage = () => {
    throw new GuaritaError('source-timeout');
  };
  const stopInstead: ViewTurn['pause'] = async (_milliseconds, signal) => {
    waiting.stopping.abort();
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  };
  const { outcome } = await collectView({ ...waiting.turn, pause: stopInstead });
  t.strictSame(outcome, { kind: 'stopped' });

  const silent = await scene();
  silent.source.beforePage = () => {
    silent.stopping.abort();
    return new Promise<void>(() => undefined);
  };
  t.strictSame((await collectView(silent.turn)).outcome, { kind: 'stopped' });
});

void t.test('a run that is told to stop before it begins does nothing', async (t) => {
  const s = await scene();
  s.stopping.abort();
  t.strictSame((await collectView(s.turn)).outcome, { kind: 'stopped' });
  t.equal(s.checkpoints.length, 0);
});

/** A source whose second page comes at the very moment that the test chooses. */
function secondPageWhenAsked(s: Scene) {
  const asked = deferred();
  const page = deferred<Awaited<ReturnType<ArraySource['page']>>>();
  const source: ViewTurn['source'] = {
    describe: () => s.source.describe(),
    close: () => s.source.close(),
    digests: (view, request) => s.source.digests(view, request),
    list: (view, request) => s.source.list(view, request),
    lookup: (view, request) => s.source.lookup(view, request),
    page(view, request) {
      if (place(request.after) !== 10 || s.pauses.length > 0) return s.source.page(view, request);
      asked.resolve();
      return page.promise;
    },
  };
  const answer = async () =>
    s.source.page('custodiado', {
      after: JSON.stringify(['first', s.target.view.fingerprint, 10]),
      until: '35',
    });
  return { source, asked: asked.promise, page, answer };
}

void t.test('a page that crosses a stop on its way is dropped', async (t) => {
  const s = await scene();
  const second = secondPageWhenAsked(s);
  const mayLoad = deferred();
  s.base.beforeCopy = () => mayLoad.promise;
  const run = collectView({ ...s.turn, source: second.source });
  await second.asked;
  const page = await second.answer();
  // Both in the same turn of the event loop: the page is there before the run has seen the stop.
  second.page.resolve(page);
  s.stopping.abort();
  mayLoad.resolve();
  t.match(await run, { outcome: { kind: 'stopped' }, counts: { rows: 10 } });
});

void t.test('a page that crosses the failure of the load before it is dropped', async (t) => {
  // How many microtasks lie between the base's answer and the run is no one's business: try all near ones.
  for (let ticks = 0; ticks < 12; ticks++) {
    const s = await scene();
    const second = secondPageWhenAsked(s);
    const crossing = deferred();
    let failures = 1;
    s.base.afterCommit = async () => {
      if (failures-- !== 1) return;
      await crossing.promise;
      throw new GuaritaError('base-unavailable');
    };
    const run = collectView({ ...s.turn, source: second.source });
    await second.asked;
    const page = await second.answer();
    crossing.resolve();
    for (let i = 0; i < ticks; i++) await Promise.resolve();
    second.page.resolve(page);
    const { outcome } = await run;
    t.strictSame(outcome, { kind: 'complete' }, `${ticks} microtasks later`);
    await sameRows(t, s);
  }
});
