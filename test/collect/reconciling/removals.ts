import type { Test } from 'tap';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Page } from '../../../shared/sources/view-source.ts';
import { linesOf, people, peopleColumns, type Row, viewOf } from '../../support/array-source.ts';
import { type MakeScene, type Scene, sameRows, view } from '../../support/collect-scene.ts';

const snapshot = (name: string, rows?: Row[]) => view(name, rows, { mode: 'snapshot', watermark: null });
const changelog = () => view('custodiado', people(1, 35), { mode: 'changelog', watermark: null });

/** Of this standard view a row must say whose it is. */
const custodies = () => ({
  description: viewOf('custodia', ['id', 'custodiado_id', 'atualizado_em']),
  rows: people(1, 35),
});

/** The rows of the first view, to be taken away. */
const rowsOf = (s: Scene): Row[] => s.source.views[0]?.rows ?? [];

const marked = async (s: Scene, view = 'custodiado') =>
  (await s.stored(view, 'id', '_removed IS NOT NULL')).length;

/** What a person is asked: how many rows. */
const asked = (s: Scene) => s.state.attentions.all().map(({ subject }) => subject);

/** The log names rows as gone, and then others as they are, so many a page, whatever else the view has. */
function logSays(
  s: Scene,
  gone: () => readonly Row[],
  perPage = 100,
  given: () => readonly Row[] = () => [],
) {
  const { fingerprint, epoch } = s.source.views[0]?.description ?? viewOf('custodiado', peopleColumns);
  s.source.page = (_view, { after }): Promise<Page> => {
    const from = Number((JSON.parse(after ?? '[]') as unknown[])[3] ?? 0);
    s.source.asked.push({ view: 'custodiado', after, until: null });
    const all = [
      ...gone().map(([id]) => `0\t{-1}\t${id}\t\\N\t\\N\n`),
      ...given().map((row) => linesOf([row]).toString()),
    ];
    const lines = all.slice(from, from + perPage);
    const complete = from + lines.length >= all.length;
    const next = JSON.stringify([epoch, fingerprint, 35, from + lines.length]);
    const info = { rows: lines.length, next, until: 'x', complete, fingerprint, epoch };
    return Promise.resolve({ ...info, lines: Buffer.from(lines.join('')) });
  };
}

/** Limits of 35 rows: seven may go without asking. Wherever they go, no more are marked before a person accepts. */
export async function removals(t: Test, scene: MakeScene): Promise<void> {
  await t.test('C8 a view that is emptied between the digests and the lookup loses nothing', async (t) => {
    for (const mostAnswered of [100, 2]) {
      const s = scene(t, [snapshot('custodiado')]);
      await s.run();
      rowsOf(s).splice(0, 35, ...people(1, 35, 2));
      const full = [...rowsOf(s)];
      s.source.mostAnswered = mostAnswered;
      s.source.beforeQuestion = (_view, what) => {
        if (what === 'lookup') rowsOf(s).splice(0);
      };
      t.match(await s.run(), { outcome: 'needs-attention', error: { code: 'view-shrank' } });
      t.equal(await marked(s), 0);
      t.strictSame(asked(s), ['35']);
      s.source.beforeQuestion = () => undefined;
      rowsOf(s).push(...full);
      t.match(await s.run(), { outcome: 'complete', views: [{ changed: 35, removed: 0 }] });
      t.strictSame(s.state.attentions.all(), [], 'it heals by itself');
      await sameRows(t, s);
    }
  });

  await t.test('C8 keys that were exchanged for others are a loss, too', async (t) => {
    const s = scene(t, [snapshot('custodiado')]);
    await s.run();
    rowsOf(s).splice(0, 10, ...people(101, 110));
    t.match(await s.run(), { outcome: 'needs-attention' });
    t.equal(await marked(s), 0);
    t.strictSame(asked(s), ['10']);
    s.state.attentions.decide(s.name, null, 'accepted');
    t.match(await s.run(), { outcome: 'complete', views: [{ removed: 10 }] });
    await sameRows(t, s);
  });

  await t.test('C8 what is asked is how many would be marked, so that one decision is enough', async (t) => {
    for (const limits of [
      { rowsPerListing: 200_000, mostListings: 4 },
      { rowsPerListing: 4, mostListings: 1 },
      { rowsPerListing: 12, mostListings: 99 },
    ]) {
      const s = scene(t, [snapshot('custodiado')]);
      await s.run();
      rowsOf(s).splice(0, 13);
      rowsOf(s).push(...people(36, 38));
      t.match(await s.run({ limits }), { outcome: 'needs-attention' });
      t.strictSame(asked(s), ['13'], 'three that came are no answer to thirteen that went');
      t.equal((await s.stored('custodiado', 'id', `id > '000035'`)).length, 0, 'and nothing was loaded');
      s.state.attentions.decide(s.name, null, 'accepted');
      t.match(await s.run({ limits }), { outcome: 'complete' });
      await sameRows(t, s);
    }
  });

  await t.test('C8 more than were accepted are asked about anew, and none of them is marked', async (t) => {
    const s = scene(t);
    await s.run();
    rowsOf(s).splice(0, 10);
    await s.run({ reconcile: true });
    s.state.attentions.decide(s.name, null, 'accepted');
    rowsOf(s).splice(0, 1);
    t.match(await s.run(), { outcome: 'needs-attention' });
    t.equal(await marked(s), 0);
    t.match(s.state.attentions.all(), [{ subject: '11', decision: null }]);
  });

  await t.test('C8 the same of a change log', async (t) => {
    const s = scene(t, [changelog()]);
    await s.run();
    let gone = people(1, 10);
    logSays(s, () => gone);
    t.match(await s.run(), { outcome: 'needs-attention', error: { code: 'view-shrank' } });
    t.strictSame(asked(s), ['10']);
    s.state.attentions.decide(s.name, null, 'accepted');
    gone = people(1, 35);
    t.match(await s.run(), { outcome: 'needs-attention' });
    t.equal(await marked(s), 0);
    t.strictSame(asked(s), ['35']);
  });

  await t.test('C8 a change log is weighed to its end, and each row once', async (t) => {
    const s = scene(t, [changelog()]);
    await s.run();
    const told = [...people(1, 12), ...people(3, 14)];
    logSays(s, () => told, 4);
    t.match(await s.run(), { outcome: 'needs-attention' });
    t.equal(await marked(s), 4, 'what may go without asking');
    t.strictSame(asked(s), ['10'], 'and fourteen in all');
    s.state.attentions.decide(s.name, null, 'accepted');
    t.match(await s.run(), { outcome: 'complete' });
    t.equal(await marked(s), 14);
  });

  await t.test('C8 a row that a later page of a change log gives again is no loss', async (t) => {
    const s = scene(t, [changelog()]);
    await s.run();
    let gone = people(1, 20);
    const back = () => people(1, 8);
    logSays(s, () => gone, 20, back);
    t.match(await s.run(), { outcome: 'needs-attention' });
    t.strictSame(asked(s), ['12']);
    s.state.attentions.decide(s.name, null, 'accepted');
    gone = people(9, 20);
    t.match(await s.run(), { outcome: 'complete' });
    t.equal(await marked(s), 12);
  });

  await t.test('C8 a loss of a change log that became small while it waited is no loss', async (t) => {
    const s = scene(t, [changelog()]);
    await s.run();
    let gone = people(1, 10);
    logSays(s, () => gone);
    t.match(await s.run(), { outcome: 'needs-attention' });
    gone = people(1, 3);
    t.match(await s.run(), { outcome: 'complete' });
    t.equal(await marked(s), 3);
    t.strictSame(s.state.attentions.all(), []);
  });

  await t.test('C8 of what was accepted, a run that was cut short has used up what it marked', async (t) => {
    const s = scene(t, [changelog()]);
    await s.run();
    let gone = people(1, 10);
    logSays(s, () => gone, 4);
    const page = s.source.page.bind(s.source);
    t.match(await s.run(), { outcome: 'needs-attention' });
    t.strictSame([await marked(s), ...asked(s)], [4, '6']);
    gone = people(1, 20);
    t.match(await s.run(), { outcome: 'needs-attention' });
    t.strictSame(asked(s), ['16']);
    s.state.attentions.decide(s.name, null, 'accepted');
    const from = s.source.asked.length;
    s.source.page = (name, request) => {
      if (s.source.asked.length > from + 1) throw new GuaritaError('view-not-granted');
      return page(name, request);
    };
    t.match(await s.run(), { outcome: 'failed' });
    const some = await marked(s);
    t.ok(some > 4 && some < 20);
    t.strictSame(asked(s), [String(20 - some)]);
    s.source.page = page;
    gone = people(1, 21);
    t.match(await s.run(), { outcome: 'needs-attention' });
    t.ok((await marked(s)) <= 20);
  });

  await t.test('C8 what a run may mark it may mark once, by whatever part of it', async (t) => {
    const s = scene(t, [changelog()]);
    await s.run();
    logSays(s, () => people(1, 5));
    rowsOf(s).splice(0, 10);
    t.match(await s.run({ reconcile: true }), {
      outcome: 'needs-attention',
      views: [{ kind: 'collect', removed: 5 }, { kind: 'reconcile' }],
    });
    t.equal(await marked(s), 5);
    t.strictSame(asked(s), ['5']);
  });

  await t.test('C8 runs that fail do not mark by turns what one of them may not', async (t) => {
    const s = scene(t, [changelog()]);
    await s.run();
    logSays(s, () => people(1, 20), 4);
    const page = s.source.page.bind(s.source);
    let pages = 0;
    s.source.page = (name, request) => {
      if (++pages > 1) throw new GuaritaError('view-not-granted');
      return page(name, request);
    };
    t.match(await s.run(), { outcome: 'failed' });
    t.equal(await marked(s), 4);
    s.source.page = page;
    t.match(await s.run(), { outcome: 'needs-attention' });
    t.equal(await marked(s), 4);
    t.strictSame(asked(s), ['16']);
    s.state.attentions.decide(s.name, null, 'accepted');
    t.match(await s.run(), { outcome: 'complete' });
    t.equal(s.state.views.find(s.name, 'custodiado')?.marked, 0, 'and the next loss is judged by itself');
  });

  await t.test(
    'C8 rows in quarantine that are gone by the dozen are for a comparison to weigh',
    async (t) => {
      const s = scene(t, [custodies()]);
      await s.run();
      rowsOf(s).splice(0, 10, ...people(1, 10).map(([id = null, , at = null]): Row => [id, null, at]));
      t.match(await s.run({ reconcile: true }), { outcome: 'complete', views: [{}, { quarantined: 10 }] });
      rowsOf(s).splice(0, 10);
      t.match(await s.run(), { outcome: 'needs-attention', views: [{ outcome: 'complete' }, {}] });
      t.equal(await marked(s, 'custodia'), 0);
      t.strictSame(asked(s), ['10']);
      s.state.attentions.decide(s.name, null, 'accepted');
      t.match(await s.run(), { outcome: 'complete' });
      t.equal(await marked(s, 'custodia'), 10);
    },
  );
}
