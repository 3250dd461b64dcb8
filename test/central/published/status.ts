import type { Test } from 'tap';
import type { Attention } from '../../../central/state/attentions.ts';
import { noCounts } from '../../../central/state/runs.ts';
import type { SourceFacts, ViewFacts } from '../../../central/status/facts.ts';
import { readFactsOf } from '../../../central/status/read-facts.ts';
import { statusReport } from '../../../central/status/report.ts';
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
  const told = statusReport(readFactsOf(s.folder, scheduled.sources), scheduled, now);
  t.strictSame(statusReport(await factsShown(base), scheduled, now), told);
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

type Shown = Record<string, string | null> & { readonly source: string; readonly view: string };

/** The facts of which the status is made, from the base alone. */
async function factsShown(base: TestBases['shared']): Promise<SourceFacts[]> {
  const iso = (column: string) =>
    `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${column}`;
  const run = `${iso('last_started')}, last_outcome, last_problem`;
  const read = (sql: string) => query<Shown>(base, sql);
  const lastRun = (row: Shown) =>
    row['last_started'] === null
      ? null
      : { started: row['last_started'], outcome: row['last_outcome'], problem: row['last_problem'] };
  const attentions = await query<Attention>(
    base,
    `SELECT source, view, code, ${iso('since')}, decision FROM guarita.attention ORDER BY source, view, code`,
  );
  const viewRows = await read(
    `SELECT source, view, known, mode, rows::float8, quarantined::float8, ${iso('collected')}, ${iso('reconciled')},
       owed, marked::float8, ${run}, ${iso('first_started')} FROM guarita.view_state ORDER BY source, view`,
  );
  const sources = await read(`SELECT source, ended, ${run} FROM guarita.source`);
  return scheduled.sources.map(({ uf }) => {
    const source = sources.find((one) => one.source === uf);
    if (source === undefined) throw new Error(`"${uf}" is not shown.`);
    const views = viewRows
      .filter((row) => row.source === uf)
      .map((row) => {
        const waits = attentions.filter((one) => one.source === uf && one.view === row.view);
        return {
          view: row.view,
          state: row['known'] ? row : null,
          attention: waits.find(({ decision }) => decision === null) ?? waits[0] ?? null,
          lastRun: lastRun(row),
          firstRun: row['first_started'],
        } as unknown as ViewFacts;
      });
    return { source: uf, grant: null, ended: null, lastRun: lastRun(source), views } as SourceFacts;
  });
}
