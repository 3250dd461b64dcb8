import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { paths } from '../../../shared/protocol/paths.ts';
import { softwareVersion } from '../../../shared/version.ts';

/** Collects the schemas of the routes that are registered after it. */
export async function collectSchemas(app: FastifyInstance): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'guarita-agent',
        version: softwareVersion,
        description: 'Read-only views of a state database, signed both ways. See docs/protocol.md.',
      },
      components: {
        securitySchemes: {
          grant: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: 'The grant, with an HTTP Message Signature (RFC 9421) by the key that it names.',
          },
        },
      },
      security: [{ grant: [] }],
    },
  });
}

export function openapiRoute(app: FastifyInstance): void {
  app.get(paths.openapi, { config: { access: 'granted' }, schema: { hide: true } }, () => app.swagger());
}
