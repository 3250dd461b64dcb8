import type { Test } from 'tap';
import { AnswerScene, answerInBase, endsOf, loss } from '../../support/answer-scene.ts';
import { query, type TestBases } from '../../support/bases.ts';

/** An answer decides the very doubt that it is about, once. */
export async function carriedOut(t: Test, { shared: base }: TestBases): Promise<void> {
  await t.test('what is accepted in the base is decided, collected at once, and shown as done', async (t) => {
    const s = new AnswerScene(t, base);
    s.opens();
    await s.shows();
    // As a console has it: from the base alone.
    const [seen] = await query<ReturnType<typeof s.doubt>>(base, 'SELECT * FROM guarita.attention');
    const id = await answerInBase(base, seen ?? s.doubt(), 'accepted');
    await s.looks();
    t.match(s.doubt(), { decision: 'accepted' });
    t.match(s.owed, [{ source: 'AL', kind: 'collect', view: 'custodiado', reason: 'decided' }]);
    t.strictSame(await endsOf(base, id), ['carried-out']);
    t.match(await query(base, 'SELECT decision FROM guarita.attention'), [{ decision: 'accepted' }]);
    await s.looks();
    s.kill();
    await s.looks();
    t.equal(s.owed.length, 1, 'once');
  });

  await t.test('what is refused is decided, and nothing is collected', async (t) => {
    const s = new AnswerScene(t, base);
    const id = await answerInBase(base, s.opens(), 'refused');
    const watch = s.watch();
    watch.start();
    await watch.settled();
    s.clock.pass(2000);
    await s.publisher.settled();
    await watch.stop();
    t.match(s.doubt(), { decision: 'refused' });
    t.strictSame(s.owed, []);
    t.strictSame(await endsOf(base, id), ['carried-out']);
  });

  await t.test('two answers to one doubt: in their order, so that the last one holds', async (t) => {
    const s = new AnswerScene(t, base);
    const doubt = s.opens();
    const ids = [await answerInBase(base, doubt, 'accepted'), await answerInBase(base, doubt, 'refused')];
    await s.looks();
    t.match(s.doubt(), { decision: 'refused' });
    t.strictSame(await endsOf(base, ...ids), ['carried-out', 'carried-out']);
  });

  await t.test('a doubt that is not as it was shown is not decided', async (t) => {
    const s = new AnswerScene(t, base);
    const shown = s.opens();
    const now = s.opens({ subject: '41' });
    const ids = [
      await answerInBase(base, shown, 'accepted'),
      // Names are short: what is in doubt counts as well.
      await answerInBase(base, { ...now, subject: '40' }, 'accepted'),
      await answerInBase(base, { ...now, code: 'column-lost' }, 'accepted'),
      await answerInBase(base, { ...now, view: 'unidade' }, 'accepted'),
      await answerInBase(base, { ...now, source: 'RO' }, 'accepted'),
    ];
    await s.looks();
    t.match(s.doubt(), { subject: '41', decision: null });
    t.strictSame(s.owed, []);
    t.strictSame(new Set(await endsOf(base, ...ids)), new Set(['outdated']));
  });

  await t.test('a doubt about what the base cannot write can be answered', async (t) => {
    const s = new AnswerScene(t, base);
    s.opens({ code: 'epoch-changed', subject: 'of\0an agent' });
    await s.shows();
    const [seen] = await query<ReturnType<typeof s.doubt>>(base, 'SELECT * FROM guarita.attention');
    t.match(seen, { subject: 'ofan agent' });
    await answerInBase(base, seen ?? s.doubt(), 'accepted');
    await s.looks();
    t.match(s.doubt(), { decision: 'accepted' });
  });

  await t.test('of a source that is not known any more nothing is collected', async (t) => {
    const s = new AnswerScene(t, base);
    const id = await answerInBase(base, s.opens({ ...loss, source: 'MS' }), 'accepted');
    await s.looks();
    t.strictSame(s.owed, []);
    t.strictSame(await endsOf(base, id), ['carried-out']);
  });
}
