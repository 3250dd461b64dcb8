// Tier: quick. Starts and ends the PostgreSQL of demo and tests, once.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t from 'tap';
import { isRoot } from '../../scripts/demo/postgres-places.ts';
import { startPostgres } from '../../scripts/demo/postgres-server.ts';
import { freePort } from '../../scripts/demo/processes.ts';
import { testFolder } from '../support/bases.ts';

// The server of demo and bench: what an earlier run left behind.

const module = pathToFileURL(join(import.meta.dirname, '../../scripts/demo/postgres-server.ts')).href;

void t.test('a server that still runs is gone on with, and stopped in the end', async (t) => {
  const folder = testFolder(t);
  const options = { folder, port: await freePort(), password: 'admin', persistent: true };
  // Started by a process that then dies, as a demo that was killed does.
  const script = `
    const { startPostgres } = await import(${JSON.stringify(module)});
    await startPostgres(${JSON.stringify(options)});
    process.kill(process.pid, 'SIGKILL');`;
  await once(spawn(process.execPath, ['--input-type=module', '-e', script]), 'exit');
  const server = await startPostgres({ ...options, port: await freePort() });
  t.equal(server.port, options.port);
  await server.stop();
  t.equal(existsSync(join(folder, 'data', 'postmaster.pid')), false);
});

void t.test('a process that has got the number of a server that is gone is left alone', async (t) => {
  const folder = testFolder(t);
  const foreign = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
  t.teardown(() => foreign.kill('SIGKILL'));
  mkdirSync(join(folder, 'data'));
  const pid = [foreign.pid, join(folder, 'data'), 0, await freePort(), '', '127.0.0.1', '', 'ready'];
  writeFileSync(join(folder, 'data', 'postmaster.pid'), pid.join('\n'));
  const options = { folder, port: await freePort(), password: 'admin', persistent: true };
  await t.rejects(startPostgres(options), /PostgreSQL did not start/, 'nothing of a server is in the folder');
  t.same([foreign.exitCode, foreign.signalCode], [null, null]);
});

void t.test(
  'as root, where others cannot enter',
  { skip: !isRoot && 'only root starts it as another user' },
  async (t) => {
    const closed = testFolder(t);
    const options = { folder: join(closed, 'inside'), port: await freePort(), password: 'admin' };
    const server = await startPostgres({ ...options, persistent: true });
    const outside = realpathSync(join(options.folder, 'data'));
    t.teardown(() => rmSync(outside, { recursive: true, force: true }));
    await server.stop();
    t.ok(existsSync(join(outside, 'PG_VERSION')));
    t.notOk(outside.startsWith(closed), 'the data are where the server reaches them');

    const again = await startPostgres({ ...options, persistent: false });
    t.equal(realpathSync(join(options.folder, 'data')), outside, 'and are found there the next time');
    await again.stop();
    t.notOk(existsSync(outside), 'what is not kept is removed there');
    await t.rejects(
      startPostgres({ ...options, persistent: true }),
      /is gone: delete/,
      'the link alone is told as such',
    );
  },
);
