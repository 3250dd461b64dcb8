import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify';
import { allowedAddresses } from '../shared/allowed-addresses.ts';
import type { Logger } from '../shared/log.ts';
import type { ViewSource } from '../shared/sources/view-source.ts';
import type { AgentHome } from './home.ts';
import { guardAccess } from './http/access.ts';
import { bindBodies } from './http/bodies.ts';
import { isCanonicalPath } from './http/canonical-path.ts';
import { closeConnections } from './http/closing.ts';
import { admitConnections } from './http/connections.ts';
import { registerGrants } from './http/grants.ts';
import { type Limits, limitClients, mostHeadBytes } from './http/limits.ts';
import { reportProblems } from './http/problems.ts';
import { sealReplies } from './http/replies.ts';
import { agentRoute } from './http/routes/agent.ts';
import { digestsRoutes } from './http/routes/digests.ts';
import { healthRoutes } from './http/routes/health.ts';
import { lookupRoute } from './http/routes/lookup.ts';
import { collectSchemas, openapiRoute } from './http/routes/openapi.ts';
import { renewalRoute } from './http/routes/renewal.ts';
import { rowsRoute } from './http/routes/rows.ts';
import { viewsRoute } from './http/routes/views.ts';
import { tlsOptions } from './http/tls.ts';
import type { AgentMetrics } from './metrics.ts';
import { CursorSeal } from './state/cursor-seal.ts';
import { NonceStore } from './state/nonces.ts';

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
  /** Mutual TLS; without it plain HTTP, which is for loopback only. */
  readonly tls?: boolean;
  /** From where connections are accepted (CIDR); all when empty. */
  readonly allow?: readonly string[];
  /** How much is answered; as good as unlimited when a test does not say. */
  readonly limits?: Limits & { readonly connections: number };
  /** How long a client may take to send a request, head and body, in milliseconds; for its head at most half a minute. */
  readonly requestTimeout?: number;
  /** Counts what is answered; without it nothing is counted. */
  readonly metrics?: AgentMetrics;
}

/** The largest body there may be (1 MiB) has come by then on a line of 32 kbit/s. */
const usualRequestTimeout = 300_000;

const unlimited = { requestsPerMinute: 1_000_000, concurrent: 1000, connections: 10_000 };

/** The agent, assembled apart from listening. Whoever assembles it closes source and home. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { id, uf, source, home, log, clock = Date.now } = options;
  const {
    timeoutSeconds = 60,
    scanTimeoutSeconds = timeoutSeconds,
    requestTimeout = usualRequestTimeout,
  } = options;
  const logger: FastifyBaseLogger = log.child({}, { serializers: { req: describeRequest } });
  const headersTimeout = Math.min(requestTimeout, 30_000);
  // Node looks for slow clients now and then, by itself every half a minute.
  const looks = {
    ...{ connectionsCheckingInterval: Math.ceil(headersTimeout / 6), headersTimeout },
    maxHeaderSize: mostHeadBytes,
  };
  const app: FastifyInstance = Fastify({
    ...(options.tls === true ? { https: { ...tlsOptions(home, clock()), ...looks } } : { http: looks }),
    loggerInstance: logger,
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    bodyLimit: 1024 * 1024,
    // It also ends a connection whose request is being worked on: later than the database gives up on it.
    connectionTimeout: (Math.max(timeoutSeconds, scanTimeoutSeconds) + 60) * 1000,
    requestTimeout,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // Of a path that is not canonical the router may answer by itself, unsigned and not written down. Sent nowhere
    // instead, it is refused by the access check like any other request. The same for a parameter that is too long:
    // the schema refuses it (Node takes no request line as long as this limit).
    rewriteUrl: ({ url = '' }) => (isCanonicalPath(url) ? url : '/'),
    routerOptions: { maxParamLength: mostHeadBytes },
    // Schemas are our own: that they are some is not asked at each start, for which Ajv would compile the schema of schemas.
    ajv: {
      customOptions: { removeAdditional: false, coerceTypes: true, allErrors: false, validateSchema: false },
    },
  });
  const { allow = [], limits = unlimited } = options;
  const isAllowed = allowedAddresses(allow, 'listen.allow');
  admitConnections(app.server, { isAllowed, most: limits.connections, log });
  // Node would refuse it by itself, unsigned and not written down.
  app.server.on('checkExpectation', (request, response) => app.routing(request, response));
  reportProblems(app);
  sealReplies(app, { home });
  closeConnections(app);
  await limitClients(app, limits);
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
  renewalRoute(app, { id, home, clock, tls: options.tls === true });
  openapiRoute(app);
  await app.ready();
  return app;
}

/** No query: a cursor may hold keys that identify a person. */
function describeRequest(request: FastifyRequest): Record<string, unknown> {
  return { method: request.method, path: request.originalUrl.split('?', 1)[0], from: request.ip };
}
