import { setTimeout as after } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ViewSource } from '../shared/sources/view-source.ts';
import { readiness } from './http/readiness.ts';

export interface AgentMetricsOptions {
  readonly source: ViewSource;
  /** When the certificate ends that is shown now. */
  readonly certificateEnd: () => Date;
  readonly clock?: () => number;
  /** Resolves when the database has been waited for long enough, for one look at the metrics. */
  readonly patience?: () => Promise<unknown>;
}

/** A monitor gives up on a slow page, and would then know nothing of an agent whose database hangs. */
const sourcePatienceMilliseconds = 3000;

/** Where requests are counted of which the router knows nothing: a path of theirs may be anything. */
const unknownRoute = 'unknown';

/**
 * What the agent counts of its own work. Labels are patterns of routes, codes of the catalogue and names of granted
 * views: they are few, and tell of nobody.
 */
export class AgentMetrics {
  readonly registry = new Registry();
  readonly #requests = new Counter({
    name: 'guarita_agent_requests_total',
    help: 'Requests answered, by route, HTTP status and problem code (empty when there was none).',
    labelNames: ['method', 'route', 'status', 'problem'] as const,
    registers: [this.registry],
  });
  readonly #seconds = new Histogram({
    name: 'guarita_agent_request_duration_seconds',
    help: 'From the arrival of a request to the last byte of its answer.',
    labelNames: ['method', 'route'] as const,
    buckets: [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 10, 30, 60],
    registers: [this.registry],
  });
  readonly #rows = new Counter({
    name: 'guarita_agent_served_rows_total',
    help: 'Rows in the answers, by view.',
    labelNames: ['view'] as const,
    registers: [this.registry],
  });
  readonly #bytes = new Counter({
    name: 'guarita_agent_served_bytes_total',
    help: 'Bytes of the answers about a view, as sent.',
    labelNames: ['view'] as const,
    registers: [this.registry],
  });

  constructor({ source, certificateEnd, clock = Date.now, patience = defaultPatience }: AgentMetricsOptions) {
    const ready = readiness(source, clock);
    const up = new Gauge({
      name: 'guarita_agent_source_up',
      help: 'Whether a page could be served now: the database answers and the read-only proof holds.',
      registers: [this.registry],
      async collect() {
        up.set(await Promise.race([ready().then(yes, no), patience().then(no, no)]));
      },
    });
    const left = new Gauge({
      name: 'guarita_agent_certificate_left_seconds',
      help: 'Time until the certificate of the agent ends; below zero when it has.',
      registers: [this.registry],
      collect() {
        left.set(Math.floor((certificateEnd().getTime() - clock()) / 1000));
      },
    });
    collectDefaultMetrics({ register: this.registry });
  }

  /** Counts every answer of the app, also those that were refused. To be called before the app is ready. */
  observe(app: FastifyInstance): void {
    app.addHook('onResponse', async (request, reply) => this.#count(request, reply));
  }

  #count(request: FastifyRequest, reply: FastifyReply): void {
    const { url: route = unknownRoute } = request.routeOptions;
    // Of a known route the method is one of its own; any other is whatever the caller wrote.
    const method = route === unknownRoute ? unknownRoute : request.method;
    const { statusCode: status, problem } = reply;
    this.#requests.inc({ method, route, status, problem: problem ?? '' });
    this.#seconds.observe({ method, route }, reply.elapsedTime / 1000);
    const { view } = (request.params ?? {}) as { view?: string };
    // Only what the grant names and the answer holds: a view in a path that was refused may be any text.
    if (view === undefined || status >= 400) return;
    this.#rows.inc({ view }, reply.rows ?? 0);
    this.#bytes.inc({ view }, Number(reply.getHeader('content-length') ?? 0));
  }
}

const yes = () => 1;
const no = () => 0;

function defaultPatience(): Promise<unknown> {
  return after(sourcePatienceMilliseconds, undefined, { ref: false });
}
