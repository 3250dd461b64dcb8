import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { stringify } from 'yaml';
import { ClientKeys } from '../../agent/client-keys.ts';
import { PGliteBase } from '../../central/base/pglite.ts';
import { Scheduler } from '../../central/collect/scheduler.ts';
import { freePort } from '../../scripts/demo/processes.ts';
import { readOrCreateKeyPair } from '../../shared/signing/keys.ts';
import { testAgent } from '../support/agent.ts';
import { ArraySource, people, peopleColumns, viewOf } from '../support/array-source.ts';
import { pgliteTemplate, query, testFolder } from '../support/bases.ts';
import { runCommand } from '../support/commands.ts';
import { deferred, until } from '../support/deferred.ts';

const everySecond = '* * * * * *';

void t.test('each source is called at its own times, until stopped', async (t) => {
  const called: string[] = [];
  const sources = [
    { name: 'AL', schedule: everySecond },
    { name: 'RO', schedule: '0 3 1 1 *' },
  ];
  const scheduler = new Scheduler(sources, 'America/Sao_Paulo', (name) => void called.push(name));
  t.ok(Number(scheduler.next()) - Date.now() <= 1000, 'the soonest of all');
  await until('AL was called twice', () => called.length >= 2);
  scheduler.stop();
  t.equal(scheduler.next(), null);
  t.ok(called.every((name) => name === 'AL'));
});

void t.test('five fields are minutes and more, in the declared zone', async (t) => {
  const scheduler = new Scheduler(
    [{ name: 'AL', schedule: '0 3 * * *' }],
    'America/Sao_Paulo',
    () => undefined,
  );
  const next = scheduler.next();
  scheduler.stop();
  t.equal(next?.toISOString().slice(11), '06:00:00.000Z', 'three o’clock in São Paulo');
});

void t.test('an expression or a zone that is none is refused by name', async (t) => {
  for (const schedule of ['', 'every day', '61 * * * *', '* * *', '0 3 * * * * * *']) {
    const create = () => new Scheduler([{ name: 'AL', schedule }], 'UTC', () => undefined);
    t.throws(create, { code: 'config-invalid', message: /AL/ }, JSON.stringify(schedule));
  }
  const zone = () =>
    new Scheduler([{ name: 'AL', schedule: '0 3 * * *' }], 'America/Nowhere', () => undefined);
  t.throws(zone, { code: 'config-invalid' });
});

void t.test('a refused expression leaves no other schedule at work', async (t) => {
  const called: string[] = [];
  const sources = [
    { name: 'AL', schedule: everySecond },
    { name: 'RO', schedule: 'every day' },
  ];
  t.throws(() => new Scheduler(sources, 'UTC', (name) => void called.push(name)), { code: 'config-invalid' });
  const other = new Scheduler(
    [{ name: 'MS', schedule: everySecond }],
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

/** A folder for central with an empty base in it, and what it says of each source. */
function centralFolder(t: Test) {
  const folder = testFolder(t);
  const key = readOrCreateKeyPair(join(folder, 'central.key.jwk'));
  const entries: { uf: string; url: string; agentKey: string; grant: string }[] = [];

  /** A real agent over arrays, known to central by this name. */
  const enrol = async (uf: string, source: ArraySource, url?: string) => {
    const agent = await testAgent(t, { source, views: ['custodiado'] });
    new ClientKeys(agent.state).add(key);
    const files = { agentKey: join(folder, `${uf}.jwk`), grant: join(folder, `${uf}.grant`) };
    writeFileSync(files.agentKey, JSON.stringify(agent.key.jwk));
    writeFileSync(files.grant, agent.issue({ key }));
    entries.push({ uf, url: url ?? agent.url, ...files });
  };

  /** Starts `serve`; `stop` resolves to what it printed. */
  const serve = async (changes: Record<string, unknown>, ...args: string[]) => {
    cpSync(await pgliteTemplate(), join(folder, 'base'), { recursive: true });
    const file = join(folder, 'central.yaml');
    const config = {
      state: folder,
      schedule: everySecond,
      log: { level: 'silent' },
      sources: entries,
      ...changes,
    };
    writeFileSync(file, stringify(config));
    const stopping = new AbortController();
    const lines: string[] = [];
    const onOutput = (line: string) => void lines.push(line);
    const ended = runCommand('central', ['-c', file, 'serve', ...args], { stop: stopping.signal, onOutput });
    const stop = () => {
      stopping.abort();
      return ended;
    };
    return { lines, ended, stop, said: (text: string) => lines.filter((line) => line.includes(text)).length };
  };
  return { folder, enrol, serve };
}

const arraySource = (rows = people(1, 25)) =>
  new ArraySource({ description: viewOf('custodiado', peopleColumns), rows });

void t.test('serve collects again and again; a source that is down holds up no other', async (t) => {
  const central = centralFolder(t);
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
  t.match(output, /^guarita-central em serviço; próxima coleta: \d{4}-/);
  t.match(output, 'AL: completa; 25 lidas, 25 novas');
  t.match(output, 'AL: completa; 5 lidas, 5 novas');
  t.match(output, /RO: (interrompida|falhou) \(agent-unreachable\)/, 'the broken one says why');
});

void t.test('runs of one source never overlap, and stop finishes the page in hand', async (t) => {
  const central = centralFolder(t);
  const source = arraySource();
  const first = deferred();
  const mayAnswer = deferred();
  source.beforePage = () => {
    first.resolve();
    return mayAnswer.promise;
  };
  await central.enrol('AL', source);
  const service = await central.serve({}, '--now');
  await first.promise;
  const { describes } = source;
  await until('its time came twice meanwhile', () => service.said('AL: falhou (source-busy)') >= 2);

  t.equal(source.describes, describes, 'no second run was begun');
  t.equal(source.asked.length, 1);
  mayAnswer.resolve();
  await until('the run ended', () => service.said('AL: completa') >= 1);
  await service.stop();

  const base = await PGliteBase.open(join(central.folder, 'base'));
  const [stored] = await query(base, 'SELECT count(*)::int AS n FROM fonte_al.custodiado');
  await base.close();
  t.strictSame(stored, { n: 25 });
});

void t.test('serve refuses a schedule or a zone that is none', async (t) => {
  for (const changes of [{ schedule: 'sempre' }, { timeZone: 'America/Nowhere' }]) {
    const central = centralFolder(t);
    await central.enrol('AL', arraySource());
    const service = await central.serve(changes);
    const { code, errors } = await service.ended;
    t.equal(code, 2);
    t.match(errors, '[config-invalid]');
  }
});
