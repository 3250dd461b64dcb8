import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import {
  problemMediaType,
  problemSchema,
  rowsParamsSchema,
  rowsQuerySchema,
} from '../../../shared/protocol/messages.ts';
import { pageHeaderName, rowsMediaType, serializePageInfo } from '../../../shared/protocol/page-header.ts';
import { paths } from '../../../shared/protocol/paths.ts';
import type { ViewSource } from '../../../shared/sources/view-source.ts';
import type { CursorSeal } from '../../cursor-seal.ts';

interface RowsRoute {
  Params: { view: string };
  Querystring: { after?: string; until?: string; limit?: number };
}

export function rowsRoute(app: FastifyInstance, source: ViewSource, cursors: CursorSeal): void {
  app.get<RowsRoute>(
    paths.rows,
    {
      config: { access: 'granted' },
      schema: {
        summary: 'A page of a view, in (watermark, key) order.',
        params: rowsParamsSchema,
        querystring: rowsQuerySchema,
        response: {
          200: {
            description: 'Lines of rows; the header Guarita-Page says what the page is.',
            headers: { 'Guarita-Page': { type: 'string', description: 'Structured dictionary (RFC 9651).' } },
            content: { [rowsMediaType]: { schema: Type.String({ format: 'binary' }) } },
          },
          default: { description: 'Problem.', content: { [problemMediaType]: { schema: problemSchema } } },
        },
      },
    },
    async (request, reply) => {
      const { until = null, limit } = request.query;
      const after = request.query.after === undefined ? null : cursors.open(request.query.after);
      const gone = new AbortController();
      // The caller hung up: nobody waits for this page any more, so the database need not finish it.
      reply.raw.once('close', () => gone.abort());
      const limits = limit === undefined ? {} : { limit };
      const page = await source.page(request.params.view, { after, until, ...limits, signal: gone.signal });
      reply.rows = page.rows;
      const info = serializePageInfo({ ...page, next: cursors.seal(page.next) });
      return reply.type(rowsMediaType).header(pageHeaderName, info).send(page.lines);
    },
  );
}
