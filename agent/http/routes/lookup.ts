import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { lookupBodySchema, plainQuerySchema, rowsParamsSchema } from '../../../shared/protocol/messages.ts';
import { pageHeaderName, rowsMediaType, serializeAnswerInfo } from '../../../shared/protocol/page-header.ts';
import { paths } from '../../../shared/protocol/paths.ts';
import { pageDigestOf } from '../../../shared/protocol/row-digests.ts';
import type { ViewSource } from '../../../shared/sources/view-source.ts';
import { asItIs } from '../bodies.ts';
import { hangUp } from '../hang-up.ts';
import { linesResponse } from './lines-response.ts';

interface LookupRoute {
  Params: { view: string };
  Body: Static<typeof lookupBodySchema>;
}

export function lookupRoute(app: FastifyInstance, source: ViewSource): void {
  app.post<LookupRoute>(
    paths.lookup,
    {
      config: { access: 'granted' },
      validatorCompiler: asItIs,
      schema: {
        summary: 'The rows of some keys as they are now.',
        params: rowsParamsSchema,
        querystring: plainQuerySchema,
        body: lookupBodySchema,
        response: linesResponse(
          'Lines of rows, one with mark {-1} for a key without a row; the header Guarita-Page says how many keys, from the first on, are answered, how many lines of a single key were cut, and the SHA-256 over the digests of the lines.',
        ),
      },
    },
    async (request, reply) => {
      const { keys } = request.body;
      const lookup = await source.lookup(request.params.view, { keys, signal: hangUp(reply) });
      reply.rows = lookup.rows;
      const info = serializeAnswerInfo(lookup, pageDigestOf(lookup.lines, lookup.rows));
      return reply.type(rowsMediaType).header(pageHeaderName, info).send(lookup.lines);
    },
  );
}
