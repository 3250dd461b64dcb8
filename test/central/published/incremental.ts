import * as fc from 'fast-check';
import type { Test } from 'tap';
import { noCounts } from '../../../central/state/runs.ts';
import type { TestBases } from '../../support/bases.ts';
import { runs } from '../../support/runs.ts';
import { ShownScene } from '../../support/shown-scene.ts';

type Step = (s: ShownScene, kept: Kept) => Promise<void> | void;

/** What a restored base comes back to. */
interface Kept {
  copy: Record<string, unknown[]> | null;
}

const source = fc.constantFrom('AL', 'RO');
const view = fc.constantFrom('custodiado', 'unidade');
const code = fc.constantFrom('view-shrank' as const, 'column-lost' as const);
const subject = fc.constantFrom('1', '2', '\0\ud800');
const step = <T>(arbitrary: fc.Arbitrary<T>, act: (s: ShownScene, given: T) => void) =>
  arbitrary.map(
    (given): Step =>
      (s) =>
        act(s, given),
  );

/** What happens to central's file, in the order that it likes: the publisher must not rely on any. */
const changes = fc.oneof(
  step(source, ({ state }, name) => void state.runs.begin(name)),
  step(fc.tuple(fc.nat(5), view), ({ state }, [back, name]) => {
    const run = state.runs.lastId() - back;
    if (run < 1) return;
    const result = { view: name, kind: 'collect', outcome: 'complete', problem: null } as const;
    const found = state.runs.find(run);
    // Of a source there is one at a time: one that another one followed was killed, and comes to nothing more.
    if (found?.ended === null && state.runs.lastOf(found.source) === run)
      state.runs.saveView(run, { ...result, ...noCounts, rows: back });
  }),
  step(source, ({ state }, name) => {
    const run = state.runs.lastOf(name);
    // A run ends once.
    if (state.runs.find(run)?.ended === null) state.runs.end(run, 'complete', null);
  }),
  step(fc.tuple(source, view, fc.nat(9)), ({ state }, [name, of, rows]) =>
    state.views.save(name, of, { rows, owed: rows > 5 ? 'asked' : null }),
  ),
  step(fc.tuple(source, view, code, subject), ({ state }, [name, of, what, about]) =>
    state.attentions.open(1, {
      source: name,
      view: of,
      code: what,
      detail: '',
      subject: about,
      columns: [about],
    }),
  ),
  step(fc.tuple(source, view), ({ state }, [name, of]) => state.attentions.forget(name, of)),
  step(fc.constantFrom('accepted' as const, 'refused' as const), ({ state }, decision) => {
    const [doubt] = state.attentions.all();
    if (doubt === undefined) return;
    const { source, view, ref } = doubt;
    state.answers.decide(source, view, decision, { who: 'ana\0', reason: null, refs: [ref] });
  }),
  step(source, ({ state, clock }, name) => {
    const request = { source: name, kind: 'collect', view: null, reason: 'schedule' } as const;
    state.jobs.add({ ...request, due: clock.now() }, clock.now());
  }),
  step(fc.nat(3), ({ state, clock }, place) => {
    const job = state.jobs.open()[place];
    if (job === undefined) return;
    if (job.begun === null) state.jobs.begin(job.id, clock.now());
    else state.jobs.end(job.id, 'complete', null, clock.now());
  }),
);

const world: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Step>((s) => s.shows()) },
  { weight: 1, arbitrary: fc.constant<Step>((s) => s.kill()) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('before' as const, 'after' as const, null).map(
      (fails): Step =>
        (s) => {
          s.base.fails = fails;
        },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>(async (s, kept) => {
      kept.copy = await s.copy();
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>(async (s, kept) => {
      if (kept.copy !== null) await s.restore(kept.copy);
    }),
  },
);

const steps = fc.array(fc.oneof({ weight: 3, arbitrary: changes }, { weight: 2, arbitrary: world }), {
  ...{ minLength: 5, maxLength: 40 },
});

/** Whatever happened to file, process and base: what is shown at the end is what a service that begins anew shows. */
export async function incremental(t: Test, { shared: base }: TestBases): Promise<void> {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const s = new ShownScene(t, base);
      const kept: Kept = { copy: null };
      for (const each of all) await each(s, kept);
      s.base.fails = null;
      // Longer than a base that failed is left alone.
      await s.shows(60_000);
      await s.shows();
      const shown = await s.shown();
      s.kill();
      await s.shows();
      t.strictSame(shown, await s.shown());
      await s.publisher.close();
      s.clock.forget();
    }),
    { numRuns: runs(5, 15), endOnFailure: true },
  );
}
