import { request as httpRequest } from 'node:http';
import t from 'tap';
import { viewPath } from '../../shared/protocol/paths.ts';
import { testAgent } from '../support/agent.ts';
import { until } from '../support/deferred.ts';
import { GatedSource } from '../support/gate.ts';
import { requestsOf } from '../support/journal.ts';
import { ask, signedRequest } from '../support/signed-requests.ts';
import { peopleSource } from '../support/sqlite-views.ts';

const rows = viewPath('rows', 'custodiado');

void t.test('a client that hangs up while it is being answered does not count for ever', async (t) => {
  const limits = { requestsPerMinute: 1000, concurrent: 2, connections: 100 };
  const gate = new GatedSource(peopleSource(t, 3));
  const agent = await testAgent(t, { source: gate, views: ['custodiado'], limits });
  const { hostname, port } = new URL(agent.url);
  for (let i = 1; i <= 4; i++) {
    const { headers } = signedRequest(agent, rows);
    const request = httpRequest({ hostname, port, path: rows, headers, agent: false });
    request.on('error', () => undefined).end();
    // As many as may be at once are held by the gate; the others are refused, and their answers are on their way.
    await (i <= 2 ? gate.held : until('it is refused', () => requestsOf(agent).length > 0));
    const gone = new Promise<void>((resolve) => request.once('close', () => resolve()));
    request.destroy();
    await gone;
  }
  gate.release();
  await until('the next one is served', async () => (await ask(agent, rows)).status === 200);
});
