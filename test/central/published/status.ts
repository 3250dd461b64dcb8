import type { Test } from 'tap';
import { pictureOf } from '../../../central/base/published-layer/picture.ts';
import { schedulesIn, sourceFacts } from '../../../central/console/states/status-facts.ts';
import { readFactsOf } from '../../../central/service/read-facts.ts';
import { noCounts } from '../../../central/state/runs.ts';
import { type StatusReport, statusReport } from '../../../central/status/report.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { ShownScene, scheduled } from '../../support/shown-scene.ts';

/** Whoever sees the base alone can tell what the status tells. */
export async function asTheStatus(t: Test, { shared: base }: TestBases): Promise<void> {
  const s = new ShownScene(t, base);
  const { runs, views, attentions, jobs } = s.state;
  const first = runs.begin('AL');
  const part = { view: 'custodiado', kind: 'collect', problem: null, ...noCounts } as const;
  runs.saveView(first, { ...part, outcome: 'complete', rows: 30, new: 29, quarantined: 1, seconds: 2.5 });
  runs.saveView(first, { ...part, view: 'unidade', outcome: 'needs-attention', problem: 'view-shrank' });
  runs.end(first, 'needs-attention', 'view-shrank');
  const collected = new Date(s.clock.now() - 7_200_000).toISOString();
  views.save('AL', 'custodiado', { mode: 'watermark', rows: 29, quarantined: 1, collected, owed: 'log-gap' });
  const lost = { source: 'AL', view: 'unidade', code: 'column-lost', detail: 'in English' } as const;
  attentions.open(first, { ...lost, subject: 'print\0', columns: ['nome', 'cpf'] });
  attentions.open(first, { ...lost, code: 'view-shrank', subject: '12' });
  attentions.decide('AL', 'unidade', 'refused', [attentions.all()[1]?.ref ?? '']);
  runs.end(runs.begin('RO'), 'failed', 'agent-unreachable');
  const job = jobs.add({ source: 'AL', kind: 'collect', view: null, reason: 'schedule', due: 0 }, 0);
  jobs.begin(job.id, s.clock.now() - 60_000);
  jobs.end(job.id, 'complete', null, s.clock.now());
  await s.shows();

  const now = new Date(s.clock.now());
  const sources = scheduled.sources.toSorted((one, other) => one.uf.localeCompare(other.uf));
  const told = statusReport(readFactsOf(s.folder, sources), scheduled, now);
  t.strictSame(await statusShown(base, now), told);
  t.match(
    told.rows,
    [{ view: 'custodiado', findings: [{}, {}, {}] }, { view: 'unidade' }, {}, {}],
    'there was enough to tell',
  );

  t.match(await query(base, 'SELECT code, subject, columns, decision FROM guarita.attention ORDER BY code'), [
    { code: 'column-lost', subject: 'print', columns: ['nome', 'cpf'], decision: null },
    { code: 'view-shrank', subject: '12', columns: null, decision: 'refused' },
  ]);
  t.match(
    await query(base, 'SELECT view, outcome, new::int, seconds, problem FROM guarita.run_view ORDER BY view'),
    [
      { view: 'custodiado', outcome: 'complete', new: 29, seconds: 2.5 },
      { view: 'unidade', outcome: 'needs-attention', problem: 'view-shrank' },
    ],
  );
  const schedule = await query<{ next: Date; last: Date | null }>(
    base,
    `SELECT kind, view, expression, zone, next, last_done AS last FROM guarita.schedule WHERE source = 'AL' ORDER BY expression`,
  );
  t.match(schedule, [
    { kind: 'collect', view: null, expression: '0 3 * * *', zone: 'America/Sao_Paulo' },
    { kind: 'reconcile', view: null, expression: '0 4 * * 0', last: null },
    { kind: 'reconcile', view: 'custodiado', expression: '0 5 * * *', last: null },
    { kind: 'treat', view: null, expression: '0 6 * * *', last: null },
  ]);
  t.equal(schedule[0]?.next.toISOString(), told.rows[0]?.nextRun);
  t.equal(schedule[0]?.last?.getTime(), s.clock.now() - 62_000);
  await s.publisher.close();
}

/** The status, from the base alone. */
async function statusShown(base: TestBases['shared'], now: Date): Promise<StatusReport> {
  const names = scheduled.sources.map(({ uf }) => uf);
  const picture = await base.snapshot((questions) => pictureOf(questions, names));
  return statusReport(sourceFacts(picture), schedulesIn(picture), now);
}
