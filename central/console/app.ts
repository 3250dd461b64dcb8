import { randomUUID } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import fastifyFormbody from '@fastify/formbody';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from '../../shared/log.ts';
import type { Base } from '../base/base.ts';
import { requireArgon2 } from './access/passwords.ts';
import { answerErrors } from './answer-errors.ts';
import { assetRoutes } from './assets/routes.ts';
import { setHeaders } from './headers.ts';
import type { Assets } from './html/assets.ts';
import { limitAddresses } from './limits.ts';
import { register } from './register.ts';
import type { ConsoleRoute } from './route.ts';
import type { SignIn } from './sign-in.ts';

export interface ConsoleOptions {
  readonly base: Base;
  readonly log: Logger;
  readonly routes: readonly ConsoleRoute[];
  readonly assets: Assets;
  readonly seal: Seal;
  readonly clock?: () => Date;
  /** `https://console.gov.br`, as people's browsers know it: whatever comes from a page of another one is refused. */
  readonly origin: () => string;
  /** By what people enter, besides an account of this site; by nothing else where it is not said. */
  readonly signIn?: SignIn;
  /** Certificate and key (PEM); without them plain HTTP: on loopback, or behind a proxy that is trusted. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Proxies that are believed when they say for whom they ask (addresses or CIDR); none by itself. */
  readonly trustProxy?: readonly string[];
  /** Requests of one address in a minute. */
  readonly requestsPerMinute?: number;
  /** Within how long somebody says whether what was called an emergency was one; 72 where it is not said. */
  readonly emergencyReviewHours?: number;
}

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
    disableRequestLogging: true,
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
