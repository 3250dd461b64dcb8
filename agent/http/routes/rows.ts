import type { FastifyInstance } from 'fastify';
import { rowsParamsSchema, rowsQuerySchema } from '../../../shared/protocol/messages.ts';
import { pageHeaderName, rowsMediaType, serializePageInfo } from '../../../shared/protocol/page-header.ts';
import { paths } from '../../../shared/protocol/paths.ts';
import { pageDigestOf } from '../../../shared/protocol/row-digests.ts';
import type { ViewSource } from '../../../shared/sources/view-source.ts';
import type { CursorSeal } from '../../state/cursor-seal.ts';
import { hangUp } from '../hang-up.ts';
import { linesResponse } from './lines-response.ts';

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
        response: linesResponse(
          'Lines of rows; the header Guarita-Page says what the page is, and the SHA-256 over the digests of its rows.',
        ),
      },
    },
    async (request, reply) => {
      const { until = null, limit } = request.query;
      const after = request.query.after === undefined ? null : cursors.open(request.query.after);
      const limits = limit === undefined ? {} : { limit };
      const page = await source.page(request.params.view, { after, until, ...limits, signal: hangUp(reply) });
      reply.rows = page.rows;
      const digests = pageDigestOf(page.lines, page.rows);
      const info = serializePageInfo({ ...page, next: cursors.seal(page.next) }, digests);
      return reply.type(rowsMediaType).header(pageHeaderName, info).send(page.lines);
    },
  );
}
