import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { GuaritaError } from '../../shared/errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The connection was cut because of this request: nothing is answered, and nothing written down. */
    hungUp: boolean;
  }
}

/**
 * Most bytes of a request's line and headers, of which Node by itself takes 16 KiB. All that may be long at once has room:
 * a grant, a cursor, a bound that is percent-encoded, and two KiB of signature and rest.
 */
export const mostHeadBytes = 96 * 1024;

/** Most bytes of a grant, which each request carries: as many views as there may be (500), of 63 plain letters, are 43 KiB. */
export const mostGrantBytes = 48 * 1024;

export interface Limits {
  /** Requests of one client in a minute. */
  readonly requestsPerMinute: number;
  /** Requests of one client at once. */
  readonly concurrent: number;
}

/**
 * How much one client may ask: so many requests in a minute, so many at once. Counted before anything else is done for
 * a request. One who goes on asking when refused is hung up on: refusals are written down, and would fill the disk.
 */
export async function limitClients(app: FastifyInstance, limits: Limits): Promise<void> {
  await app.register(rateLimit, { global: false, addHeaders: noHeaders, addHeadersOnExceeding: noHeaders });
  app.decorateRequest('hungUp', false);
  const max = limits.requestsPerMinute;
  app.addHook(
    'onRequest',
    app.rateLimit({
      ...{ max, timeWindow: 60_000, ban: max },
      errorResponseBuilder: (request, { ban, ttl }) => {
        if (ban) {
          request.hungUp = true;
          request.raw.socket.destroy();
        }
        return new GuaritaError('too-many-requests', `${max} por minuto.`, {
          retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1000)),
        });
      },
    }),
  );
  const open = new Map<string, number>();
  app.addHook('onRequest', async (request, reply) => {
    const { ip } = request;
    const count = open.get(ip) ?? 0;
    open.set(ip, count + 1);
    // Not `onResponse`: it is called for requests that were refused above and never counted, and for none whose client
    // hung up meanwhile, which would then count for ever.
    reply.raw.once('close', () => {
      const left = (open.get(ip) ?? 0) - 1;
      if (left > 0) open.set(ip, left);
      else open.delete(ip);
    });
    if (count >= limits.concurrent) {
      throw new GuaritaError('too-many-requests', `${limits.concurrent} ao mesmo tempo.`, {
        retryAfterSeconds: 1,
      });
    }
  });
}

const noHeaders = {
  'x-ratelimit-limit': false,
  'x-ratelimit-remaining': false,
  'x-ratelimit-reset': false,
  'retry-after': false,
};
