import * as fc from 'fast-check';
import type { Test } from 'tap';
import type { Decision } from '../../../central/state/attentions.ts';
import { AnswerScene, answerInBase } from '../../support/answer-scene.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { runs } from '../../support/runs.ts';

/** What was said of which doubt, by id. */
type Said = Map<string, { readonly ref: string; readonly decision: Decision }>;
type Step = (s: AnswerScene, said: Said) => Promise<void> | void;

const decision = fc.constantFrom<Decision>('accepted', 'refused');

/** Something that fails once, before or after it was done. */
const failure = fc.constantFrom('owe', 'carryOut', 'carried out', null);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: decision.map(
      (what): Step =>
        async (s, said) => {
          if (s.base.fails !== null) return;
          const doubt = s.doubt();
          said.set(await answerInBase(s.base, doubt, what), { ref: doubt.ref, decision: what });
        },
    ),
  },
  {
    weight: 2,
    arbitrary: decision.map(
      (what): Step =>
        (s) => {
          const { ref } = s.doubt();
          s.state.answers.decide('AL', null, what, { who: 'ana', reason: null, refs: [ref] });
        },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.nat(2).map(
      (subject): Step =>
        (s) =>
          void s.opens({ subject: String(subject) }),
    ),
  },
  {
    weight: 4,
    arbitrary: failure.map(
      (fails): Step =>
        async (s) => {
          const { answers } = s.state;
          const carryOut = answers.carryOut.bind(answers);
          const once = (what: typeof failure extends fc.Arbitrary<infer F> ? F : never) => {
            if (fails !== what) return;
            fails = null;
            throw new Error('It failed.');
          };
          answers.carryOut = (answer) => {
            once('carryOut');
            const outcome = carryOut(answer);
            once('carried out');
            return outcome;
          };
          const runner = {
            owe(request: (typeof s.owed)[number]) {
              once('owe');
              s.owed.push(request);
            },
          };
          const watch = s.watch({ runner });
          watch.start();
          await watch.settled();
          await watch.stop();
          answers.carryOut = carryOut;
        },
    ),
  },
  { weight: 3, arbitrary: fc.constant<Step>((s) => s.shows()) },
  { weight: 2, arbitrary: fc.constant<Step>((s) => s.kill()) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('before' as const, 'after' as const, null).map(
      (fails): Step =>
        (s) => {
          s.base.fails = fails;
        },
    ),
  },
);

/** Whatever fails and in whatever order: each answer is carried out once, in its order, and shown with its end. */
export async function atRandom(t: Test, { shared: base }: TestBases): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const s = new AnswerScene(t, base);
      s.opens();
      const said: Said = new Map();
      for (const each of steps) await each(s, said);
      s.base.fails = null;
      await s.looks();
      await s.shows(60_000);
      await s.shows();

      const ended = s.state.answers.after(0, 1000);
      const byConsole = ended.filter(({ through }) => through === 'console');
      t.strictSame(
        byConsole.map(({ id }) => id),
        [...said.keys()],
        'in the order in which they were recorded',
      );
      const { ref, decision } = s.doubt();
      const last = ended.findLast((one) => one.ref === ref && one.outcome === 'carried-out');
      t.equal(decision, last?.decision ?? null, 'what was said last of the doubt holds');
      const accepted = byConsole.filter(
        (one) => one.decision === 'accepted' && one.outcome === 'carried-out',
      );
      t.ok(s.owed.length >= accepted.length, 'and is collected where it was accepted');
      const shown = await query<{ id: string; outcome: string }>(
        base,
        'SELECT id, outcome FROM decidido.resposta JOIN guarita.answer USING (id) WHERE id = ANY ($1)',
        [ended.map(({ id }) => id)],
      );
      t.strictSame(
        new Map(shown.map(({ id, outcome }) => [id, outcome])),
        new Map(ended.map(({ id, outcome }) => [id, outcome])),
      );
      await s.publisher.close();
      s.clock.forget();
    }),
    { numRuns: runs(5, 15), endOnFailure: true },
  );
}
