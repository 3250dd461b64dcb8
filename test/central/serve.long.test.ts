// Tier: long. Services at work for seconds each, most of them waiting for a schedule of every second.
import { join } from 'node:path';
import t from 'tap';
import { PGliteBase } from '../../central/base/pglite.ts';
import { openCentralState } from '../../central/state/state.ts';
import { query } from '../support/bases.ts';
import { arraySource, centralFolder, everySecond } from '../support/central-folder.ts';
import { runCommand } from '../support/commands.ts';
import { deferred, until } from '../support/deferred.ts';

void t.test(
  'runs of one source never overlap: its times meanwhile pass quietly, and stop finishes the page in hand',
  async (t) => {
    const central = centralFolder(t);
    const source = arraySource();
    const first = deferred();
    const mayAnswer = deferred();
    source.beforePage = () => {
      first.resolve();
      return mayAnswer.promise;
    };
    await central.enrol('AL', source);
    await central.enrol('RO', arraySource());
    const service = await central.serve({}, '--now');
    await first.promise;
    const { describes } = source;
    const before = service.said('RO: completa');
    // Both have the same schedule, and AL is called first.
    await until('its time came twice meanwhile', () => service.said('RO: completa') >= before + 2);

    t.equal(service.said('AL:'), 0, 'that is no failure');
    t.equal(source.describes, describes, 'no second run was begun');
    t.equal(source.asked.length, 1);
    mayAnswer.resolve();
    await until('the run ended', () => service.said('AL: completa') >= 1);
    await service.stop();

    const base = await PGliteBase.open(join(central.folder, 'base'));
    const [stored] = await query(base, 'SELECT count(*)::int AS n FROM fonte_al.custodiado');
    await base.close();
    t.strictSame(stored, { n: 25 });
  },
);

void t.test('C7 serve reconciles on a schedule of its own, and shows its metrics', async (t) => {
  const central = centralFolder(t);
  const source = arraySource();
  await central.enrol('AL', source);
  const never = '0 3 1 1 *';
  const settings = { schedule: never, reconcile: { schedule: everySecond }, metrics: { port: 0 } };
  const service = await central.serve(settings, '--now');
  await until('AL was collected', () => service.said('AL: completa') >= 1);
  source.views[0]?.rows.splice(3, 2);
  await until('the rows that are gone were found', () => service.said('2 removidas') >= 1);
  const url = /http:\S+/.exec(service.lines.find((line) => line.includes('métricas em')) ?? '')?.[0] ?? '';
  const told = await (await fetch(url)).text();
  t.match(told, /guarita_central_\w*rows\w*\{[^}]*source="AL"[^}]*\} 23/);
  const { code } = await service.stop();
  t.equal(code, 0);
});

void t.test('C7 a reconciliation whose time comes during a run is made up for by the next one', async (t) => {
  const central = centralFolder(t);
  const source = arraySource();
  await central.enrol('AL', source);
  const held = deferred();
  const mayAnswer = deferred();
  source.beforePage = (_asked, count) => {
    if (count < 4) return undefined;
    held.resolve();
    return mayAnswer.promise;
  };
  const state = openCentralState(central.folder);
  t.teardown(() => state.close());
  const schedules = { schedule: everySecond, reconcile: { schedule: everySecond } };
  const service = await central.serve(schedules);
  await held.promise;
  state.views.save('AL', 'custodiado', { owed: null });
  await until('it is written down', () => state.views.find('AL', 'custodiado')?.owed === 'asked');
  mayAnswer.resolve();
  await until('it is done', () => state.views.find('AL', 'custodiado')?.owed === null);
  await service.stop();
});

void t.test(
  'C7 a collection and a reconciliation of the same second: both are done, and neither fails',
  async (t) => {
    const central = centralFolder(t);
    await central.enrol('AL', arraySource());
    const state = openCentralState(central.folder);
    t.teardown(() => state.close());
    const service = await central.serve({ schedule: everySecond, reconcile: { schedule: everySecond } });
    const reconciliations = () => state.jobs.last(99).filter((job) => job.kind === 'reconcile');
    await until('it reconciled three times', () => reconciliations().length >= 3);
    await service.stop();
    t.ok(reconciliations().every(({ outcome }) => outcome === 'complete'));
    t.equal(service.said('falhou') + service.said('source-busy'), 0, service.lines.join('\n'));
  },
);

void t.test('C7 a reconciliation that was missed while central was down is made up for', async (t) => {
  const central = centralFolder(t);
  await central.enrol('AL', arraySource());
  const state = openCentralState(central.folder);
  t.teardown(() => state.close());
  state.views.save('AL', 'custodiado', { reconciled: '2026-01-01T00:00:00Z' });
  const never = '0 3 1 1 *';
  const service = await central.serve({ schedule: never, reconcile: { schedule: '0 5 * * 0' } }, '--now');
  const isRecent = () => String(state.views.find('AL', 'custodiado')?.reconciled) > '2026-01-02';
  await until('it was reconciled', isRecent);
  await service.stop();
});

void t.test('serve refuses a schedule or a zone that is none', async (t) => {
  const wrong = [
    { schedule: 'sempre' },
    { timeZone: 'America/Nowhere' },
    { reconcile: { schedule: 'às vezes' } },
  ];
  for (const changes of wrong) {
    const central = centralFolder(t);
    await central.enrol('AL', arraySource());
    const service = await central.serve(changes);
    const { code, errors } = await service.ended;
    t.equal(code, 2);
    t.match(errors, '[config-invalid]');
  }
});

void t.test('collect: a source that is named twice is collected once', async (t) => {
  const central = centralFolder(t);
  const source = arraySource();
  await central.enrol('AL', source);
  const file = await central.configure({});
  const { code, output } = await runCommand('central', ['-c', file, 'collect', 'AL', 'al', '--json']);
  t.equal(code, 0);
  t.match(JSON.parse(output), [{ source: 'AL', outcome: 'complete' }]);
  t.equal((JSON.parse(output) as unknown[]).length, 1);
  t.equal(source.asked.length, 3, 'three pages, each once');
});
