// Tier: long. Whole lives of packaged programs. Needs GUARITA_TEST_BINARIES.
import { once } from 'node:events';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import { daysAgo } from '../../shared/day.ts';
import { parsePageInfo } from '../../shared/protocol/page-header.ts';
import { viewPath } from '../../shared/protocol/paths.ts';
import { generateKeyPair, type KeyPair, publicKey } from '../../shared/signing/keys.ts';
import { softwareVersion } from '../../shared/version.ts';
import { madeUpColumns, madeUpCsv } from '../link/files/scene.ts';
import { sampleConfig, writeConfig } from '../support/agent-process.ts';
import { runCommand } from '../support/commands.ts';
import {
  emptyFolder,
  packagedFolder,
  runPackaged,
  type Started,
  servePackaged,
} from '../support/packaged.ts';
import { ask, requireSealed } from '../support/signed-requests.ts';
import { createSqlite, peopleSql } from '../support/sqlite-views.ts';

// The packaged programs of this platform, where there is nothing else: no Node, no environment, no files.

const folder = packagedFolder(t);

if (folder !== null) {
  const agent = join(folder, 'guarita-agent-linux-x64');
  for (const program of ['agent', 'central'] as const) {
    const file = join(folder, `guarita-${program}-linux-x64`);
    await t.test(`guarita-${program} by itself`, (t) => alone(t, program, file));
  }
  await t.test('central links a file in threads', (t) => links(t, join(folder, 'guarita-central-linux-x64')));
  await t.test('the agent serves a file of SQLite', (t) => serves(t, agent));
  await t.test('the agent has the driver of each server', (t) => drivers(t, agent));
  await t.test('an addon that may not be where such files go', (t) => addons(t, agent));
}

async function alone(t: Test, program: 'agent' | 'central', file: string): Promise<void> {
  const noNode = { PATH: emptyFolder(t), LANG: 'C' };
  for (const environment of [{}, noNode]) {
    const { code, stdout, stderr } = await runPackaged(t, file, ['--version'], { environment });
    t.same({ code, stdout, stderr }, { code: 0, stdout: `${softwareVersion}\n`, stderr: '' });
  }
  const help = await runPackaged(t, file, ['--help']);
  // What commander prints in two pieces is parted otherwise by the test's own printing.
  const lines = (text: string) => text.split('\n').filter((line) => line !== '');
  t.same(lines(help.stdout), lines((await runCommand(program, ['--help'])).output), 'help');
  const sample = await runPackaged(t, file, ['config', 'sample']);
  t.equal(sample.stdout.trim(), (await runCommand(program, ['config', 'sample'])).output.trim(), 'sample');
  const wrong = await runPackaged(t, file, ['serve', '--config', 'missing.yaml']);
  t.equal(wrong.code, 2);
  t.match(wrong.stderr, '[config-unreadable]');
}

/** What it finds is what central finds from source. */
async function links(t: Test, file: string): Promise<void> {
  const cwd = emptyFolder(t);
  writeFileSync(join(cwd, 'presos.csv'), madeUpCsv(3, 3000));
  const args = (into: string) => [
    ...['link', 'import', join(cwd, 'presos.csv'), '--into', join(cwd, into), '--columns', madeUpColumns],
  ];
  t.match(await runPackaged(t, file, args('packaged'), { cwd }), { code: 0, stderr: '' });
  t.match(await runCommand('central', args('source')), { code: 0, errors: '' });
  for (const name of ['persons.csv', 'review.csv', 'model.json']) {
    t.ok(readFileSync(join(cwd, 'packaged', name)).equals(readFileSync(join(cwd, 'source', name))), name);
  }
}

/** The agent's key and a grant for a central, as its own commands give them. */
async function enrol(
  t: Test,
  file: string,
  config: string,
): Promise<{ key: ReturnType<typeof publicKey>; centralKey: KeyPair; grant: string }> {
  const centralKey = generateKeyPair();
  const cwd = dirname(config);
  writeFileSync(join(cwd, 'central.jwk'), JSON.stringify(centralKey.jwk));
  const begin = daysAgo(2);
  const term = ['--act', '1', '--begin', begin, '--out', 'AL.grant'];
  const args = ['grant', '--config', config, '--central', 'central.jwk', ...term];
  t.match(await runPackaged(t, file, args, { cwd }), { code: 0, stderr: '' }, 'grant');
  const { stdout } = await runPackaged(t, file, ['key', '--config', config]);
  const grant = readFileSync(join(cwd, 'AL.grant'), 'utf8').trim();
  return { key: publicKey(JSON.parse(stdout)), centralKey, grant };
}

async function serves(t: Test, file: string): Promise<void> {
  const folder = emptyFolder(t);
  createSqlite(join(folder, 'estado.sqlite'), peopleSql(20));
  const config = writeConfig(folder, sampleConfig(folder));
  const keys = await enrol(t, file, config);
  const agent = { ...keys, ...(await servePackaged(t, file, config)) };
  const page = await ask(agent, viewPath('rows', 'custodiado'));
  t.equal(page.status, 200);
  await requireSealed(t, agent, page);
  t.match(parsePageInfo(page.headers['guarita-page']), { rows: 20, complete: true });
  agent.child.kill('SIGTERM');
  t.equal((await agent.ended).code, 0);
}

/** Nobody listens on port 1: that the driver says so shows that it is there. */
async function drivers(t: Test, file: string): Promise<void> {
  const server = { host: '127.0.0.1', port: 1, database: 'siap', user: 'leitura' };
  const sources = [
    { engine: 'postgres', url: 'postgres://leitura@127.0.0.1:1/siap' },
    ...['mysql', 'sqlserver', 'firebird'].map((engine) => ({ engine, ...server })),
  ];
  for (const source of sources) {
    const folder = emptyFolder(t);
    const config = writeConfig(folder, { ...sampleConfig(folder), source });
    await enrol(t, file, config);
    const agent = await servePackaged(t, file, config);
    await logged(agent, 'source-unavailable');
    t.match(agent.log(), /ECONNREFUSED|ESOCKET/, source.engine);
    agent.child.kill('SIGTERM');
    t.equal((await agent.ended).code, 0);
  }
}

/** Resolves once the log has a text; fails with the whole log when the agent ends without. */
async function logged(agent: Started, text: string): Promise<void> {
  const { child, ended, log } = agent;
  while (!log().includes(text)) {
    if (child.stderr === null || child.exitCode !== null) throw new Error(log());
    await Promise.race([once(child.stderr, 'data'), ended]);
  }
}

async function addons(t: Test, file: string): Promise<void> {
  const installed = join(emptyFolder(t), 'guarita-agent');
  copyFileSync(file, installed);
  const folder = emptyFolder(t);
  const config = writeConfig(folder, sampleConfig(folder));
  const key = (environment: Record<string, string>) =>
    runPackaged(t, installed, ['key', '--config', config], { environment });
  const TMPDIR = emptyFolder(t);
  t.equal((await key({ TMPDIR })).code, 0);
  t.same(readdirSync(TMPDIR), [], 'nothing stays behind');
  const nowhere = join(folder, 'not-there');
  t.equal((await key({ TMPDIR: nowhere })).code, 0, 'beside the program, then');
  t.same(readdirSync(dirname(installed)), ['guarita-agent'], 'nor there');
}
