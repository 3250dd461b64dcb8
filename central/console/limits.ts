import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { GuaritaError } from '../../shared/errors.ts';
import { networkOf } from './address.ts';

/** How much one address may ask in a minute, before anything else is done: what is refused is written down as well. */
export async function limitAddresses(app: FastifyInstance, max: number): Promise<void> {
  await app.register(rateLimit, { global: false });
  const limit = app.rateLimit({
    ...{ max, timeWindow: 60_000, keyGenerator: ({ ip }) => networkOf(ip) },
    errorResponseBuilder: (_request, { ttl }) =>
      new GuaritaError('too-many-requests', '', { retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1000)) }),
  });
  app.addHook('onRequest', limit);
}
