import type { Test } from 'tap';
import { migrateBase } from '../../../central/base/migrate.ts';
import { AnswerScene, answerInBase, endsOf } from '../../support/answer-scene.ts';
import { query, type TestBases } from '../../support/bases.ts';

/** What is decided by command stands with what people decided in the base. */
export async function recorded(t: Test, bases: TestBases): Promise<void> {
  const base = bases.shared;
  const said = (on = base) =>
    query(
      on,
      `SELECT a.id, resposta, quem, por_meio, motivo, outcome FROM decidido.resposta a JOIN guarita.answer USING (id)
        WHERE fonte = 'SE' ORDER BY numero`,
    );

  await t.test('once, whatever is shown again; and again where a base was restored', async (t) => {
    const s = new AnswerScene(t, base);
    s.opens({ source: 'SE' });
    const decide = (decision: 'accepted' | 'refused', reason: string | null) =>
      s.state.answers.decide('SE', null, decision, { who: 'ana', reason, refs: [s.doubt().ref] });
    decide('refused', 'telefonei');
    s.base.fails = 'after';
    await s.shows();
    s.base.fails = null;
    await s.shows(60_000);
    s.kill();
    await s.shows();
    t.match(await said(), [
      { resposta: 'refused', quem: 'ana', por_meio: 'command', motivo: 'telefonei', outcome: 'carried-out' },
    ]);
    t.equal((await said()).length, 1);
    const copy = await s.copy();
    decide('accepted', null);
    await s.looks();
    const both = await said();
    t.match(both, [{ resposta: 'refused' }, { resposta: 'accepted', motivo: null }]);

    await s.restore(copy);
    await s.looks();
    t.strictSame(await said(), both, 'what became of them is shown again');

    const fresh = await bases.open('exchanged');
    t.teardown(() => fresh.close());
    await migrateBase(fresh);
    s.kill(fresh);
    await s.looks();
    t.strictSame(await said(fresh), both, 'also what was carried out long ago');
    t.strictSame(s.owed, [], 'and none of it is carried out again');
  });

  await t.test('what another process decides is noticed without its word', async (t) => {
    const s = new AnswerScene(t, base);
    const doubt = s.opens({ source: 'SE', view: 'unidade' });
    const watch = s.watch();
    watch.start();
    await watch.settled();
    await s.shows();
    const command = s.elsewhere();
    command.answers.decide('SE', 'unidade', 'refused', { who: 'ana', reason: null, refs: [doubt.ref] });
    command.close();
    s.clock.pass(5000);
    await watch.settled();
    s.clock.pass(2000);
    await s.publisher.settled();
    t.match(await query(base, `SELECT decision FROM guarita.attention WHERE source = 'SE'`), [
      { decision: 'refused' },
    ]);
    await watch.stop();
  });

  await t.test('and what was answered in the base, in a base that has lost it', async (t) => {
    const s = new AnswerScene(t, base);
    const id = await answerInBase(base, s.opens({ source: 'AL', view: 'unidade' }), 'refused', {
      who: 'caio',
    });
    await s.looks();
    const fresh = await bases.open('exchanged');
    t.teardown(() => fresh.close());
    s.kill(fresh);
    await s.shows();
    t.match(await query(fresh, 'SELECT quem, por_meio FROM decidido.resposta WHERE id = $1', [id]), [
      { quem: 'caio', por_meio: 'console' },
    ]);
    t.strictSame(await endsOf(fresh, id), ['carried-out']);
    s.kill(base);
  });
}
