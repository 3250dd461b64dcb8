import type { Test } from 'tap';
import { serve as serveCommand } from '../../../central/commands/serve.ts';
import { Scheduler } from '../../../central/service/scheduler.ts';
import { freePort } from '../../../scripts/demo/processes.ts';
import { people } from '../../support/array-source.ts';
import { query } from '../../support/bases.ts';
import { arraySource, centralFolder, everySecond } from '../../support/central-folder.ts';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { until } from '../../support/deferred.ts';
import { HandClock } from '../../support/hand-clock.ts';

export async function schedules(t: Test, makeBase: MakeCommandBase): Promise<void> {
  await t.test('each source is called at its own times, until stopped', async (t) => {
    const called: string[] = [];
    const sources = [
      { name: 'AL', kind: 'collect' as const, schedule: everySecond },
      { name: 'RO', kind: 'collect' as const, schedule: '0 3 1 1 *' },
    ];
    const scheduler = new Scheduler(sources, 'America/Sao_Paulo', (name) => void called.push(name));
    t.ok(Number(scheduler.next()) - Date.now() <= 1000, 'the soonest of all');
    await until('AL was called twice', () => called.length >= 2);
    scheduler.stop();
    t.equal(scheduler.next(), null);
    t.ok(called.every((name) => name === 'AL'));
  });

  await t.test('a view that has times of its own is named at those', async (t) => {
    const called: string[] = [];
    const own = { name: 'AL', kind: 'reconcile' as const, schedule: everySecond, view: 'movimentacao' };
    const scheduler = new Scheduler([own], 'UTC', (...what) => void called.push(what.join(' ')));
    await until('it was called', () => called.length > 0);
    scheduler.stop();
    t.equal(called[0], 'AL reconcile movimentacao');
  });

  await t.test('five fields are minutes and more, in the declared zone', async (t) => {
    const scheduler = new Scheduler(
      [{ name: 'AL', kind: 'collect', schedule: '0 3 * * *' }],
      'America/Sao_Paulo',
      () => undefined,
    );
    const next = scheduler.next();
    scheduler.stop();
    t.equal(next?.toISOString().slice(11), '06:00:00.000Z', 'three o’clock in São Paulo');
  });

  await t.test('an expression or a zone that is none is refused by name', async (t) => {
    for (const schedule of ['', 'every day', '61 * * * *', '* * *', '0 3 * * * * * *']) {
      const create = () => new Scheduler([{ name: 'AL', kind: 'collect', schedule }], 'UTC', () => undefined);
      t.throws(create, { code: 'config-invalid', message: /AL/ }, JSON.stringify(schedule));
    }
    const zone = () =>
      new Scheduler(
        [{ name: 'AL', kind: 'collect', schedule: '0 3 * * *' }],
        'America/Nowhere',
        () => undefined,
      );
    t.throws(zone, { code: 'config-invalid' });
  });

  await t.test('a refused expression leaves no other schedule at work', async (t) => {
    const called: string[] = [];
    const sources = [
      { name: 'AL', kind: 'collect' as const, schedule: everySecond },
      { name: 'RO', kind: 'collect' as const, schedule: 'every day' },
    ];
    t.throws(() => new Scheduler(sources, 'UTC', (name) => void called.push(name)), {
      code: 'config-invalid',
    });
    const other = new Scheduler(
      [{ name: 'MS', kind: 'collect', schedule: everySecond }],
      'UTC',
      (name) => void called.push(name),
    );
    await until(
      'another schedule was at work for two seconds',
      () => called.filter((n) => n === 'MS').length >= 2,
    );
    other.stop();
    t.notOk(called.includes('AL'));
  });

  await t.test('serve collects again and again; a source that is down holds up no other', async (t) => {
    const central = centralFolder(t, makeBase);
    const source = arraySource();
    await central.enrol('AL', source);
    await central.enrol('RO', arraySource(), `http://127.0.0.1:${await freePort()}`);
    const service = await central.serve({ parallel: 2 });
    await until('AL was collected', () => service.said('AL: completa') >= 1);
    source.views[0]?.rows.push(...people(26, 30));
    await until('AL was collected three times', () => service.said('AL: completa') >= 3);
    t.equal(service.said('RO: completa'), 0);
    const { code, output, errors } = await service.stop();
    t.equal(code, 0, 'told to stop, it ends well');
    t.equal(errors, '');
    t.match(output, /^guarita-central em serviço; próxima coleta: \d\d\/\d\d\/\d{4}, /);
    t.match(output, 'AL: completa; 25 lidas, 25 novas');
    t.match(output, 'AL: completa; 5 lidas, 5 novas');
    t.match(output, /RO: (interrompida|falhou) \(agent-unreachable\)/, 'the broken one says why');
  });

  await t.test('serve reconciles a view at its own times, where the state has it', async (t) => {
    const central = centralFolder(t, makeBase);
    await central.enrol('AL', arraySource());
    const never = '0 3 1 1 *';
    const views = ['custodiado', 'nenhuma'].map((view) => ({ view, schedule: everySecond }));
    const service = await central.serve({ schedule: never, reconcile: { schedule: never, views } }, '--now');
    await until('it was collected, and reconciled twice', () => service.said('AL: completa') >= 3);
    const { code, output } = await service.stop();
    t.equal(code, 0);
    t.notMatch(output, 'view-unknown');
  });

  await t.test('a run that failed for what may pass is tried again before its next time', async (t) => {
    const central = centralFolder(t, makeBase);
    const source = arraySource();
    await central.enrol('AL', source);
    const file = await central.configure({ schedule: '0 3 1 1 *', retryMinutes: 7 });
    const base = await (await central.base()).open();
    // Something stands where the view's table is to be.
    await query(base, 'CREATE SCHEMA fonte_al');
    await query(base, 'CREATE TABLE fonte_al.custodiado (x int)');
    await base.close();

    const clock = new HandClock();
    const stopping = new AbortController();
    const lines: string[] = [];
    const context = {
      environment: central.environment,
      print: (line: string) => void lines.push(line),
      stop: stopping.signal,
    };
    const ended = serveCommand({ config: file, now: true }, context, clock);
    const failures = () => lines.filter((line) => line.includes('AL: falhou (base-failed)')).length;
    await until('the first run failed', () => failures() === 1);
    t.ok(clock.waiting.includes(7 * 60_000));
    clock.pass(7 * 60_000);
    await until('the second run failed', () => failures() === 2);
    t.ok(clock.waiting.includes(7 * 60_000));
    stopping.abort();
    await ended;
    t.strictSame(clock.waiting, [], 'nothing keeps the process alive');
  });
}
