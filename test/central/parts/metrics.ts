import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { readCentralConfig } from '../../../central/central.ts';
import { serveMetrics } from '../../../central/metrics/serve-metrics.ts';
import { AuditMemory } from '../../../central/state/audit-memory.ts';
import { noCounts } from '../../../central/state/runs.ts';
import { openCentralState } from '../../../central/state/state.ts';
import { createLogger } from '../../../shared/log.ts';
import { testFolder } from '../../support/bases.ts';
import { badNames, scrape } from '../../support/exposition.ts';
import { grantToken } from '../../support/grants.ts';

const log = createLogger('silent', 'test');

/** Central's folder with two sources, and its metrics as they are served. */
async function scene(
  t: Test,
  metrics: { host: string; port?: number } = { host: '127.0.0.1', port: 0 },
  audit: object = {},
) {
  const folder = testFolder(t);
  const exp = Math.floor(Date.now() / 1000) + 100 * 86_400;
  const sources = ['AL', 'RO'].map((uf) => {
    const grant = join(folder, `${uf}.grant`);
    writeFileSync(grant, grantToken({ exp }));
    return { uf, url: 'http://127.0.0.1:1', agentKey: join(folder, 'agent.jwk'), grant };
  });
  const file = join(folder, 'central.yaml');
  writeFileSync(file, JSON.stringify({ state: join(folder, 'state'), sources, console: { audit } }));
  const context = { environment: {}, print: () => undefined, stop: AbortSignal.abort() };
  const config = { ...readCentralConfig({ config: file }, context), metrics };
  const served = await serveMetrics(() => config, log);
  t.teardown(() => served.close());
  const state = openCentralState(config.state);
  t.teardown(() => state.close());
  return { config, served, state, exp, look: () => scrape(served.url ?? '') };
}

export async function metricsOfCentral(t: Test): Promise<void> {
  await t.test('how each view is, as the status says', async (t) => {
    const { look, state, exp } = await scene(t);
    const collected = new Date(Date.now() - 3_600_000).toISOString();
    const reconciled = new Date(Date.now() - 7_200_000).toISOString();
    const facts = { mode: 'watermark' as const, rows: 35, quarantined: 2, owed: 'asked' as const };
    state.views.save('AL', 'custodiado', { ...facts, collected, reconciled });
    const doubt = { source: 'RO', view: 'custodiado', code: 'view-shrank' as const, detail: '', subject: '' };
    state.attentions.open(1, doubt);

    const before = Math.floor(Date.now() / 1000);
    const { value, types } = await look();
    const after = Math.ceil(Date.now() / 1000);
    const [al, ro] = ['AL', 'RO'].map((source) => ({ source, view: 'custodiado' }));
    const of = (name: string, labels = al) => value(`guarita_central_${name}`, labels);
    t.equal(of('health'), 1);
    t.equal(of('health', ro), 2);
    t.equal(of('last_success_timestamp_seconds'), Date.parse(collected) / 1000);
    t.equal(of('last_reconciliation_timestamp_seconds'), Date.parse(reconciled) / 1000);
    const lag = of('lag_seconds') ?? 0;
    const begun = Date.parse(collected) / 1000;
    t.ok(lag >= before - begun - 1 && lag <= after - begun + 1, `${lag}`);
    t.equal(of('view_rows'), 35);
    t.equal(of('quarantined_rows'), 2);
    t.equal(of('reconciliation_owed'), 1);
    t.equal(of('attention'), 0);
    t.equal(of('attention', ro), 1);
    t.equal(of('last_success_timestamp_seconds', ro), undefined, 'what is not known is not told as 0');
    const left = value('guarita_central_act_left_seconds', { source: 'AL' }) ?? 0;
    t.ok(left >= exp - after && left <= exp - before, `${left}`);
    t.ok((value('guarita_central_next_run_timestamp_seconds', { source: 'RO' }) ?? 0) > before);
    t.ok((value('process_resident_memory_bytes') ?? 0) > 0);
    t.strictSame(badNames(types, 'guarita_'), []);

    state.views.save('AL', 'custodiado', { quarantined: 0 });
    t.equal((await look()).value('guarita_central_quarantined_rows', al), 0, 'made anew for each look');
  });

  await t.test('what runs did', async (t) => {
    const { look, served } = await scene(t);
    const part = { view: 'custodiado', kind: 'collect', problem: null, ...noCounts } as const;
    const run = { source: 'AL', error: null } as const;
    served.runEnded({
      ...run,
      outcome: 'complete',
      views: [
        { ...part, outcome: 'complete', rows: 12, new: 10, changed: 2 },
        { ...part, outcome: 'complete', kind: 'reconcile', rows: 12, removed: 3, quarantined: 1 },
      ],
    });
    served.runEnded({ ...run, outcome: 'complete', views: [{ ...part, outcome: 'complete', new: 5 }] });
    served.runEnded({ ...run, outcome: 'failed', views: [] });
    const { value } = await look();
    const rows = (result: string) =>
      value('guarita_central_run_rows_total', { source: 'AL', view: 'custodiado', result });
    t.strictSame(['new', 'changed', 'unchanged', 'removed', 'quarantined'].map(rows), [15, 2, 0, 3, 1]);
    t.equal(value('guarita_central_runs_total', { source: 'AL', outcome: 'complete' }), 2);
    t.equal(value('guarita_central_runs_total', { source: 'AL', outcome: 'failed' }), 1);
  });

  await t.test('how the audit is signed, and how the copies of it stand', async (t) => {
    const none = await (await scene(t)).look();
    t.strictSame(
      none.samples.filter(({ name }) => name.includes('_audit_')),
      [],
    );
    const audit = { file: '/tmp/none.jsonl', syslog: { host: 'logs.example' } };
    const { config, look } = await scene(t, undefined, audit);
    const [file, syslog] = [{ destination: 'file' }, { destination: 'syslog' }];
    const begun = await look();
    t.equal(begun.value('guarita_central_audit_shipped_entry', file), 0, 'it is configured');
    t.equal(begun.value('guarita_central_audit_broken'), undefined);
    const memory = new AuditMemory(config.state, 'b');
    const written = new Date(Date.now() - 60_000).toISOString();
    const failed = new Date(Date.now() - 30_000).toISOString();
    memory.change({ signed: { day: '2026-11-29', id: 40, hash: 'x', keyid: 'x', signature: 'x' } });
    memory.changeShipped('file', { entry: 42 });
    memory.changeShipped('syslog', {
      entry: 40,
      behind: 2,
      since: written,
      problem: 'audit-unshipped',
      failed,
    });
    const { value, find, types } = await look();
    const of = (name: string, labels = {}) => value(`guarita_central_audit_${name}`, labels);
    t.strictSame([of('signed_entry'), of('broken')], [40, 0]);
    t.strictSame([of('shipped_entry', file), of('shipped_entry', syslog)], [42, 40]);
    t.strictSame([of('unshipped_entries', file), of('unshipped_entries', syslog)], [0, 2]);
    t.equal(of('lag_seconds', file), 0);
    t.ok((of('lag_seconds', syslog) ?? 0) >= 60);
    t.match(find('guarita_central_audit_failing_timestamp_seconds'), [
      { labels: { destination: 'syslog', problem: 'audit-unshipped' }, value: Date.parse(failed) / 1000 },
    ]);
    t.strictSame(badNames(types, 'guarita_'), []);
    memory.changeShipped('syslog', { entry: 42, behind: 0, since: null, problem: null, failed: null });
    memory.change({ fault: { id: 41, fault: 'changed', since: written } });
    const later = await look();
    t.equal(later.value('guarita_central_audit_broken'), 1);
    t.strictSame(later.find('guarita_central_audit_failing_timestamp_seconds'), []);
    t.equal(later.value('guarita_central_audit_lag_seconds', syslog), 0);
  });

  await t.test('a state that cannot be read fails the look, not central', async (t) => {
    const { config, look, state } = await scene(t);
    await look();
    state.close();
    writeFileSync(join(config.state, 'central.sqlite'), 'no database');
    await t.rejects(look(), { message: /500: checkpoints-damaged/ });
  });

  await t.test('off without a port', async (t) => {
    const { served } = await scene(t, { host: '127.0.0.1' });
    t.equal(served.url, null);
    served.runEnded({ source: 'AL', outcome: 'complete', error: null, views: [] });
  });
}
