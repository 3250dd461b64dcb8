import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Logger } from '../shared/log.ts';
import type { ViewSource } from '../shared/sources/view-source.ts';
import { CursorSeal } from './cursor-seal.ts';
import { guardAccess } from './http/access.ts';
import { bindBodies } from './http/bodies.ts';
import { isCanonicalPath } from './http/canonical-path.ts';
import { closeConnections } from './http/closing.ts';
import { registerGrants } from './http/grants.ts';
import { reportProblems } from './http/problems.ts';
import { sealReplies } from './http/replies.ts';
import { agentRoute } from './http/routes/agent.ts';
import { digestsRoutes } from './http/routes/digests.ts';
import { healthRoutes } from './http/routes/health.ts';
import { lookupRoute } from './http/routes/lookup.ts';
import { collectSchemas, openapiRoute } from './http/routes/openapi.ts';
import { rowsRoute } from './http/routes/rows.ts';
import { viewsRoute } from './http/routes/views.ts';
import type { AgentHome } from './home.ts';
import type { AgentMetrics } from './metrics.ts';
import { NonceStore } from './nonces.ts';

interface AppOptions {
  readonly id: string;
  readonly uf: string;
  readonly source: ViewSource;
  readonly home: AgentHome;
  readonly log: Logger;
  /** How long the database may take for a page. */
  readonly timeoutSeconds?: number;
  /** How long it may take to read a whole view. */
  readonly scanTimeoutSeconds?: number;
  /** Milliseconds since 1970; a test may give another clock than the machine's. */
  readonly clock?: () => number;
  /** Counts what is answered; without it nothing is counted. */
  readonly metrics?: AgentMetrics;
}

/** The agent, assembled apart from listening. Whoever assembles it closes source and home. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { id, uf, source, home, log, clock = Date.now } = options;
  const { timeoutSeconds = 60, scanTimeoutSeconds = timeoutSeconds } = options;
  const logger: FastifyBaseLogger = log.child({}, { serializers: { req: describeRequest } });
  const app: FastifyInstance = Fastify({
    loggerInstance: logger,
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    bodyLimit: 1024 * 1024,
    // It also ends a connection whose request is being worked on: later than the database gives up on it.
    connectionTimeout: (Math.max(timeoutSeconds, scanTimeoutSeconds) + 60) * 1000,
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // Of a path that is not canonical the router may answer by itself, unsigned and not written down. Sent nowhere
    // instead, it is refused by the access check like any other request. The same for a parameter that is too long:
    // the schema refuses it (Node takes no request line as long as this limit).
    rewriteUrl: ({ url = '' }) => (isCanonicalPath(url) ? url : '/'),
    routerOptions: { maxParamLength: 65_536 },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: false } },
  });
  reportProblems(app);
  sealReplies(app, { home });
  closeConnections(app);
  options.metrics?.observe(app);
  await registerGrants(app, id, () => home.keys());
  guardAccess(app, { nonces: new NonceStore(home.db), home, clock });
  bindBodies(app);
  await collectSchemas(app);
  healthRoutes(app, source, clock);
  agentRoute(app, source, { id, uf, home });
  viewsRoute(app, source);
  rowsRoute(app, source, new CursorSeal(home.db));
  digestsRoutes(app, source);
  lookupRoute(app, source);
  openapiRoute(app);
  await app.ready();
  return app;
}

/** No query: a cursor may hold keys that identify a person. */
function describeRequest(request: FastifyRequest): Record<string, unknown> {
  return { method: request.method, path: request.originalUrl.split('?', 1)[0], from: request.ip };
}
