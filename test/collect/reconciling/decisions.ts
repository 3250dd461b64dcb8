import type { Test } from 'tap';
import { GuaritaError } from '../../../shared/errors.ts';
import { people } from '../../support/array-source.ts';
import { type MakeScene, place, type Scene, view } from '../../support/collect-scene.ts';

/** A view that lost eight rows, and what a person is asked about it. */
async function shrunken(s: Scene): Promise<string> {
  await s.run();
  s.source.views[0]?.rows.splice(0, 8);
  await s.run({ reconcile: true });
  const [doubt] = s.state.attentions.all();
  return doubt?.ref ?? '';
}

/** What a person decides is what they were shown. */
export async function decisions(t: Test, scene: MakeScene): Promise<void> {
  await t.test('C8 a decision about what has changed meanwhile decides nothing', async (t) => {
    const s = scene(t);
    const ref = await shrunken(s);
    s.state.attentions.show(s.state.attentions.all());
    s.source.views[0]?.rows.splice(0, 25);
    await s.run({ reconcile: true });
    t.throws(() => s.state.attentions.decide(s.name, null, 'accepted', [ref]), { code: 'attention-changed' });
    t.throws(() => s.state.attentions.shown(s.name, null), { code: 'attention-changed' });
    t.match(s.state.attentions.all(), [{ subject: '33', decision: null }]);
    t.match(await s.run({ reconcile: true }), { outcome: 'needs-attention' });
    t.strictSame(await s.stored('custodiado', 'id', '_removed IS NOT NULL'), []);
  });

  await t.test('C8 of several that are named all are decided, or none', async (t) => {
    const s = scene(t);
    const ref = await shrunken(s);
    t.throws(() => s.state.attentions.decide(s.name, null, 'accepted', [ref, 'abcdef']), {
      code: 'attention-changed',
    });
    t.throws(() => s.state.attentions.decide('XX', null, 'accepted', [ref]), { code: 'attention-changed' });
    t.match(s.state.attentions.all(), [{ decision: null }]);
    t.match(s.state.attentions.decide(s.name, 'custodiado', 'accepted', [ref]), [{ decision: 'accepted' }]);
  });

  await t.test('C8 the same loss at another time is another doubt', async (t) => {
    const s = scene(t);
    const ref = await shrunken(s);
    s.source.views[0]?.rows.unshift(...people(1, 8));
    t.match(await s.run({ reconcile: true }), { outcome: 'complete' });
    t.not(await shrunken(s), ref);
  });

  await t.test('C8 what nobody was shown is not decided without its name', async (t) => {
    const s = scene(t);
    const ref = await shrunken(s);
    t.throws(() => s.state.attentions.shown(s.name, null), { code: 'attention-changed' });
    s.state.attentions.show(s.state.attentions.all());
    t.match(s.state.attentions.shown(s.name, null), [{ ref }]);
  });

  await t.test('C8 without a view only what waits is decided; of a view also what was decided', async (t) => {
    const s = scene(t, [view('advogado'), view('custodiado'), view('visitante')]);
    await s.run();
    const [first, second] = s.source.views;
    first?.rows.splice(0, 8);
    second?.rows.splice(0, 8);
    await s.run({ reconcile: true });
    const { attentions } = s.state;
    const decided = () => attentions.all().map(({ view, decision }) => [view, decision]);
    attentions.decide(s.name, 'advogado', 'refused');
    attentions.decide(s.name, null, 'accepted');
    t.strictSame(decided(), [
      ['advogado', 'refused'],
      ['custodiado', 'accepted'],
    ]);
    t.throws(() => attentions.decide(s.name, null, 'refused'), { code: 'attention-unknown' });
    attentions.decide(s.name, 'advogado', 'accepted');
    t.match(decided(), [['advogado', 'accepted'], ['custodiado']], 'after refusing one may still accept');
  });

  await t.test('C8 a history that ended too soon was accepted once, not whenever it does', async (t) => {
    const s = scene(t);
    await s.run();
    const wentBack = () => new GuaritaError('epoch-changed', 'Its greatest watermark is before.');
    s.source.beforePage = ({ after }) => {
      if (after !== null) throw wentBack();
    };
    t.match(await s.run(), { outcome: 'needs-attention' });
    s.state.attentions.decide(s.name, null, 'accepted');
    s.source.beforePage = ({ after }) => {
      if (after === null) return;
      throw place(after) === 35 ? wentBack() : new GuaritaError('view-not-granted');
    };
    t.match(
      await s.run(),
      { outcome: 'failed', views: [{ rows: 10 }] },
      'it is read anew, and not to its end',
    );
    s.source.beforePage = ({ after }) => {
      if (after !== null) throw wentBack();
    };
    t.match(await s.run(), { outcome: 'needs-attention' }, 'back again, before what was read since');
    t.match(s.state.attentions.all(), [{ decision: null }]);
  });
}
