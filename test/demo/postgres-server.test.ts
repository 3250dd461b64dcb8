// Tier: quick. Starts and ends the PostgreSQL of demo and tests, once.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t from 'tap';
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
