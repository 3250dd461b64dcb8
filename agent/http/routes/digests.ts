import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import {
  type DigestsMessage,
  digestsQuerySchema,
  digestsSchema,
  listBodySchema,
  plainQuerySchema,
  problemMediaType,
  problemSchema,
  rowsParamsSchema,
} from '../../../shared/protocol/messages.ts';
import { pageHeaderName, rowsMediaType, serializeAnswerInfo } from '../../../shared/protocol/page-header.ts';
import { paths } from '../../../shared/protocol/paths.ts';
import type { ViewSource } from '../../../shared/sources/view-source.ts';
import { asItIs } from '../bodies.ts';
import { hangUp } from '../hang-up.ts';
import { linesResponse } from './lines-response.ts';

interface DigestsRoute {
  Params: { view: string };
  Querystring: { buckets: number };
}

interface ListRoute {
  Params: { view: string };
  Body: Static<typeof listBodySchema>;
}

/** What reconciliation compares: digests by bucket, then the rows of the buckets that differ. */
export function digestsRoutes(app: FastifyInstance, source: ViewSource): void {
  app.get<DigestsRoute>(
    paths.digests,
    {
      config: { access: 'granted' },
      schema: {
        summary: 'Count and digest of each bucket of rows.',
        params: rowsParamsSchema,
        querystring: digestsQuerySchema,
        response: {
          200: digestsSchema,
          default: { description: 'Problem.', content: { [problemMediaType]: { schema: problemSchema } } },
        },
      },
    },
    async (request, reply): Promise<DigestsMessage> => {
      const { buckets } = request.query;
      const digests = await source.digests(request.params.view, { buckets, signal: hangUp(reply) });
      const counts = [...digests.counts];
      reply.rows = counts.reduce((sum, count) => sum + count, 0);
      return { ...digests, counts, digests: [...digests.digests] };
    },
  );
  app.post<ListRoute>(
    paths.digests,
    {
      config: { access: 'granted' },
      validatorCompiler: asItIs,
      schema: {
        summary: 'Digest, mark and key of each row in some buckets.',
        params: rowsParamsSchema,
        querystring: plainQuerySchema,
        body: listBodySchema,
        response: linesResponse('Lines of digest, mark and key columns; the mark tells of the key columns.'),
      },
    },
    async (request, reply) => {
      const listing = await source.list(request.params.view, { ...request.body, signal: hangUp(reply) });
      reply.rows = listing.rows;
      const info = serializeAnswerInfo({ ...listing });
      return reply.type(rowsMediaType).header(pageHeaderName, info).send(listing.lines);
    },
  );
}
