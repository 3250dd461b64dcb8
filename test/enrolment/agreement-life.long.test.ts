// Tier: long. Whole lives over real processes: keys rotate, agreements end.
import { join } from 'node:path';
import t from 'tap';
import { readEnrolled } from '../../central/enrolment/enrolled-source.ts';
import { until } from '../support/deferred.ts';
import { codeIn, enrolment, must } from '../support/enrolled.ts';
import { refused } from '../support/refused-command.ts';

void t.test('a state that is enrolled while central serves is collected by it', async (t) => {
  const e = await enrolment(t);
  const stop = new AbortController();
  const told: string[] = [];
  const done = e.central(['serve'], { stop: stop.signal, onOutput: (line) => void told.push(line) });
  await until('central serves', () => told.some((line) => line.includes('em serviço')));
  await e.enrol();
  await until('it collected AL', () => told.some((line) => line.startsWith('AL')));
  const ended = must(await e.central(['source', 'end', 'AL', '--reason', 'fim']));
  t.match(ended.output, 'AL saiu em', 'beside the service');
  t.match((await e.central(['collect', 'AL'])).output, '[source-left]', 'the service asks it no more');
  stop.abort();
  t.equal((await done).code, 0);
  t.match(
    told.filter((line) => line.startsWith('AL')),
    [/^AL: completa; 20 lidas, 20 novas/],
  );
});

void t.test('T3: keys rotate on both sides without a new enrolment or a gap', async (t) => {
  const e = await enrolment(t);
  await e.enrol();
  const record = join(e.centralState, 'sources/AL/source.json');
  const collect = async () => {
    const { output } = await e.central(['collect', '--json']);
    t.match(JSON.parse(output), [{ outcome: 'complete' }]);
  };
  await collect();
  const before = readEnrolled(record);
  const agentKey = (await e.agent(['keys', 'show'])).output;

  await t.test('the agent', async (t) => {
    must(await e.agent(['keys', 'rotate']));
    t.match((await e.agent(['keys', 'show'])).output, /próxima/);
    await collect();
    const after = readEnrolled(record);
    t.equal(after.certificates.length, 2);
    t.equal(after.certificates[0]?.pem, before.certificates[0]?.pem);
    t.match(after.certificates, [{ until: /^\d{4}-/ }, { until: null }], 'the old one for the overlap only');
    t.not((await e.agent(['keys', 'show'])).output, agentKey);
    t.notMatch((await e.agent(['keys', 'show'])).output, /próxima/, 'the agent uses it');
    await collect();
  });
  await t.test('central', async (t) => {
    const key = (await e.central(['keys', 'show'])).output;
    must(await e.central(['keys', 'rotate']));
    t.match((await e.central(['keys', 'show'])).output, /falta em: AL/);
    await collect();
    const shown = (await e.central(['keys', 'show'])).output;
    t.notMatch(shown, /próxima/, 'every state knows it');
    t.not(shown, key);
    t.not(readEnrolled(record).centralKey, before.centralKey);
    await collect();
  });
  await t.test('both at once', async () => {
    must(await e.agent(['keys', 'rotate']));
    must(await e.central(['keys', 'rotate']));
    await collect();
    await collect();
  });
});

void t.test('A5: the agreement ends: central is told why, asks no more, keeps the data', async (t) => {
  const e = await enrolment(t);
  await e.enrol();
  t.equal((await e.central(['collect'])).code, 0);
  must(await e.agent(['act', 'suspend', '--reason', 'ofício 7']));
  const suspended = await e.central(['collect']);
  t.equal(suspended.code, 1);
  t.match(suspended.output, '[agreement-suspended]');
  must(await e.agent(['act', 'resume']));
  t.equal((await e.central(['collect'])).code, 0, 'it goes on by itself');
  const status = must(await e.agent(['act', 'status']));
  t.match(status.output, /ACT 23701421: em vigor/);
  must(await e.agent(['act', 'revoke', '--reason', 'denúncia', '--yes']));
  const revoked = await e.central(['collect']);
  t.equal(revoked.code, 0, 'told once, and no failure every day');
  t.match(revoked.output, '[agreement-revoked]');
  const later = await e.central(['collect', '--json']);
  t.match(JSON.parse(later.output), [{ outcome: 'ended', problem: 'agreement-revoked', views: [] }]);
  const report = JSON.parse((await e.central(['status', '--json'])).output) as { rows: unknown[] };
  t.match(report.rows, [{ source: 'AL', rows: 20, nextRun: null, findings: [{ code: 'source-ended' }] }]);
  refused(t, await e.central(['source', 'renew', 'AL']), 'agreement-revoked');
  refused(
    t,
    await e.agent(['act', 'extend', '--until', '2099-01-01', '--document', 'x']),
    'agreement-revoked',
  );
});

void t.test(
  'A5: a state that was taken off keeps data and proofs, and comes back by an invitation',
  async (t) => {
    const e = await enrolment(t);
    await e.enrol();
    t.equal((await e.central(['collect'])).code, 0);
    must(await e.agent(['act', 'revoke', '--reason', 'denúncia', '--yes']));
    refused(t, await e.central(['source', 'renew', 'AL']), 'agreement-revoked');
    t.match((await e.central(['source', 'list'])).output, '(encerrado)', 'what it heard is noted');
    must(await e.central(['source', 'end', 'AL', '--reason', 'denúncia do acordo']));
    t.equal((await e.central(['status'])).code, 0, 'nobody is woken for it');
    t.match((await e.central(['collect', 'AL'])).output, '[source-left]');
    t.match(must(await e.central(['receipts', 'verify'])).output, /✓ AL: \d+ recibos conferem/);
    t.match(must(await e.central(['treat'])).output, 'AL', 'what it gave is treated as before');

    must(await e.invite());
    const code = codeIn(must(await e.init()));
    must(await e.accept('--code', code));
    const [collected] = JSON.parse(must(await e.central(['collect', '--json'])).output) as {
      outcome: string;
    }[];
    t.match(collected, { outcome: 'complete' });
    t.match(JSON.parse((await e.central(['status', '--json'])).output), { rows: [{ rows: 20, left: null }] });
  },
);
