import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Test } from 'tap';
import { askService } from '../../../central/service/control/ask.ts';
import { listenForCommands } from '../../../central/service/control/listen.ts';
import { controlFolder, makeControlFolder } from '../../../central/service/control/socket.ts';
import { openCentralState } from '../../../central/state/state.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { createLogger } from '../../../shared/log.ts';
import { testFolder } from '../../support/bases.ts';
import { arraySource, centralFolder } from '../../support/central-folder.ts';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { runCommand } from '../../support/commands.ts';
import { deferred, until } from '../../support/deferred.ts';

const log = createLogger('silent', 'test');
const never = { schedule: '0 3 1 1 *', reconcile: { schedule: '0 3 1 1 *' } };
const quiet = { stop: new AbortController().signal, onProgress: () => undefined };

/** A service at work on one state, whose pages come when the test says so. */
async function atWork(t: Test, makeBase: MakeCommandBase) {
  const central = centralFolder(t, makeBase);
  const source = arraySource();
  await central.enrol('AL', source);
  const service = await central.serve(never);
  await until('it is in service', () => service.said('em serviço') === 1);
  t.teardown(() => service.stop());
  const file = join(central.folder, 'central.yaml');
  const { environment } = central;
  const command = (...args: string[]) => runCommand('central', ['-c', file, ...args], { environment });
  /** Holds the next page; `release` lets it and all others go. */
  const hold = () => {
    const held = deferred();
    const mayAnswer = deferred();
    source.beforePage = () => {
      held.resolve();
      return mayAnswer.promise;
    };
    const release = () => {
      source.beforePage = () => undefined;
      mayAnswer.resolve();
    };
    return { held: held.promise, release };
  };
  return { ...central, source, service, file, command, hold };
}

export async function commandsOverSocket(t: Test, makeBase: MakeCommandBase): Promise<void> {
  // One that several tests use, each leaving it at work.
  const shared = await atWork(t, makeBase);

  await t.test(
    'collect and reconcile while the service is at work: it does them, and the answer is the same',
    async (t) => {
      // The first to use it.
      const s = shared;
      const { code, output, errors } = await s.command('collect', '--json');
      t.equal(errors, '');
      t.equal(code, 0);
      t.match(JSON.parse(output), [{ source: 'AL', outcome: 'complete', views: [{ rows: 25, new: 25 }] }]);
      s.source.views[0]?.rows.splice(3, 2);
      const reconciled = await s.command('reconcile', 'AL', '--json');
      t.match(JSON.parse(reconciled.output), [
        { outcome: 'complete', views: [{}, { kind: 'reconcile', removed: 2 }] },
      ]);
      await until('the service says so as well', () => s.service.said('AL: completa') === 2);
      const jobs = JSON.parse((await s.command('jobs', '--json')).output) as { kind: string }[];
      // Beside them, what was collected is treated.
      const runs = jobs.filter(({ kind }) => kind !== 'treat');
      t.match(runs, [
        { kind: 'collect', reason: 'asked', state: 'ended', outcome: 'complete' },
        { kind: 'reconcile', reason: 'asked', state: 'ended', outcome: 'complete' },
      ]);
    },
  );

  await t.test('what went wrong there is told here, with the exit code that it has', async (t) => {
    const s = await atWork(t, makeBase);
    s.source.views.pop();
    const { code, output } = await s.command('collect');
    t.equal(code, 1);
    t.match(output, '[view-not-granted]');
  });

  await t.test(
    'two commands at once are one run, and both are answered; status and jobs show it',
    async (t) => {
      const s = shared;
      const state = openCentralState(s.folder);
      t.teardown(() => state.close());
      // Beside them, what was collected before is treated.
      const isRun = ({ kind }: { readonly kind: string }) => kind === 'collect';
      const runs = () => state.jobs.last(99).filter(isRun).length;
      const before = runs();
      const page = s.hold();
      const first = s.command('collect', '--json');
      await page.held;
      const { describes } = s.source;
      const run = { sources: ['AL'], kind: 'collect', view: null };
      const second = askService(s.folder, 'run', run, quiet);
      // Answered after it: the second one is there by now.
      t.equal((await s.command('jobs', 'cancel', '4711')).code, 1);
      t.match(state.jobs.open().filter(isRun), [{ source: 'AL', reason: 'asked' }]);
      const told = await s.command('jobs');
      t.match(told.output, /AL\s+│? ?coleta/);
      const { jobs } = JSON.parse((await s.command('status', '--json')).output) as {
        jobs: { kind: string }[];
      };
      t.match(jobs.filter(isRun), [{ source: 'AL', state: 'running' }]);
      page.release();
      t.match(JSON.parse((await first).output), [{ outcome: 'complete' }]);
      t.match(await second, [{ outcome: 'complete' }]);
      t.equal(s.source.describes, describes);
      t.equal(runs(), before + 1);
    },
  );

  await t.test('Ctrl-C stops what was asked for; the service goes on', async (t) => {
    const s = shared;
    const page = s.hold();
    const stopping = new AbortController();
    const command = runCommand('central', ['-c', s.file, 'collect'], {
      environment: s.environment,
      stop: stopping.signal,
    });
    await page.held;
    stopping.abort();
    page.release();
    const { code, output } = await command;
    t.equal(code, 1);
    t.match(output, 'interrompida');
    t.equal((await s.command('collect')).code, 0);
  });

  await t.test('another person cancels by number; one that is not there is told', async (t) => {
    const s = shared;
    const page = s.hold();
    const command = s.command('collect');
    await page.held;
    const jobs = JSON.parse((await s.command('jobs', '--json')).output) as Record<string, string>[];
    const job = jobs.find(({ kind, state }) => kind === 'collect' && state === 'running');
    t.match(await s.command('jobs', 'cancel', String(job?.['job'])), { code: 0, output: /cancelado/ });
    page.release();
    t.equal((await command).code, 1);
    t.match(await s.command('jobs', 'cancel', '4711'), { code: 1, errors: /\[job-unknown\]/ });
    t.match(await s.command('jobs', 'cancel', 'AL'), { code: 2, errors: /\[option-invalid\]/ });
  });

  await t.test('a command that vanishes has asked all the same', async (t) => {
    const s = shared;
    const page = s.hold();
    const socket = connect(join(controlFolder(s.folder), 'socket'));
    socket.write('{"version":1,"operation":"run","input":{"sources":["AL"],"kind":"collect","view":null}}\n');
    await page.held;
    socket.destroy();
    const before = s.service.said('AL: completa');
    page.release();
    await until('it is done', () => s.service.said('AL: completa') > before);
    t.equal(s.service.said('AL: completa'), before + 1);
  });

  await t.test(
    'the service ends before it has answered: the command says so, and the job is begun again',
    async (t) => {
      const s = await atWork(t, makeBase);
      const page = s.hold();
      const command = s.command('collect');
      await page.held;
      const stopped = s.service.stop();
      page.release();
      await stopped;
      const { code, output } = await command;
      t.equal(code, 1);
      t.match(output, 'interrompida');
      t.strictSame(readdirSync(controlFolder(s.folder)), [], 'no socket is left');
      const again = await s.serve(never, '--now');
      await until('it is done', () => again.said('AL: completa') >= 1);
      t.match(again.lines[1], 'interrompida', 'it says what it makes up for');
      await again.stop();
    },
  );

  await t.test('nonsense is refused, and the service goes on', async (t) => {
    const s = shared;
    const answerTo = (text: string) =>
      new Promise<string>((resolve) => {
        let answer = '';
        const socket = connect(join(controlFolder(s.folder), 'socket'));
        socket.on('data', (bytes) => (answer += bytes.toString()));
        socket.on('close', () => resolve(answer));
        socket.on('error', () => undefined);
        socket.end(text);
      });
    const run = (input: unknown) => JSON.stringify({ version: 1, operation: 'run', input });
    for (const text of [
      'x\n',
      '{}\n',
      '[]\n',
      '7\n',
      '\xff\xfe\n',
      `${run({ sources: 'AL' })}\n`,
      `${run(null)}\n`,
    ]) {
      t.match(await answerTo(text), '"problem"', JSON.stringify(text));
    }
    t.match(await answerTo('{"version":1,"operation":"toString","input":{}}\n'), 'request-invalid');
    t.match(await answerTo('{"version":2,"operation":"run","input":{}}\n'), 'central-running');
    t.equal(await answerTo(''), '', 'who says nothing is told nothing');
    t.match(await answerTo(`"${'x'.repeat(9 * 1024 * 1024)}`), 'request-invalid', 'too long a message');
    t.equal((await s.command('collect')).code, 0);
  });

  await t.test('a socket that a kill left behind is no service, and stands in no one’s way', async (t) => {
    const folder = testFolder(t);
    makeControlFolder(folder);
    const socket = join(controlFolder(folder), 'socket');
    // A process that binds it and is killed.
    const script = `require('net').createServer().listen(${JSON.stringify(socket)}, () => process.kill(process.pid, 'SIGKILL'))`;
    t.equal(spawnSync(process.execPath, ['-e', script]).signal, 'SIGKILL');
    t.ok(statSync(socket).isSocket());
    await t.rejects(askService(folder, 'run', {}, quiet), { code: 'central-running' });
    const listener = await listenForCommands(folder, () => Promise.resolve('done'), log);
    t.equal(await askService(folder, 'anything', {}, quiet), 'done');
    await listener.close();
  });

  await t.test('the folder and the socket are their owner’s alone, whatever they were before', async (t) => {
    const folder = testFolder(t);
    mkdirSync(controlFolder(folder), { mode: 0o777 });
    const listener = await listenForCommands(folder, () => Promise.resolve(null), log);
    t.equal(statSync(controlFolder(folder)).mode & 0o777, 0o700);
    t.equal(statSync(join(controlFolder(folder), 'socket')).mode & 0o777, 0o600);
    await listener.close();
  });

  await t.test(
    'another user is refused, and told why',
    { skip: process.getuid?.() === 0 ? false : 'NOT TESTED HERE: only root can be another user' },
    async (t) => {
      const folder = testFolder(t);
      const listener = await listenForCommands(folder, () => Promise.resolve(null), log);
      execFileSync('chmod', ['755', folder]);
      const ask = pathToFileURL(join(import.meta.dirname, '../../../central/service/control/ask.ts')).href;
      const script = `const { askService } = await import(${JSON.stringify(ask)});
        process.setgid(65534); process.setuid(65534);
        await askService(${JSON.stringify(folder)}, 'run', {}, { stop: new AbortController().signal, onProgress() {} })
          .then(() => console.log('answered'), (error) => console.log(error.code, error.detail));`;
      // Not in this turn of the event loop, in which the service would not answer anybody.
      const { promise, resolve } = Promise.withResolvers<string>();
      execFile(process.execPath, ['--input-type=module', '-e', script], (_error, stdout) => resolve(stdout));
      t.match(await promise, /^central-running .*Só o usuário do serviço/);
      await listener.close();
    },
  );

  await t.test('a command that is suspended keeps no service from ending', async (t) => {
    const folder = testFolder(t);
    const module = (path: string) =>
      JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../..', path)).href);
    // Once it has answered, nothing is left for it to do but to end.
    const script = `const { listenForCommands } = await import(${module('central/service/control/listen.ts')});
      const { createLogger } = await import(${module('shared/log.ts')});
      const perform = () => { setImmediate(() => listener.close()); return Promise.resolve('done'); };
      const listener = await listenForCommands(${JSON.stringify(folder)}, perform, createLogger('silent', 'test'));
      console.log('listening');`;
    const service = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => service.once('exit', resolve));
    await new Promise((resolve) => service.stdout.once('data', resolve));
    const client = connect({ path: join(controlFolder(folder), 'socket'), allowHalfOpen: true });
    client.resume();
    client.write('{"version":1,"operation":"any","input":null}\n');
    t.equal(await ended, 0);
    client.destroy();
  });

  await t.test('a service that cannot listen ends, with the reason', async (t) => {
    const central = centralFolder(t);
    await central.enrol('AL', arraySource());
    const file = await central.configure(never);
    writeFileSync(controlFolder(central.folder), 'in the way');
    const { code, errors } = await runCommand('central', ['-c', file, 'serve']);
    t.equal(code, 1);
    t.match(errors, '[state-unwritable]');
  });

  await t.test('a folder whose path is too long for a socket', async (t) => {
    const folder = join(testFolder(t), 'x'.repeat(120));
    const listener = await listenForCommands(folder, (name) => Promise.resolve(name), log);
    t.equal(await askService(folder, 'run', {}, quiet), 'run');
    await listener.close();
    await t.rejects(askService(folder, 'run', {}, quiet), { code: 'central-running' });
  });

  await t.test(
    'progress and problems come across; a command that does not read costs no memory',
    async (t) => {
      const folder = testFolder(t);
      const sent: number[] = [];
      const listener = await listenForCommands(
        folder,
        (name, _input, { onProgress }) => {
          if (name === 'fails') throw new GuaritaError('source-unknown', '"XX"; há: AL.');
          for (let n = 0; n < 100_000; n++) onProgress({ n, text: 'x'.repeat(100) });
          return Promise.resolve({ ok: true });
        },
        log,
      );
      const onProgress = (progress: unknown) => void sent.push((progress as { n: number }).n);
      t.strictSame(await askService(folder, 'run', {}, { ...quiet, onProgress }), { ok: true });
      t.ok(sent.length > 0 && sent.length < 10_000, `${sent.length} of 100,000 were told`);
      await t.rejects(askService(folder, 'fails', {}, quiet), {
        code: 'source-unknown',
        detail: '"XX"; há: AL.',
      });
      await listener.close();
    },
  );

  await t.test('no service, no folder: the folder is taken by something else', async (t) => {
    const folder = testFolder(t);
    await t.rejects(askService(folder, 'run', {}, quiet), { code: 'central-running' });
    makeControlFolder(folder);
    const deaf = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => deaf.listen(join(controlFolder(folder), 'socket'), resolve));
    await t.rejects(askService(folder, 'run', {}, quiet), { code: 'central-running', detail: /terminou/ });
    deaf.close();
    rmSync(folder, { recursive: true, force: true });
  });
}
