import type { Test } from 'tap';
import { paths } from '../../../shared/protocol/paths.ts';
import type { Identity } from '../../../shared/signing/identity.ts';
import { testAgent } from '../../support/agent.ts';
import { exchange, rawRequest } from '../../support/raw-requests.ts';
import { routesOf } from '../../support/routes.ts';
import { peopleSource } from '../../support/sqlite-views.ts';
import { identity } from './identity.ts';

const shown = ({ key, certificate }: Identity) => ({
  key: key.privateKeyObject.export({ type: 'pkcs8', format: 'pem' }),
  cert: certificate.pem,
});

/** Invariant 6 over mutual TLS, on every route that the router itself knows: a new one is in here by itself. */
export async function routes(t: Test): Promise<void> {
  await t.test('every route of the router', async (t) => {
    const central = await identity('guarita-central');
    // The same name, another key: the name is believed by nobody.
    const stranger = await identity('guarita-central');
    const agent = await testAgent(t, { source: peopleSource(t, 3), views: ['custodiado'], central });
    const routes = routesOf(agent.app);
    t.ok(routes.length >= Object.keys(paths).length, 'the whole table');
    for (const { method, url } of routes) {
      const target = url.replace(':view', 'custodiado');
      const request = rawRequest(`${method} ${target} HTTP/1.1`, [
        ['host', new URL(agent.url).host],
        ['connection', 'close'],
        ['content-length', '0'],
      ]);
      await t.test(`${method} ${url}`, async (t) => {
        t.equal(await exchange(agent, request), null, 'no certificate: no word');
        t.equal(await exchange(agent, request, shown(stranger)), null, 'another certificate: no word');
        const answer = await exchange(agent, request, shown(central));
        if (url === paths.healthz || url === paths.readyz) t.equal(answer?.status, 200);
        else {
          t.equal(answer?.status, 401, 'the certificate alone is no grant');
          t.match(answer?.body.toString(), 'urn:guarita:problem:grant-missing');
          t.ok(answer?.headers.has('signature'), 'signed all the same');
        }
      });
    }
  });
}
