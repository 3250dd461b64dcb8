import type { FastifyReply } from 'fastify';

/** Aborted when the caller hung up: nobody waits for the answer any more, so the database need not finish it. */
export function hangUp(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}
