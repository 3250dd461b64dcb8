import type { Test } from 'tap';
import { accessNotices } from '../../../central/notices/access-notices.ts';
import { type Failing, noticesOf } from '../../../central/notices/notices.ts';
import type { FindingCode, StatusRow } from '../../../central/status/row.ts';

const row = (changes: Partial<StatusRow> & { readonly codes?: readonly FindingCode[] } = {}): StatusRow => {
  const { codes = [], ...own } = changes;
  return {
    ...{
      source: 'AL',
      rule: null,
      view: 'custodiado',
      health: 'ok',
      mode: 'watermark',
      lastSuccess: '2026-06-10T06:00:00Z',
    },
    ...{
      lagSeconds: 0,
      rows: 10,
      quarantined: 0,
      lastReconciliation: null,
      owed: null,
      nextRun: null,
      act: null,
    },
    ...{ certificate: null, attention: null, lastRun: null, left: null },
    findings: codes.map((code) => ({ code, health: 'critical' as const })),
    ...own,
  };
};

const limits = { failures: 3, now: new Date('2026-06-10T12:00:00Z') };
const none = new Map<string, Failing>();
const keys = (rows: readonly StatusRow[], failing = none) =>
  noticesOf(rows, failing, limits).flatMap((notice) => notice.keys);
const act = (daysLeft: number) => ({
  ...{ number: '1/2026', begin: '2026-01-01T03:00:00Z', end: '2026-12-01T02:59:59Z' },
  ...{ daysLeft, secondsLeft: daysLeft * 86_400 },
});

export async function noticesAreMade(t: Test): Promise<void> {
  t.strictSame(keys([row()]), [], 'of what is well nobody is told');

  await t.test('runs that fail', async (t) => {
    const lastRun = { started: '2026-06-10T06:00:00Z', outcome: 'failed', problem: 'agent-unreachable' };
    const failed = [
      row({ codes: ['run-failed'], lastRun }),
      row({ view: 'custodia', codes: ['run-failed'], lastRun }),
    ];
    const failing = (runs: number) => new Map([['AL', { since: '2026-06-08T06:00:00Z', runs }]]);
    t.strictSame(keys(failed, failing(2)), [], 'not of the first ones');
    const [notice, ...more] = noticesOf(failed, failing(3), limits);
    t.strictSame(more, [], 'one for all views');
    t.equal(notice?.subject, 'Guarita: AL, 3 coletas seguidas sem chegar ao fim, desde 08/06/2026, 03:00');
    t.match(notice?.text(), 'O agente não responde'.toLowerCase());
    t.match(notice?.text(), '→ Confira a VPN');
    const another = { ...lastRun, problem: 'agent-timeout' };
    const both = noticesOf(
      [...failed, row({ view: 'pena', codes: ['run-failed'], lastRun: another })],
      failing(3),
      limits,
    );
    t.equal(both.length, 1, 'and one for all problems');
    t.match(both[0]?.text(), /O agente não responde[^]*Por tempo demais não chegou nada/i);
    t.strictSame(keys(failed, failing(9)), keys(failed, failing(3)), 'and not of each further one');
    t.not(keys(failed, new Map([['AL', { since: '2026-06-09', runs: 3 }]]))[0], keys(failed, failing(3))[0]);
  });

  await t.test('ends that come nearer', async (t) => {
    const at = (days: number) =>
      keys([row({ codes: [days < 0 ? 'act-ended' : 'act-ends-soon'], act: act(days) })])[0];
    t.equal(at(90), at(61), 'once a step');
    t.equal(new Set([90, 60, 30, 15, 7, 3, 1, 0, -1].map(at)).size, 9);
    const certificate = { of: 'agent', end: '2026-12-01T00:00:00Z', secondsLeft: 0, daysLeft: 20 } as const;
    const [notice] = noticesOf([row({ codes: ['certificate-ends-soon'], certificate })], none, limits);
    t.match(notice?.keys, [/certificate-ends-soon AL .* 30$/]);
    t.match(notice?.text(), 'o certificado do agente vence em 20 dias');
    t.match(
      noticesOf([row({ codes: ['act-ends-soon'], act: act(1) })], none, limits)[0]?.text(),
      'termina em 1 dia.',
    );
    t.match(keys([row({ codes: ['source-ended'], act: act(100) })]), [/^source-ended AL 2026-12-01/]);
  });

  await t.test('who lets people in, and roles that lapse', async (t) => {
    const on = (day: string) => new Date(`${day}T12:00:00Z`);
    const told = (autorizadores: number, lapsing: number, day = '2026-06-10') => {
      const first = lapsing > 0 ? '2026-07-01T12:00:00.000Z' : null;
      return accessNotices({ autorizadores, lapsing, first }, on(day));
    };
    const keysOn = (...args: Parameters<typeof told>) => told(...args).flatMap((notice) => notice.keys);
    t.strictSame(accessNotices(null, on('2026-06-10')), [], 'nobody enters');
    t.strictSame(told(3, 0), []);
    t.match(told(1, 0)[0]?.text(), 'só uma pessoa tem o papel de Cadastrador Autorizador');
    t.match(told(3, 1)[0]?.text(), /um papel deixa de valer .* o primeiro em 01\/07\/2026/);
    t.equal(told(0, 2).length, 2);
    t.strictSame(keysOn(2, 0), keysOn(2, 0, '2026-06-30'), 'once a month');
    t.not(keysOn(2, 0)[0], keysOn(2, 0, '2026-07-01')[0]);
    t.not(keysOn(2, 0)[0], keysOn(1, 0)[0], 'and when it is worse');
    t.strictSame(keysOn(3, 1), keysOn(3, 9, '2026-06-09').slice(0, 1), 'once a week, however many');
    t.not(keysOn(3, 1)[0], keysOn(3, 1, '2026-06-17')[0]);
  });

  await t.test('what waits for somebody, a quarantine that grows', async (t) => {
    const attention = { code: 'view-shrank', since: '2026-06-10T06:00:00Z', decision: null } as const;
    const waits = (view: string, since: string = attention.since) =>
      row({ view, codes: ['attention-open'], attention: { ...attention, since } });
    const [notice] = noticesOf([waits('custodiado'), row({ view: 'visita' })], none, limits);
    t.strictSame(notice?.keys, ['attention-open AL view-shrank custodiado 2026-06-10T06:00:00Z']);
    t.match(notice?.text(), /Visões: custodiado\.\n→ guarita-central attention AL/);
    t.strictSame(
      keys([waits('custodiado', '2026-06-11T06:00:00Z'), row()]),
      notice?.keys,
      'it shrank on: it is told',
    );
    const two = keys([waits('custodiado'), waits('visita')]);
    t.ok(
      keys([row(), waits('visita')]).every((key) => two.includes(key)),
      'nothing is new where one is decided',
    );
    const quarantined = (rows: number) => keys([row({ codes: ['quarantine-open'], quarantined: rows })]);
    const isNew = (one: number, other: number) =>
      quarantined(other).some((key) => !quarantined(one).includes(key));
    t.notOk(isNew(1000, 1023));
    t.ok(isNew(1000, 1024), 'twice as many');
    t.notOk(isNew(16, 15), 'nothing is told of one that shrinks');
    t.strictSame(keys([row({ codes: ['quarantine-open'], left: { at: '', reason: '' } })]), []);
  });
}
