import { request as httpRequest } from 'node:http';
import t from 'tap';
import { viewPath } from '../../shared/protocol/paths.ts';
import { testAgent } from '../support/agent.ts';
import { ArraySource, people, peopleColumns, viewOf } from '../support/array-source.ts';
import { deferred, until } from '../support/deferred.ts';
import { ask, signedRequest } from '../support/signed-requests.ts';

const rows = viewPath('rows', 'custodiado');

void t.test('a client that hangs up while it is being answered does not count for ever', async (t) => {
  const limits = { requestsPerMinute: 1000, concurrent: 2, connections: 100 };
  const source = new ArraySource({ description: viewOf('custodiado', peopleColumns), rows: people(1, 5) });
  const released = deferred();
  source.beforePage = () => released.promise;
  const agent = await testAgent(t, { source, views: ['custodiado'], limits });
  const { hostname, port } = new URL(agent.url);
  for (let i = 1; i <= 2; i++) {
    const { headers } = signedRequest(agent, rows);
    const request = httpRequest({ hostname, port, path: rows, headers, agent: false });
    request.on('error', () => undefined).end();
    await until('it is being answered', () => source.asked.length === i);
    request.destroy();
  }
  released.resolve();
  await until('the next one is served', async () => (await ask(agent, rows)).status === 200);
});
