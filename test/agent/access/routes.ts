import type { Test } from 'tap';
import { paths, viewPath } from '../../../shared/protocol/paths.ts';
import { peopleAgent } from '../../support/people-agent.ts';
import { routesOf } from '../../support/routes.ts';
import {
  ask,
  requireProblem,
  requireSealed,
  send,
  signedRequest,
  unbound,
} from '../../support/signed-requests.ts';

const rows = viewPath('rows', 'custodiado');

/** Every route and method. */
export async function routes(t: Test): Promise<void> {
  await t.test('routes that there are not', async (t) => {
    const agent = await peopleAgent(t);
    const unknown = [
      '/',
      '/V1/views',
      '/v2',
      '/v2/views%2Frows',
      '/v2/views/custodiado',
      '/v2/views/custodiado%2Frows',
      '/v2/views/custodiado/rows%20',
      '/v2/views/custodiado/rows/rows',
      '/v0/views',
      '/v02/views',
      '/Healthz',
      '/documentation',
      `/${'a'.repeat(5000)}`,
    ];
    for (const target of unknown) {
      await t.test(target.slice(0, 60), async (t) => {
        const without = await ask(agent, target, { grant: null, key: null });
        await requireProblem(t, agent, without, 401, 'grant-missing');
        await requireProblem(t, agent, await ask(agent, target), 404, 'route-unknown');
      });
    }
  });

  await t.test('other methods', async (t) => {
    const agent = await peopleAgent(t);
    const methods = ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'PURGE'];
    for (const method of methods) {
      await t.test(method, async (t) => {
        const without = await ask(agent, paths.views, { method, grant: null, key: null });
        await requireProblem(t, agent, without, 401, 'grant-missing');
        await requireProblem(t, agent, await ask(agent, paths.views, { method }), 404, 'route-unknown');
        // Not even where GET needs no grant.
        const health = await ask(agent, paths.healthz, { method, grant: null, key: null });
        await requireProblem(t, agent, health, 401, 'grant-missing');
      });
    }
    await t.test('HEAD', async (t) => {
      const without = await ask(agent, paths.views, { method: 'HEAD', grant: null, key: null });
      t.equal(without.status, 401);
      await requireSealed(t, agent, without);
      const granted = await ask(agent, rows, { method: 'HEAD' });
      t.equal(granted.status, 404);
      await requireSealed(t, agent, granted);
      t.equal(granted.headers['guarita-page'], undefined, 'nothing of a page');
    });
    await t.test('OPTIONS *', async (t) => {
      const answer = unbound(await send(agent, signedRequest(agent, '/', { method: 'OPTIONS' }), '*'));
      await requireProblem(t, agent, answer, 400, 'path-not-canonical');
    });
    await t.test('a GET that was signed as another method', async (t) => {
      const { headers, targetUri } = signedRequest(agent, paths.views, { method: 'POST' });
      const answer = await send(agent, { method: 'GET', targetUri, headers });
      await requireProblem(t, agent, answer, 401, 'signature-invalid');
    });
    await t.test('a method override in a header means nothing', async (t) => {
      const answer = await ask(agent, paths.views, {
        method: 'POST',
        headers: { 'x-http-method-override': 'GET' },
      });
      await requireProblem(t, agent, answer, 404, 'route-unknown');
    });
  });

  await t.test("S3 every route in the router's own table refuses without a grant", async (t) => {
    const agent = await peopleAgent(t);
    const routes = routesOf(agent.app);
    t.same(
      [...new Set(routes.map((route) => route.url))].sort((a, b) => a.localeCompare(b)),
      Object.values(paths).sort((a, b) => a.localeCompare(b)),
      'all routes are declared',
    );
    t.same(
      routes.filter(({ method }) => method !== 'GET').map(({ method, url }) => [method, url]),
      [
        ['POST', paths.digests],
        ['POST', paths.lookup],
        ['POST', paths.renewal],
      ],
      'and what more than GET they take',
    );
    const open = new Set<string>([paths.healthz, paths.readyz]);
    for (const { method, url } of routes) {
      await t.test(`${method} ${url}`, async (t) => {
        const target = url.replace(':view', 'custodiado');
        const answer = await ask(agent, target, { method, grant: null, key: null });
        if (open.has(url)) t.equal(answer.status, 200);
        else await requireProblem(t, agent, answer, 401, 'grant-missing');
      });
    }
  });
}
