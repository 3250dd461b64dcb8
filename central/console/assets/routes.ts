import type { FastifyInstance } from 'fastify';
import type { Assets } from '../html/assets.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** It is the same for everybody, and says nothing of anybody. */
    isAsset?: boolean;
  }
}

export function assetRoutes(app: FastifyInstance, { style, script, fonts }: Assets): void {
  for (const { path, mediaType, content } of [style, script, ...fonts]) {
    app.get(path, { config: { isAsset: true } }, (_request, reply) =>
      reply.type(mediaType).header('cache-control', 'public, max-age=31536000, immutable').send(content),
    );
  }
}
