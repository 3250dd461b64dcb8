import type { Test } from 'tap';
import { type AnswerWatchOptions } from '../../../central/service/answer-watch.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { AnswerScene, answerInBase, endsOf } from '../../support/answer-scene.ts';
import type { TestBases } from '../../support/bases.ts';

/** Whatever ends the process, and wherever: an answer is carried out, and once. */
export async function cutShort(t: Test, { shared: base }: TestBases): Promise<void> {
  await t.test('before it is decided: by the next service', async (t) => {
    const s = new AnswerScene(t, base);
    const id = await answerInBase(base, s.opens(), 'accepted');
    const { answers } = s.state;
    const full = {
      isEnded: (one: string) => answers.isEnded(one),
      doubtOf: (...given: Parameters<typeof answers.doubtOf>) => answers.doubtOf(...given),
      carryOut() {
        throw new GuaritaError('state-unwritable');
      },
    };
    const state = { answers: full, changedElsewhere: () => false } as unknown as AnswerWatchOptions['state'];
    await s.looks({ state });
    t.match(s.doubt(), { decision: null });
    t.strictSame(await endsOf(base, id), [undefined]);
    s.kill();
    await s.looks();
    t.match(s.doubt(), { decision: 'accepted' });
    t.equal(s.owed.length, 2, 'asked for before and after: one job does both');
    t.strictSame(await endsOf(base, id), ['carried-out']);
  });

  await t.test('before the base shows it: what was decided since is not undone', async (t) => {
    const s = new AnswerScene(t, base);
    const id = await answerInBase(base, s.opens(), 'accepted');
    s.base.fails = null;
    const watch = s.watch({ onChange: () => undefined });
    watch.start();
    await watch.settled();
    t.strictSame(await endsOf(base, id), [undefined]);
    s.kill();
    const { ref } = s.doubt();
    s.state.answers.decide('AL', null, 'refused', { who: 'ana', reason: null, refs: [ref] });
    await s.looks();
    t.match(s.doubt(), { decision: 'refused' });
    t.equal(s.owed.length, 1);
    t.strictSame(await endsOf(base, id), ['carried-out']);
  });

  await t.test('a base that cannot be had is asked again', async (t) => {
    const s = new AnswerScene(t, base);
    await answerInBase(base, s.opens(), 'refused');
    s.base.fails = 'before';
    const watch = s.watch();
    watch.start();
    await watch.settled();
    t.match(s.doubt(), { decision: null });
    s.base.fails = null;
    s.clock.pass(60_000);
    await watch.settled();
    t.match(s.doubt(), { decision: 'refused' });
    await watch.stop();
    await s.publisher.close();
    t.strictSame(s.clock.waiting, [], 'and no more when the service has ended');
  });

  await t.test(
    'a folder that was exchanged: what the other one did stays, what is open is outdated',
    async (t) => {
      const one = new AnswerScene(t, base);
      const done = await answerInBase(base, one.opens(), 'accepted');
      await one.looks();
      const open = await answerInBase(base, one.doubt(), 'refused');
      const other = new AnswerScene(t, base);
      other.opens({ subject: '7' });
      await other.looks();
      t.match(other.doubt(), { decision: null });
      t.strictSame(await endsOf(base, done, open), ['carried-out', 'outdated']);
    },
  );
}
