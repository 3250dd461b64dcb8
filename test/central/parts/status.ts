import type { Test } from 'tap';
import type { SourceFacts, ViewFacts } from '../../../central/status/facts.ts';
import { type StatusConfig, statusReport } from '../../../central/status/report.ts';
import { findingWords } from '../../../central/status/words.ts';

const now = new Date('2026-06-10T12:00:00Z');
const hours = (count: number) => new Date(now.getTime() - count * 3_600_000).toISOString();
const days = (count: number) => hours(count * 24);

const config = {
  schedule: '0 3 * * *',
  reconcile: { schedule: '0 5 * * 0', views: [] },
  timeZone: 'America/Sao_Paulo',
  sources: [{ uf: 'AL', url: 'http://127.0.0.1:1', agentKey: 'k', grant: 'g' }],
};

/** A view as it is when all is well, but for what a test changes. */
function wellView(changes: Partial<NonNullable<ViewFacts['state']>> = {}): ViewFacts {
  const state = {
    ...{ source: 'AL', view: 'custodiado', mode: 'watermark' as const, rows: 12_345, quarantined: 0 },
    ...{ collected: hours(9), reconciled: days(3), owed: null, marked: 0 },
    ...changes,
  };
  const lastRun = { started: hours(9), outcome: 'complete', problem: null };
  return { view: 'custodiado', state, attention: null, lastRun, firstRun: days(100) };
}

function grantUntil(daysLeft: number, begin = days(300)): SourceFacts['grant'] {
  const end = new Date(now.getTime() + daysLeft * 86_400_000);
  return { act: '1/2026', begin: new Date(begin), end };
}

function rowOf(
  view: ViewFacts,
  changes: Partial<SourceFacts> = {},
  schedule = config.schedule,
  reconcile: StatusConfig['reconcile'] = config.reconcile,
) {
  const source = {
    source: 'AL',
    grant: grantUntil(500),
    ended: null,
    lastRun: null,
    views: [view],
    ...changes,
  };
  const [row] = statusReport([source], { ...config, schedule, reconcile }, now).rows;
  if (row === undefined) throw new Error('no row');
  return row;
}

function finds(t: Test, row: ReturnType<typeof rowOf>, health: string, ...codes: string[]): void {
  t.strictSame([row.health, ...row.findings.map(({ code }) => code)], [health, ...codes]);
}

const doubt = { source: 'AL', view: 'custodiado', detail: '', subject: '', columns: null, ref: '' };

/** How a source is, by what is known of it. */
export async function statusIsJudged(t: Test): Promise<void> {
  await t.test('a view that is well', async (t) => {
    const row = rowOf(wellView());
    finds(t, row, 'ok');
    t.match(row, {
      ...{ source: 'AL', view: 'custodiado', mode: 'watermark', rows: 12_345, quarantined: 0 },
      ...{ lastSuccess: hours(9), lagSeconds: 9 * 3600, lastReconciliation: days(3), owed: null },
      nextRun: '2026-06-11T06:00:00.000Z',
      act: { number: '1/2026', daysLeft: 500, secondsLeft: 500 * 86_400 },
      attention: null,
    });
  });

  await t.test('a certificate that ends although the agreement goes on', async (t) => {
    const at = (left: number, of: 'agent' | 'central' = 'agent') =>
      rowOf(wellView(), { certificate: { of, end: new Date(now.getTime() + left * 86_400_000) } });
    finds(t, at(61), 'ok');
    finds(t, at(60), 'warning', 'certificate-ends-soon');
    finds(t, at(7.5), 'critical', 'certificate-ends-soon');
    finds(t, at(0), 'critical', 'certificate-ended');
    t.match(at(8).certificate, { of: 'agent', daysLeft: 8, secondsLeft: 8 * 86_400 });
    t.match(findingWords({ code: 'certificate-ends-soon' }, at(8)), 'do agente vence em 8 dias');
    t.match(findingWords({ code: 'certificate-ended' }, at(-1, 'central')), 'da central venceu');
    t.equal(rowOf(wellView()).certificate, null);
  });

  await t.test('what is critical', async (t) => {
    const well = wellView();
    const failed = { started: hours(1), outcome: 'failed', problem: 'agent-unreachable' };
    finds(t, rowOf({ ...well, lastRun: failed }), 'critical', 'run-failed');
    finds(t, rowOf(wellView({ collected: hours(48) })), 'ok');
    finds(t, rowOf(wellView({ collected: hours(49) })), 'critical', 'stale');
    const weekly = '0 3 * * 1';
    finds(t, rowOf(wellView({ collected: days(13) }), {}, weekly), 'ok');
    finds(t, rowOf(wellView({ collected: days(15) }), {}, weekly), 'critical', 'stale');
    const workdays = '0 3 * * 1-5';
    finds(t, rowOf(wellView({ collected: days(5) }), {}, workdays), 'ok');
    const hourly = '0 * * * *';
    finds(t, rowOf(wellView({ collected: hours(47) }), {}, hourly), 'ok');
    const attention = { ...doubt, since: hours(5) };
    const open = { ...attention, code: 'view-shrank', decision: null } as const;
    finds(t, rowOf({ ...well, attention: open }), 'critical', 'attention-open');
    finds(t, rowOf(well, { grant: null }), 'critical', 'grant-unreadable');
    finds(t, rowOf(well, { grant: grantUntil(-1 / 86_400) }), 'critical', 'act-ended');
    // Its end is its last second, in which agents still answer.
    finds(t, rowOf(well, { grant: grantUntil(0) }), 'critical', 'act-ends-soon');
    finds(t, rowOf(well, { grant: grantUntil(7) }), 'critical', 'act-ends-soon');
  });

  await t.test('what is worth a warning', async (t) => {
    const well = wellView();
    finds(t, rowOf(wellView({ quarantined: 2 })), 'warning', 'quarantine-open');
    finds(t, rowOf(wellView({ owed: 'base-changed' })), 'warning', 'reconciliation-owed');
    finds(t, rowOf(wellView({ reconciled: days(15) })), 'warning', 'reconciliation-old');
    const own = { view: 'custodiado', schedule: '0 22 * * *' };
    const daily = (...views: (typeof own & { uf?: string })[]) => ({ ...config.reconcile, views });
    finds(t, rowOf(well, {}, config.schedule, daily(own)), 'warning', 'reconciliation-old');
    finds(t, rowOf(well, {}, config.schedule, daily({ ...own, uf: 'RO' }, { ...own, view: 'visita' })), 'ok');
    finds(t, rowOf({ ...wellView({ reconciled: null }), firstRun: days(13) }), 'ok');
    finds(
      t,
      rowOf({ ...wellView({ reconciled: null }), firstRun: days(15) }),
      'warning',
      'reconciliation-old',
    );
    finds(t, rowOf(well, { grant: grantUntil(90) }), 'warning', 'act-ends-soon');
    finds(t, rowOf(well, { grant: grantUntil(91) }), 'ok');
    finds(t, rowOf(well, { grant: grantUntil(500, hours(-1)) }), 'warning', 'act-not-begun');
    const never = { view: 'custodiado', state: null, attention: null, lastRun: null, firstRun: null };
    finds(t, rowOf(never), 'warning', 'never-collected');
    const attention = { ...doubt, since: hours(5) };
    const decided = { ...attention, code: 'view-shrank', decision: 'refused' } as const;
    finds(t, rowOf({ ...well, attention: decided }), 'warning', 'attention-decided');
    const left = { at: hours(5), reason: 'denúncia' };
    finds(t, rowOf(wellView({ quarantined: 3, collected: days(99) }), { ended: hours(5), left }), 'ok');
    const worse = rowOf(wellView({ quarantined: 2, collected: days(9) }));
    finds(t, worse, 'critical', 'stale', 'quarantine-open');
  });

  await t.test('a source without any view, and a schedule of its own', async (t) => {
    const sources = [{ ...config.sources[0], uf: 'AL', schedule: '30 4 * * *' }];
    const facts = { source: 'AL', grant: null, ended: null, lastRun: null, views: [] };
    const report = statusReport([facts], { ...config, sources }, now);
    t.match(report, {
      health: 'critical',
      rows: [{ source: 'AL', view: null, nextRun: '2026-06-11T07:30:00.000Z' }],
    });
    t.throws(() => statusReport([facts], { ...config, schedule: 'daily' }, now), { code: 'config-invalid' });
    t.throws(() => statusReport([facts], { ...config, timeZone: 'Mars' }, now), { code: 'config-invalid' });
  });
}
