import type { Test } from 'tap';
import { AgentMetrics } from '../../../agent/metrics.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { createLogger } from '../../../shared/log.ts';
import { listenForMetrics } from '../../../shared/metrics-listener.ts';
import { paths, viewPath } from '../../../shared/protocol/paths.ts';
import { testAgent } from '../../support/agent.ts';
import { sampleConfig, serveAgent, writeConfig } from '../../support/agent-process.ts';
import { ArraySource, people, peopleColumns, viewOf } from '../../support/array-source.ts';
import { runCommand } from '../../support/commands.ts';
import { badNames, scrape } from '../../support/exposition.ts';
import { ask } from '../../support/signed-requests.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';

const log = createLogger('silent', 'test');

/** An agent with metrics, on a listener of their own. */
async function scene(t: Test) {
  const source = new ArraySource({ description: viewOf('custodiado', peopleColumns), rows: people(1, 35) });
  let now = Date.now();
  const patience = { over: (): void => undefined, promise: new Promise<void>(() => undefined) };
  const metrics = new AgentMetrics({
    source,
    certificateEnd: () => new Date(now + 3_600_500),
    clock: () => now,
    patience: () => patience.promise,
  });
  const agent = await testAgent(t, { source, views: ['custodiado', 'advogado'], metrics });
  const listener = await listenForMetrics({ host: '127.0.0.1', port: 0, page: metrics.registry, log });
  t.teardown(() => listener.close());
  const later = () => {
    now += 60_000;
  };
  return { source, agent, url: listener.url, later, patience };
}

export async function metricsOfAgents(t: Test): Promise<void> {
  await t.test('what was asked, what was answered, what was served', async (t) => {
    const { agent, url } = await scene(t);
    const rows = viewPath('rows', 'custodiado');
    const first = await ask(agent, rows);
    const second = await ask(agent, `${rows}?after=Zm9yZWlnbg`);
    await ask(agent, rows, { grant: null });
    await ask(agent, paths.agent);
    const { value, types, find } = await scrape(url);

    const route = paths.rows;
    t.equal(value('guarita_agent_requests_total', { route, status: '200', problem: '' }), 1);
    t.equal(second.status, 400);
    t.equal(value('guarita_agent_requests_total', { route, status: '400', problem: 'cursor-invalid' }), 1);
    t.equal(value('guarita_agent_requests_total', { route, status: '401', problem: 'grant-missing' }), 1);
    t.equal(value('guarita_agent_requests_total', { route: paths.agent, method: 'GET' }), 1);
    t.equal(value('guarita_agent_request_duration_seconds_count', { route }), 3);
    t.equal(value('guarita_agent_served_rows_total', { view: 'custodiado' }), 10);
    t.equal(value('guarita_agent_served_bytes_total', { view: 'custodiado' }), first.body.length);
    t.equal(find('guarita_agent_served_rows_total').length, 1);
    t.ok((value('process_resident_memory_bytes') ?? 0) > 0);
    t.strictSame(badNames(types, 'guarita_'), []);
  });

  await t.test('no label holds what a caller wrote', async (t) => {
    const { agent, url } = await scene(t);
    const told = 'FULANO-DE-TAL';
    for (const target of [
      `/${told}`,
      `/v2/views/${told}/rows`,
      `/v2/views/custodiado/rows?after=${told}`,
      `/v2//${told}`,
      viewPath('rows', 'advogado'),
    ]) {
      for (const method of ['GET', 'DELETE'])
        t.ok((await ask(agent, target, { method })).status >= 400, target);
    }
    const { text, value, find } = await scrape(url);
    t.notMatch(text, told);
    t.notMatch(text, agent.grant);
    t.ok((value('guarita_agent_requests_total', { route: 'unknown', method: 'unknown' }) ?? 0) >= 4);
    t.strictSame(find('guarita_agent_served_rows_total'), [], 'a view that is not there is no label');
  });

  await t.test('whether the database could serve now', async (t) => {
    const { source, url, later, patience } = await scene(t);
    t.equal((await scrape(url)).value('guarita_agent_source_up'), 1);
    t.equal((await scrape(url)).value('guarita_agent_certificate_left_seconds'), 3600);
    source.beforeDescribe = () => {
      throw new GuaritaError('source-unavailable');
    };
    later();
    t.equal((await scrape(url)).value('guarita_agent_source_up'), 0);
    // It hangs: the metrics are told all the same.
    source.beforeDescribe = () => new Promise<void>(() => undefined);
    patience.promise = Promise.resolve();
    later();
    t.equal((await scrape(url)).value('guarita_agent_source_up'), 0);
  });

  await t.test('the listener answers nothing else, and serves no data', async (t) => {
    const { agent, url } = await scene(t);
    const { origin } = new URL(url);
    for (const path of ['/', '/v2/agent', '/healthz', '/metrics/', viewPath('rows', 'custodiado')]) {
      t.equal((await fetch(origin + path)).status, 404, path);
    }
    t.equal((await fetch(url, { method: 'POST' })).status, 405);
    t.match((await fetch(url)).headers.get('content-type'), 'text/plain; version=0.0.4');
    t.equal((await ask(agent, '/metrics')).status, 404, 'and the agent does not tell them where it serves');
  });

  await t.test('only loopback, and only a free port', async (t) => {
    const page = { contentType: 'text/plain', metrics: () => Promise.resolve('') };
    for (const host of ['0.0.0.0', '::']) {
      await t.rejects(listenForMetrics({ host, port: 0, page, log }), { code: 'config-invalid' });
    }
    const first = await listenForMetrics({ host: '127.0.0.1', port: 0, page, log });
    const port = Number(new URL(first.url).port);
    await t.rejects(listenForMetrics({ host: '127.0.0.1', port, page, log }), { code: 'address-in-use' });
    await first.close();
    const again = await listenForMetrics({ host: '127.0.0.1', port, page, log });
    await again.close();
  });

  await t.test('what cannot be told is an error to the monitor', async (t) => {
    const page = {
      contentType: 'text/plain',
      metrics: () => Promise.reject(new GuaritaError('checkpoints-damaged', 'File "/secret/place".')),
    };
    const listener = await listenForMetrics({ host: '127.0.0.1', port: 0, page, log });
    t.teardown(() => listener.close());
    const response = await fetch(listener.url);
    t.equal(response.status, 500);
    t.equal(await response.text(), 'checkpoints-damaged\n');
  });

  await t.test('the configuration turns them on, and takes no address that others can reach', async (t) => {
    const folder = temporaryFolder(t);
    const wrong = writeConfig(folder, { ...sampleConfig(folder), metrics: { host: '10.0.0.1', port: 0 } });
    const refused = await runCommand('agent', ['serve', '--config', wrong]);
    t.equal(refused.code, 2);
    t.match(refused.errors, 'metrics.host');
    const config = writeConfig(folder, { ...sampleConfig(folder), metrics: { port: 0 } });
    const agent = await serveAgent(t, config);
    agent.child.kill('SIGTERM');
    const { code, stdout } = await agent.ended;
    t.equal(code, 0, 'and it ends with the agent');
    t.match(stdout, /métricas em http:\/\/127\.0\.0\.1:\d+\/metrics/);
  });
}
