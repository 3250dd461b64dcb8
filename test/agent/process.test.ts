// Tier: quick. The agent as a process, once for each way to start and to end it.
import { once } from 'node:events';
import { join } from 'node:path';
import t from 'tap';
import { parsePageInfo } from '../../shared/protocol/page-header.ts';
import { paths, viewPath } from '../../shared/protocol/paths.ts';
import { generateKeyPair } from '../../shared/signing/keys.ts';
import { enrol, runAgent, sampleConfig, serveAgent, writeConfig } from '../support/agent-process.ts';
import type { ProgramProcess } from '../support/program-process.ts';
import { ask, requireProblem, requireSealed } from '../support/signed-requests.ts';
import { createSqlite, peopleSql, temporaryFolder } from '../support/sqlite-views.ts';

// The agent as a process: starting in any order, stopping without loss.

const rows = viewPath('rows', 'custodiado');
const open = { grant: null, key: null };

/** Resolves once the log of an agent has a line. */
async function logged(agent: ProgramProcess, text: string): Promise<void> {
  const { stderr } = agent.child;
  if (stderr === null) throw new Error('no standard error');
  while (!agent.log().includes(text)) await once(stderr, 'data');
}

void t.test('a database that is down when the agent starts', async (t) => {
  const folder = temporaryFolder(t);
  const config = writeConfig(folder, sampleConfig(folder));
  const keys = await enrol(t, folder, config, generateKeyPair());
  const agent = { ...keys, ...(await serveAgent(t, config)) };
  t.match(agent.log(), 'source-unavailable', 'the log says so');

  t.equal((await ask(agent, paths.healthz, open)).status, 200, 'the process runs');
  const refused = await ask(agent, rows);
  await requireProblem(t, agent, refused, 503, 'source-unavailable');
  t.match(refused.headers['retry-after'], /^\d+$/);

  createSqlite(join(folder, 'estado.sqlite'), peopleSql(20));
  t.equal((await ask(agent, paths.readyz, open)).status, 200, 'ready as soon as the database is there');
  const page = await ask(agent, rows);
  t.equal(page.status, 200);
  t.match(parsePageInfo(page.headers['guarita-page']), { rows: 20, complete: true });

  await t.test('a second process on the same port', async (t) => {
    const other = temporaryFolder(t);
    const port = Number(new URL(agent.url).port);
    createSqlite(join(other, 'estado.sqlite'), peopleSql(1));
    const ended = await runAgent(t, [
      'serve',
      '--config',
      writeConfig(other, { ...sampleConfig(other), listen: { port, tls: false } }),
    ]);
    t.equal(ended.code, 1);
    t.match(ended.stderr, '✗ O endereço de escuta não pode ser usado.');
    t.match(ended.stderr, `127.0.0.1:${port}`);
    t.match(ended.stderr, '[address-in-use]');
    t.equal((await ask(agent, paths.readyz, open)).status, 200, 'the first one does not notice');
  });

  await t.test('a second process on the same folder', async (t) => {
    const ended = await runAgent(t, ['serve', '--config', config]);
    t.equal(ended.code, 1);
    t.match(ended.stderr, '[agent-running]');
    t.equal((await ask(agent, paths.readyz, open)).status, 200, 'the first one does not notice');
  });

  agent.child.kill('SIGINT');
  t.equal((await agent.ended).code, 0, 'Ctrl-C ends it');
});

void t.test('SIGTERM while a page is under way', async (t) => {
  const folder = temporaryFolder(t);
  const count = 8000;
  // Each row costs some work, so that the page takes several turns of the event loop.
  createSqlite(
    join(folder, 'estado.sqlite'),
    `${peopleSql(count, 'pessoa')}
     CREATE VIEW custodiado AS SELECT id, nome, versao,
       (WITH RECURSIVE n(i) AS (SELECT id UNION ALL SELECT i + 1 FROM n WHERE i < id + 200) SELECT max(i) FROM n)
         AS trabalho
       FROM pessoa`,
  );
  const config = writeConfig(folder, sampleConfig(folder));
  const keys = await enrol(t, folder, config, generateKeyPair());
  const agent = { ...keys, ...(await serveAgent(t, config)) };
  const asked = ask(agent, rows);
  await logged(agent, 'incoming request');
  agent.child.kill('SIGTERM');
  const page = await asked;
  t.equal(page.status, 200);
  await requireSealed(t, agent, page);
  t.equal(parsePageInfo(page.headers['guarita-page']).rows, count, 'the whole page');
  t.equal(page.body.toString('utf8').split('\n').length - 1, count);
  const { code, stderr } = await agent.ended;
  t.equal(code, 0);
  const [stopping, completed] = [
    stderr.indexOf('stopping: pages in hand'),
    stderr.indexOf('request completed'),
  ];
  t.ok(stopping !== -1 && stopping < completed, 'it was told to stop before the page was done');
  await t.rejects(ask(agent, paths.healthz, open), { code: 'ECONNREFUSED' });
});
