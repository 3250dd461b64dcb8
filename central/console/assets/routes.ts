import { gzipSync } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyInstance } from 'fastify';
import type { Assets } from '../html/assets.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** It is the same for everybody, and says nothing of anybody. */
    isAsset?: boolean;
  }
}

/** Texts go over slow lines at a sixth of their size; they hold nothing secret that a size could tell of. */
export function assetRoutes(app: FastifyInstance, { style, script, icon, fonts, pictures }: Assets): void {
  for (const { path, mediaType, content } of [style, script, icon, ...fonts, ...pictures]) {
    const gzip = /^font\/|^image\/png$/.test(mediaType) ? null : gzipSync(content, { level: 9 });
    app.get(path, { config: { isAsset: true } }, (request, reply) => {
      reply.type(mediaType).header('cache-control', 'public, max-age=31536000, immutable');
      if (gzip === null) return reply.send(content);
      reply.header('vary', 'accept-encoding');
      const accepted = negotiate(request.headers['accept-encoding'] ?? 'identity', ['gzip', 'identity']);
      return accepted === 'gzip' ? reply.header('content-encoding', 'gzip').send(gzip) : reply.send(content);
    });
  }
}
