import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Test } from 'tap';
import { status } from '../../../central/commands/status.ts';
import { enrolledFile, writeRecord } from '../../../central/enrolment/enrolled-source.ts';
import type { BaseLook } from '../../../central/service/ask-base.ts';
import { AuditMemory } from '../../../central/state/audit-memory.ts';
import { noCounts, type ViewResult } from '../../../central/state/runs.ts';
import { openCentralState } from '../../../central/state/state.ts';
import { expectedEnd } from '../../../central/status/expected-end.ts';
import { type StatusReport } from '../../../central/status/report.ts';
import { writtenMoment } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { ExitCode } from '../../../shared/program.ts';
import { lockFolder, readStateFile } from '../../../shared/state-file.ts';
import { testFolder } from '../../support/bases.ts';
import { type GrantClaims, grantToken } from '../../support/grants.ts';

const now = new Date('2026-06-10T12:00:00Z');

/** Central's folder with two sources, and the command over it, as it is printed. */
function scene(t: Test, claims: Partial<GrantClaims> = {}, audit: object = {}) {
  const folder = testFolder(t);
  const sources = ['AL', 'RO'].map((uf) => {
    const grant = join(folder, `${uf}.grant`);
    writeFileSync(grant, `${grantToken({ views: ['custodiado'], ...claims })}\n`);
    return { uf, url: 'http://127.0.0.1:1', agentKey: join(folder, `${uf}.jwk`), grant };
  });
  const file = join(folder, 'central.yaml');
  const console = { audit };
  writeFileSync(
    file,
    JSON.stringify({ state: join(folder, 'state'), sources, console, log: { level: 'silent' } }),
  );
  const run = (
    names: string[] = [],
    json = true,
    {
      views = false,
      fault = null,
      outbox = null,
      access = null,
    }: Partial<BaseLook> & { views?: boolean } = {},
  ) => {
    const lines: string[] = [];
    const context = {
      environment: {},
      print: (line: string) => void lines.push(line),
      stop: new AbortController().signal,
    };
    let code = 0;
    try {
      status(names, { config: file, json, views }, context, { fault, outbox, access });
    } catch (error) {
      if (!(error instanceof ExitCode)) throw error;
      code = error.code;
    }
    return { code, output: lines.join('\n') };
  };
  const report = (names: string[] = []) => {
    const { code, output } = run(names);
    return { code, ...(JSON.parse(output) as StatusReport & { problem?: string }) };
  };
  const state = () => {
    const opened = openCentralState(join(folder, 'state'));
    t.teardown(() => opened.close());
    return opened;
  };
  return { folder, file, run, report, state };
}

const part = (view: string, changes: Partial<ViewResult> = {}): ViewResult => ({
  ...{ view, kind: 'collect', outcome: 'complete', problem: null, ...noCounts },
  ...changes,
});

/** `status` as it is given at a terminal. */
export async function statusIsTold(t: Test): Promise<void> {
  await t.test(
    'nothing was ever collected: every view of each grant is shown, and nothing is made',
    async (t) => {
      const s = scene(t);
      t.match(s.report(), {
        code: 1,
        health: 'warning',
        rows: [
          { source: 'AL', view: 'custodiado', findings: [{ code: 'never-collected' }] },
          { source: 'RO', view: 'custodiado' },
        ],
      });
      t.equal(readStateFile(join(s.folder, 'state', 'central.sqlite')), null);
    },
  );

  await t.test('it reads while central is at work, and holds the folder', async (t) => {
    const s = scene(t);
    const lock = lockFolder(join(s.folder, 'state'), 'central');
    t.teardown(() => lock?.release());
    const { runs, views } = s.state();
    for (const source of ['AL', 'RO']) {
      const run = runs.begin(source);
      runs.saveView(run, part('custodiado'));
      const at = new Date().toISOString();
      views.save(source, 'custodiado', { mode: 'watermark', rows: 7, quarantined: 0, collected: at });
      runs.end(run, 'complete', null);
    }
    t.match(s.report(), { code: 0, health: 'ok', rows: [{ rows: 7, mode: 'watermark' }, { rows: 7 }] });
    t.match(s.report(['ro']).rows, [{ source: 'RO' }]);
    const table = s.run([], false);
    t.equal(table.code, 0);
    t.match(table.output, /UF.+situação.+última coleta.+visões/);
    t.match(table.output, /AL.+✓ ok.+1\/1/);

    views.save('RO', 'custodiado', { quarantined: 3 });
    t.equal(s.report().code, 1);
    t.match(s.run([], false).output, 'há linhas em quarentena');
  });

  await t.test('a state is one line, and what is the matter is said once, within 80 columns', async (t) => {
    const views = ['advogado', 'atividade', 'audiencia', 'custodiado'];
    const s = scene(t, { views });
    const { runs, jobs } = s.state();
    const first = runs.begin('AL');
    for (const view of views) runs.saveView(first, part(view));
    runs.end(first, 'complete', null);
    for (let run = 0; run < 3; run++) runs.end(runs.begin('AL'), 'failed', 'agent-unreachable');
    const since = runs.find(first + 1)?.started ?? '';
    const { code, output } = s.run(['AL'], false);
    t.equal(code, 2);
    const lines = output.split('\n');
    t.equal(lines.filter((line) => line.includes('agente não responde')).length, 1);
    t.match(
      output.replaceAll(/\s+/g, ' '),
      `[agent-unreachable]), desde ${writtenMoment(since)} → Confira a VPN`,
    );
    t.ok(lines.length < 12, output);
    const fault = new GuaritaError('base-unavailable');
    t.match(s.run(['AL'], false, { fault }).output, /Base nacional: ✗ .*\[base-unavailable\]/s);
    t.match(JSON.parse(s.run(['AL'], true, { fault }).output), {
      base: 'base-unavailable',
      health: 'critical',
    });
    const outbox = { waiting: 3, since, problem: 'mail-unreachable', givenUp: 0 };
    const stuck = s.run(['AL'], false, { outbox }).output;
    t.match(
      stuck.replaceAll(/\s+/g, ' '),
      /! Cartas e avisos: não saem 3, a primeira desde .*\[mail-unreachable\]/,
    );
    t.match(JSON.parse(s.run(['AL'], true, { outbox }).output), { letters: { waiting: 3 } });
    const access = { autorizadores: 2, lapsing: 3, first: since };
    t.match(
      s.run(['AL'], false, { access }).output.replaceAll(/\s+/g, ' '),
      /! Acesso: só duas pessoas têm .* → .*access role give .*! Acesso: 3 papéis deixam de valer .* → .*access role recertify/,
    );
    t.match(JSON.parse(s.run(['AL'], true, { access }).output), { access });

    const load = jobs.add({ kind: 'collect', source: 'RO', view: null, reason: 'enrolled', due: 0 }, 0);
    jobs.begin(load.id, Date.parse(since));
    jobs.progress(load.id, { done: 1, total: 4, rows: 1_234_567 });
    t.match(s.run(['RO'], false).output, /ainda não coletada.*recomeça com o serviço/s, 'nobody is at work');
    const lock = lockFolder(join(s.folder, 'state'), 'central');
    t.teardown(() => lock?.release());
    const loading = s.run(['RO'], false).output;
    t.match(loading.replaceAll(/\s+/g, ' '), `RO primeira carga desde ${writtenMoment(since)}`);
    t.match(loading.replaceAll(/\s+/g, ' '), '1 de 4 visões, 1.234.567 linhas');
    t.notMatch(loading, 'ainda não coletada');

    const counted = enrolledFile(join(s.folder, 'state'), 'SE');
    mkdirSync(dirname(counted), { recursive: true });
    writeRecord(counted, {
      ...{ uf: 'SE', url: 'https://127.0.0.1:1', agent: 'SE', enrolled: since, schedule: null },
      ...{ certificates: [{ pem: 'c', until: null }], grant: grantToken({ views }), centralKey: 'k' },
      ...{ ended: null, rows: { custodiado: 1_000_000, advogado: 1_469_134 } },
    });
    const other = jobs.add({ kind: 'collect', source: 'SE', view: null, reason: 'enrolled', due: 0 }, 0);
    jobs.begin(other.id, now.getTime() - 3_600_000);
    jobs.progress(other.id, { done: 0, total: 4, rows: 1_234_567 });
    const half = s.run(['SE'], false).output.replaceAll(/\s+/g, ' ');
    t.match(half, '1.234.567 de cerca de 2.469.134 linhas');
    const job = { begun: 0, progress: { done: 0, total: 4, rows: 5 } };
    t.equal(
      expectedEnd(job, { lastMilliseconds: null, rows: 20 }, 10),
      40,
      'as long as it takes by its rows',
    );
    for (const text of [output, loading, stuck, s.run([], false, { views: true }).output]) {
      t.strictSame(
        text.split('\n').filter((line) => line.length > 80),
        [],
        'fits',
      );
    }
    t.match(s.run([], false, { views: true }).output, /AL.+custodiado/);
  });

  await t.test('which run tells of a view', async (t) => {
    const s = scene(t, { views: ['advogado', 'custodiado'] });
    const { runs } = s.state();
    const outcomes = () => s.report(['AL']).rows.map(({ view, lastRun }) => [view, lastRun?.outcome ?? null]);
    const first = runs.begin('AL');
    runs.saveView(first, part('advogado'));
    runs.saveView(first, part('custodiado'));
    runs.saveView(
      first,
      part('custodiado', { kind: 'reconcile', outcome: 'failed', problem: 'page-invalid' }),
    );
    runs.end(first, 'failed', 'page-invalid');
    const expected = [
      ['advogado', 'complete'],
      ['custodiado', 'failed'],
    ];
    t.strictSame(outcomes(), expected, 'of two parts of one run the worse');

    const under = runs.begin('AL');
    t.strictSame(outcomes(), expected, 'one that has not ended tells nothing');
    runs.endKilled(Date.now());
    t.match(runs.find(under), { outcome: 'stopped', problem: null }, 'one that a kill cut short ends');
    t.strictSame(outcomes(), expected, 'nor does that');
    runs.end(under, 'failed', 'agent-unreachable');
    t.strictSame(outcomes(), [
      ['advogado', 'failed'],
      ['custodiado', 'failed'],
    ]);

    const only = runs.begin('AL');
    runs.saveView(only, part('custodiado'));
    runs.end(only, 'complete', null);
    t.strictSame(outcomes(), [
      ['advogado', 'complete'],
      ['custodiado', 'complete'],
    ]);
    runs.end(runs.begin('AL'), 'failed', 'view-unknown');
    t.match(outcomes()[1], ['custodiado', 'complete'], 'a mistaken name says nothing of the others');

    const later = runs.begin('AL');
    runs.saveView(later, part('novo', { outcome: 'failed', problem: 'view-missing' }));
    runs.end(later, 'failed', 'view-missing');
    t.match(outcomes()[2], ['novo', 'failed'], 'one that the grant does not name');
  });

  await t.test('a grant that cannot be read, and one that holds something else', async (t) => {
    const s = scene(t);
    rmSync(join(s.folder, 'AL.grant'));
    writeFileSync(join(s.folder, 'RO.grant'), 'eyJhbGciOiJFZERTQSJ9.e30.x');
    const { code, rows } = s.report();
    t.equal(code, 2);
    for (const row of rows) t.match(row, { view: null, act: null, findings: [{ code: 'grant-unreadable' }] });
  });

  await t.test('how the audit is, and how the copies of it stand', async (t) => {
    const audit = { file: '/tmp/none.jsonl', syslog: { host: 'logs.example' } };
    const s = scene(t, {}, audit);
    s.state();
    const lines = () =>
      s
        .run([], false)
        .output.split('\n')
        .filter((line) => line.includes('Auditoria'));
    const told = () => (JSON.parse(s.run().output) as { audit: object }).audit;
    t.match(lines(), [/^! .*para o arquivo ainda não começou/, /^! .*para o syslog ainda não começou/]);
    const memory = new AuditMemory(join(s.folder, 'state'), 'b');
    memory.change({ signed: { day: '2026-11-29', id: 40, hash: 'x', keyid: 'x', signature: 'x' } });
    memory.changeShipped('file', { entry: 42 });
    const since = '2026-11-29T12:00:00.000Z';
    memory.changeShipped('syslog', {
      entry: 40,
      behind: 2,
      since,
      problem: 'audit-unshipped',
      failed: since,
    });
    t.match(lines(), [
      /^✓ Auditoria: assinada até o registro 40 \(29\/11\/2026\)\.$/,
      /^✓ Auditoria: a cópia para o arquivo vai até o registro 42\.$/,
      /^! Auditoria: a cópia para o syslog não sai desde .* \(audit-unshipped\); vai até o registro 40, faltam 2 registros, o primeiro de .*\.$/,
    ]);
    t.match(told(), {
      signed: { id: 40 },
      fault: null,
      shipped: [
        { to: 'file', entry: 42, behind: 0, failing: null },
        { to: 'syslog', entry: 40, behind: 2, failing: { problem: 'audit-unshipped', since } },
      ],
    });
    const { failed: _since, ...older } = memory.shippedTo('syslog');
    memory.change({ shipped: { syslog: older } });
    t.match(lines().at(-1), /não sai \(audit-unshipped\)/, 'as an older version wrote it down');
    memory.change({ fault: { id: 41, fault: 'changed', since } });
    t.match(lines()[0], /^✗ Auditoria: a partir do registro 41 .*audit verify/);
    t.equal((JSON.parse(scene(t).run().output) as { audit: unknown }).audit, null);
  });

  await t.test('a state that cannot be read is critical, and said so', async (t) => {
    const s = scene(t);
    s.state().close();
    const file = join(s.folder, 'state', 'central.sqlite');
    for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    writeFileSync(file, 'this is no database, whatever its name says');
    t.match(s.report(), { code: 2, health: 'critical', problem: 'checkpoints-damaged', rows: [] });
    t.match(s.run([], false).output, /✗ .+\[checkpoints-damaged\]/s);
    writeFileSync(file, '');
    t.match(s.report(), { code: 2, problem: 'state-older' });
  });
}
