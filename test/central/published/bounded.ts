import type { Test } from 'tap';
import { noCounts } from '../../../central/state/runs.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { ShownScene } from '../../support/shown-scene.ts';

const most = 1000;

/** Of the past so much is shown, at the start and later. */
export async function bounded(t: Test, { shared: base }: TestBases): Promise<void> {
  const request = { kind: 'collect', view: null, reason: 'schedule', due: 0, source: 'AL' } as const;
  const part = { view: 'custodiado', kind: 'collect', outcome: 'complete', problem: null } as const;
  const s = new ShownScene(t, base);
  const work = (times: number) => {
    for (let time = 0; time < times; time++) {
      const { state } = s;
      const run = state.runs.begin('AL');
      state.runs.saveView(run, { ...part, ...noCounts });
      state.runs.end(run, 'complete', null);
      const job = state.jobs.add(request, 0);
      state.jobs.end(job.id, 'complete', null, 0);
    }
  };
  const shown = async () => {
    const sql = `SELECT (SELECT count(*)::int FROM guarita.run) AS runs, (SELECT max(id)::int FROM guarita.run) AS last,
      (SELECT count(*)::int FROM guarita.run_view) AS views, (SELECT count(*)::int FROM guarita.job) AS jobs`;
    return (await query(base, sql))[0];
  };
  // The first of all waits still.
  s.state.jobs.add(request, 0);
  work(most + 100);
  await s.shows();
  t.strictSame(await shown(), { runs: most, last: most + 100, views: most, jobs: most + 1 });
  work(250);
  await s.shows();
  t.strictSame(await shown(), { runs: most, last: most + 350, views: most, jobs: most + 1 }, 'later, too');
  s.state.jobs.end(1, 'complete', null, 0);
  await s.shows();
  t.match(await shown(), { jobs: most }, 'it has ended, long ago by its number');
  await s.publisher.close();
}
