import type { FastifyInstance } from 'fastify';
import { healthSchema, problemMediaType, problemSchema } from '../../../shared/protocol/messages.ts';
import { paths } from '../../../shared/protocol/paths.ts';
import type { ViewSource } from '../../../shared/sources/view-source.ts';
import { readiness } from '../readiness.ts';

const schema = {
  response: {
    200: healthSchema,
    default: { description: 'Problem.', content: { [problemMediaType]: { schema: problemSchema } } },
  },
};

/** No data, hence no grant: `healthz` says that the process runs, `readyz` that it could serve a page now. */
export function healthRoutes(app: FastifyInstance, source: ViewSource, clock: () => number): void {
  const ready = readiness(source, clock);
  const options = { config: { access: 'public' as const } };
  app.get(paths.healthz, { ...options, schema: { ...schema, summary: 'The process runs.' } }, () => ({
    status: 'ok',
  }));
  app.get(
    paths.readyz,
    { ...options, schema: { ...schema, summary: 'A page could be served now.' } },
    async () => {
      await ready();
      return { status: 'ok' };
    },
  );
}
