import type { FastifyInstance } from 'fastify';
import { GuaritaError } from '../../shared/errors.ts';

/**
 * Ends open connections with the answer in hand, once the agent is stopping: central keeps its connections, and the
 * server would wait for an idle one until it times out. A request that still comes in on one is refused like any
 * other, signed and written down (with `return503OnClosing`, Fastify would answer by itself).
 */
export function closeConnections(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  app.addHook('onRequest', async () => {
    if (closing) throw new GuaritaError('shutting-down');
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}
