import { randomUUID } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import fastifyFormbody from '@fastify/formbody';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { requireArgon2 } from './access/passwords.ts';
import { raiseHourly } from './alarms/hourly.ts';
import { answerErrors } from './answer-errors.ts';
import { assetRoutes } from './assets/routes.ts';
import { setHeaders } from './headers.ts';
import { limitAddresses } from './limits.ts';
import type { ConsoleOptions } from './options.ts';
import { register } from './register.ts';

/** The largest form there is: a page of text. */
const bodyLimit = 256 * 1024;

/** The console, assembled apart from listening. Whoever assembles it closes the base. Throws `argon2-missing`. */
export async function buildConsole(options: ConsoleOptions): Promise<FastifyInstance> {
  requireArgon2();
  const { log, tls, trustProxy = [] } = options;
  const logger: FastifyBaseLogger = log.child({}, { serializers: { req: describeRequest } });
  const app: FastifyInstance = Fastify({
    ...(tls === undefined ? {} : { https: tls }),
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    bodyLimit,
    requestTimeout: 60_000,
    connectionTimeout: 120_000,
    forceCloseConnections: 'idle',
    trustProxy: trustProxy.length === 0 ? false : [...trustProxy],
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
  });
  answerErrors(app, options);
  await setHeaders(app, { isSecure: tls !== undefined || trustProxy.length > 0 });
  await limitAddresses(app, options.requestsPerMinute ?? 600);
  await app.register(fastifyCookie);
  // A form is all that is taken.
  app.removeAllContentTypeParsers();
  await app.register(fastifyFormbody, { bodyLimit });
  assetRoutes(app, options.assets);
  register(app, options);
  raiseHourly(app, options);
  await app.ready();
  return app;
}

/** Of a request the log holds no address that was asked for: a search is in it. */
function describeRequest({ method, ip }: { readonly method: string; readonly ip: string }) {
  return { method, ip };
}
