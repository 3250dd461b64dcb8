import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import { problemMediaType, problemSchema } from '../../../shared/protocol/messages.ts';
import { paths } from '../../../shared/protocol/paths.ts';
import { maxBuckets } from '../../../shared/sources/view-source.ts';
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
    transform: ({ schema, url, route }) => ({
      schema: told(schema, route.config?.access === 'public'),
      url,
    }),
  });
}

/** What a reader is told besides: who needs no grant, and which numbers of buckets there are (the wire says them in words). */
function told(schema: FastifySchema, isPublic: boolean): FastifySchema {
  const { querystring, body } = schema;
  return {
    ...schema,
    ...(isPublic ? { security: [] } : {}),
    ...(querystring === undefined ? {} : { querystring: withPowers(querystring) }),
    ...(body === undefined ? {} : { body: withPowers(body) }),
  };
}

const powers = Array.from({ length: Math.log2(maxBuckets) + 1 }, (_, exponent) => 2 ** exponent);

function withPowers(schema: unknown): unknown {
  const { properties } = schema as { properties?: Record<string, object> };
  const buckets = properties?.['buckets'];
  if (buckets === undefined) return schema;
  return { ...(schema as object), properties: { ...properties, buckets: { ...buckets, enum: powers } } };
}

const schema = {
  summary: 'This description.',
  response: {
    200: { type: 'object', additionalProperties: true, description: 'OpenAPI 3.1.' },
    default: { description: 'Problem.', content: { [problemMediaType]: { schema: problemSchema } } },
  },
};

export function openapiRoute(app: FastifyInstance): void {
  app.get(paths.openapi, { config: { access: 'granted' }, schema }, () => app.swagger());
}
