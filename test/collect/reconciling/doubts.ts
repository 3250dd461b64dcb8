import type { Test } from 'tap';
import { RemovalJudge } from '../../../central/collect/view/removal-judge.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { people, peopleColumns, viewOf } from '../../support/array-source.ts';
import { type MakeScene, sameRows, view } from '../../support/collect-scene.ts';

/** What is not believed before a person accepts it. */
export async function doubts(t: Test, scene: MakeScene): Promise<void> {
  await t.test('C8 another epoch waits for a person, then is read anew and reconciled', async (t) => {
    const s = scene(t, [view('custodiado'), view('visitante')]);
    await s.run();
    s.source.views[0] = {
      description: viewOf('custodiado', peopleColumns, { epoch: 'restored' }),
      rows: [...people(1, 28), ...people(30, 35, 2)],
    };
    s.source.views[1]?.rows.push(...people(36, 36));
    for (const _ of [1, 2]) {
      t.match(await s.run(), {
        outcome: 'needs-attention',
        error: { code: 'epoch-changed' },
        views: [
          { view: 'custodiado', outcome: 'needs-attention', problem: 'epoch-changed', rows: 0 },
          { view: 'visitante', outcome: 'complete' },
        ],
      });
    }
    t.equal((await s.stored('custodiado', 'id', `nome LIKE '%v2'`)).length, 0, 'nothing of it was loaded');
    const [doubt] = s.state.attentions.all();
    t.match(doubt, {
      source: s.name,
      view: 'custodiado',
      code: 'epoch-changed',
      subject: 'restored',
      decision: null,
    });

    s.state.attentions.decide(s.name, 'custodiado', 'accepted');
    t.match(await s.run(), {
      outcome: 'complete',
      views: [
        { kind: 'collect', rows: 34, changed: 6, unchanged: 28 },
        { kind: 'reconcile', removed: 1 },
        { view: 'visitante' },
      ],
    });
    await sameRows(t, s);
    t.strictSame(s.state.attentions.all(), [], 'the doubt is forgotten');
    t.match(await s.run(), { outcome: 'complete' });
  });

  await t.test('C8 what was accepted is this epoch, not the next one', async (t) => {
    const s = scene(t);
    await s.run();
    const restored = (epoch: string) => {
      s.source.views[0] = view('custodiado', people(1, 35), { epoch });
    };
    restored('second');
    await s.run();
    s.state.attentions.decide(s.name, null, 'accepted');
    restored('third');
    t.match(await s.run(), { outcome: 'needs-attention' });
    t.match(s.state.attentions.all(), [{ subject: 'third', decision: null }]);
  });

  await t.test('C8 a bound before what was read is another history, too', async (t) => {
    const s = scene(t);
    await s.run();
    s.source.beforePage = ({ after }) => {
      if (after !== null) throw new GuaritaError('epoch-changed', 'Its greatest watermark is before.');
    };
    t.match(await s.run(), { outcome: 'needs-attention', views: [{ problem: 'epoch-changed' }] });
    s.state.attentions.decide(s.name, null, 'accepted');
    s.source.rowsPerPage = 100;
    t.match(await s.run(), {
      outcome: 'complete',
      views: [{ rows: 35, unchanged: 35 }, { kind: 'reconcile' }],
    });
  });

  await t.test(
    'C8 a lost column waits; refused, the view stays as it is until the column is back',
    async (t) => {
      const s = scene(t);
      await s.run();
      const whole = s.source.views[0] ?? view('custodiado');
      s.source.views[0] = {
        description: viewOf('custodiado', ['id', 'atualizado_em']),
        rows: whole.rows.map(([id = null, , at = null]) => [id, at]),
      };
      t.match(await s.run(), {
        outcome: 'needs-attention',
        error: { code: 'column-lost', detail: /nome/ },
      });
      t.match(s.state.attentions.all(), [{ columns: ['nome'] }], 'which ones, is no matter of words');
      s.state.attentions.decide(s.name, null, 'refused');
      t.match(await s.run(), { outcome: 'needs-attention' });
      t.match(s.state.attentions.all(), [{ decision: 'refused', columns: ['nome'] }], 'the decision stands');
      s.source.views[0] = whole;
      t.match(await s.run(), { outcome: 'complete' });
      t.strictSame(s.state.attentions.all(), []);
      await sameRows(t, s);
    },
  );

  await t.test('C8 a lost column that was accepted keeps what it held', async (t) => {
    const s = scene(t);
    await s.run();
    const rows = people(1, 35).map(([id = null, , at = null]) => [id, at]);
    s.source.views[0] = { description: viewOf('custodiado', ['id', 'atualizado_em']), rows };
    await s.run();
    s.state.attentions.decide(s.name, null, 'accepted');
    t.match(await s.run(), { outcome: 'complete' });
    t.match(await s.stored('custodiado', 'id, nome', `id = '000001'`), [{ nome: 'PESSOA 1 v1' }]);
    t.match(await s.run(), { outcome: 'complete' }, 'it is not asked again');
  });

  await t.test(
    'C8 a view that shrank is not believed: nothing is marked before a person accepts',
    async (t) => {
      const s = scene(t);
      await s.run();
      s.source.views[0]?.rows.splice(5, 8);
      t.match(await s.run({ reconcile: true }), {
        outcome: 'needs-attention',
        views: [
          { kind: 'collect', outcome: 'complete' },
          { kind: 'reconcile', outcome: 'needs-attention', problem: 'view-shrank' },
        ],
      });
      t.strictSame(await s.stored('custodiado', 'id', '_removed IS NOT NULL'), []);
      t.match(
        await s.run(),
        { outcome: 'needs-attention', views: [{ kind: 'collect', outcome: 'complete' }, {}] },
        'its daily increment goes on, and what is owed is looked at again',
      );
      s.state.attentions.decide(s.name, null, 'accepted');
      t.match(await s.run(), { outcome: 'complete', views: [{}, { kind: 'reconcile', removed: 8 }] });
      await sameRows(t, s);
      s.source.views[0]?.rows.splice(5, 8);
      t.match(
        await s.run({ reconcile: true }),
        { outcome: 'needs-attention' },
        'accepted was that loss alone',
      );
    },
  );

  await t.test('C8 a view that shrank and came back heals by itself', async (t) => {
    const s = scene(t);
    await s.run();
    const taken = s.source.views[0]?.rows.splice(0, 35) ?? [];
    t.match(await s.run({ reconcile: true }), { outcome: 'needs-attention' });
    s.source.views[0]?.rows.push(...taken);
    t.match(await s.run(), { outcome: 'complete' });
    t.strictSame(s.state.attentions.all(), []);
    await sameRows(t, s);
  });

  await t.test('C8 two doubts about one view are decided one after the other, and both hold', async (t) => {
    const s = scene(t);
    await s.run();
    s.source.views[0] = {
      description: viewOf('custodiado', ['id', 'atualizado_em'], { epoch: 'restored' }),
      rows: people(1, 35).map(([id = null, , at = null]) => [id, at]),
    };
    t.match(await s.run(), { error: { code: 'epoch-changed' } });
    s.state.attentions.decide(s.name, null, 'accepted');
    t.match(await s.run(), { error: { code: 'column-lost' } });
    s.state.attentions.decide(s.name, null, 'accepted');
    t.match(await s.run(), { outcome: 'complete' });
    t.strictSame(s.state.attentions.all(), []);
  });

  await t.test(
    'C8 the epoch changes between the description and a page: one decision is enough',
    async (t) => {
      const s = scene(t);
      await s.run();
      s.source.beforePage = (_asked, count) => {
        if (count === 6) s.source.views[0] = view('custodiado', people(1, 35), { epoch: 'restored' });
      };
      for (let run = 0; run < 3; run++) await s.run();
      t.match(s.state.attentions.all(), [{ code: 'epoch-changed', subject: 'restored' }]);
      s.state.attentions.decide(s.name, null, 'accepted');
      t.match(await s.run(), { outcome: 'complete' });
    },
  );

  await t.test('C8 what was accepted is that loss, not any', async (t) => {
    const s = scene(t, [view('custodiado', people(1, 35), { mode: 'snapshot', watermark: null })]);
    await s.run();
    const rows = s.source.views[0]?.rows ?? [];
    rows.splice(0, 10);
    t.match(await s.run(), { outcome: 'needs-attention' });
    s.state.attentions.decide(s.name, null, 'accepted');
    rows.splice(0, 25);
    t.match(await s.run(), { outcome: 'needs-attention' });
    t.match(s.state.attentions.all(), [{ subject: '35', decision: null }]);
    t.strictSame(await s.stored('custodiado', 'id', '_removed IS NOT NULL'), []);
  });

  await t.test('C8 a view that waits is not worn down run by run', async (t) => {
    const s = scene(t, [view('custodiado', people(1, 35), { mode: 'changelog', watermark: null })]);
    await s.run();
    // The log names twenty rows as gone, a few a page.
    const described = s.source.views[0]?.description ?? viewOf('custodiado', peopleColumns);
    const gone = people(1, 20).map(([id]) => `0\t{-1}\t${id}\t\\N\t\\N\n`);
    s.source.page = (_view, { after }) => {
      const from = Number((JSON.parse(after ?? '[]') as unknown[])[3] ?? 0);
      const lines = gone.slice(from, from + 4);
      const next = JSON.stringify(['first', described.fingerprint, 35, from + lines.length]);
      const { fingerprint, epoch } = described;
      const complete = from + lines.length >= gone.length;
      const info = { rows: lines.length, next, until: 'x', complete, fingerprint, epoch };
      return Promise.resolve({ ...info, lines: Buffer.from(lines.join('')) });
    };
    const marked = async () => (await s.stored('custodiado', 'id', '_removed IS NOT NULL')).length;
    t.match(await s.run(), { outcome: 'needs-attention', error: { code: 'view-shrank' } });
    t.equal(await marked(), 4);
    for (let run = 0; run < 3; run++) t.match(await s.run(), { outcome: 'needs-attention' });
    t.equal(await marked(), 4, 'no more than before the doubt');
    s.state.attentions.decide(s.name, null, 'accepted');
    t.match(await s.run(), { outcome: 'complete' });
    t.equal(await marked(), 20);
  });

  await t.test('what failed goes before what waits: it is worth another try', async (t) => {
    const s = scene(t, [view('advogado'), view('custodiado')]);
    await s.run();
    s.source.views[0] = view('advogado', people(1, 35), { epoch: 'restored' });
    s.source.beforePage = () => {
      throw new GuaritaError('agent-unreachable');
    };
    t.match(await s.run(), { outcome: 'failed', error: { code: 'agent-unreachable' } });
  });

  await t.test('nothing waits: a decision says so', async (t) => {
    const s = scene(t);
    t.throws(() => s.state.attentions.decide(s.name, null, 'accepted'), { code: 'attention-unknown' });
  });

  await t.test('how many rows may go without asking', (t) => {
    const left = (live: number, share: number, rows: number, accepted = 0) =>
      new RemovalJudge(live, { share, rows }, { accepted }).left;
    t.equal(left(1000, 0.2, 100), 200, 'a share of many');
    t.equal(left(300, 0.2, 100), 100, 'a number of few');
    t.equal(left(50, 0.2, 100), 49, 'but never all');
    t.equal(left(0, 0.2, 100), 100);
    t.equal(left(1000, 0.2, 100, 300), 300, 'what was accepted, and nothing beside it');
    t.equal(left(1000, 0.2, 100, 30), 200, 'what needs no asking needs none after it, either');
    const some = new RemovalJudge(1000, { share: 0.2, rows: 100 });
    some.spend(150);
    t.equal(some.left, 50, 'one run has it once');
    t.equal(
      new RemovalJudge(850, { share: 0.2, rows: 100 }, { marked: 150 }).left,
      50,
      'also when told anew',
    );
    t.end();
  });
}
