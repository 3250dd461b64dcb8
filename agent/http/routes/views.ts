import type { FastifyInstance } from 'fastify';
import {
  plainQuerySchema,
  problemMediaType,
  problemSchema,
  type ViewsMessage,
  viewsSchema,
} from '../../../shared/protocol/messages.ts';
import { paths } from '../../../shared/protocol/paths.ts';
import type { ViewSource } from '../../../shared/sources/view-source.ts';

export function viewsRoute(app: FastifyInstance, source: ViewSource): void {
  app.get(
    paths.views,
    {
      config: { access: 'granted' },
      schema: {
        summary: 'The views that the grant names: columns, key, watermark, fingerprint and epoch.',
        querystring: plainQuerySchema,
        response: {
          200: viewsSchema,
          default: { description: 'Problem.', content: { [problemMediaType]: { schema: problemSchema } } },
        },
      },
    },
    async (request): Promise<ViewsMessage> => {
      const { views, broken } = await source.describe();
      const isGranted = ({ name }: { name: string }) => request.grant?.views.includes(name) === true;
      return {
        views: views
          .filter(isGranted)
          .map((view) => ({ ...view, columns: [...view.columns], key: [...view.key] })),
        broken: broken.filter(isGranted).map((view) => ({ ...view })),
      };
    },
  );
}
