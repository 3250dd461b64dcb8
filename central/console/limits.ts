import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { GuaritaError } from '../../shared/errors.ts';
import { networkOf } from './address.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Refused as others of its address a moment before: that was written down of the first of them. */
    isToldAlready: boolean;
  }
}

/**
 * How much one address may ask in a minute, before anything else is done. The first that is refused is written down; were
 * each of them, whoever asks too often would fill the audit, without which nothing is shown to anybody.
 */
export async function limitAddresses(app: FastifyInstance, max: number): Promise<void> {
  await app.register(rateLimit, { global: false });
  app.decorateRequest('isToldAlready', false);
  const limit = app.rateLimit({
    ...{ max, timeWindow: 60_000, ban: 1, keyGenerator: ({ ip }) => networkOf(ip) },
    errorResponseBuilder: (request, { ban, ttl }) => {
      request.isToldAlready = ban;
      return new GuaritaError('too-many-requests', '', {
        retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1000)),
      });
    },
  });
  app.addHook('onRequest', limit);
}
