import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TObject } from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../../shared/errors.ts';
import { storableText } from '../../shared/storable-text.ts';
import { type SessionFacts, useSession } from '../base/access-layer/sessions.ts';
import { readCookies, withVisit } from './asker.ts';
import { record } from './audit/record.ts';
import { allow, isOver } from './enforce.ts';
import { findAsker } from './find-asker.ts';
import type { ConsoleOptions } from './options.ts';
import type { ConsoleRoute } from './route.ts';
import { isSame } from './secrets.ts';
import { send } from './send.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route needs; without it there is no route. */
    console?: ConsoleRoute;
  }
}

/**
 * Registers the routes, and before them all what is asked of whoever comes: that a form comes from a page of this site
 * and this session, that who sends it is signed in and may. What a route does not declare it does not get.
 */
export function register(app: FastifyInstance, options: ConsoleOptions): void {
  const { origin } = options;
  app.addHook('onRoute', ({ path, config }) => {
    const isDeclared = config?.console !== undefined || config?.isAsset === true;
    if (!isDeclared) throw new Error(`${path} does not say what it needs.`);
  });
  app.addHook('onRequest', async (request, reply) => {
    request.asker = { ...request.asker, cookies: readCookies(request) };
    const route = request.routeOptions.config.console;
    // An asset, or no page at all.
    if (route === undefined) return;
    request.asker = await findAsker(options, request);
    const { session, now } = request.asker;
    // Behind who it is: that is written down of what is refused, too.
    if (request.method === 'POST') requireSameOrigin(request, origin());
    request.allowed = allow(route.needs, request.asker);
    // Before the page is made, since a form on it says so.
    if (request.method === 'GET') withVisit(request, reply);
    // One that ran out stays so: a page for anyone brings nobody back.
    if (session !== null && !isOver(session, now)) await touch(options, session, now);
  });
  app.addHook('preValidation', async (request) => {
    if (request.method !== 'POST') return;
    const { cookies } = request.asker;
    const sent = (request.body as Readonly<Record<string, unknown>> | null | undefined)?.['_formulario'];
    if (cookies.formToken === null || typeof sent !== 'string' || !isSame(sent, cookies.formToken)) {
      throw new GuaritaError('form-stale');
    }
  });
  for (const route of options.routes) {
    app.route({
      ...{ method: route.method, url: route.path, config: { console: route } },
      handler: (request, reply) => answer(options, route, request, reply),
    });
  }
}

async function answer(
  options: ConsoleOptions,
  route: ConsoleRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { asker, allowed } = request;
  if (allowed === null) throw new GuaritaError('internal', 'Uma rota que não foi julgada.');
  const hungUp = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) hungUp.abort();
  });
  const { cookies, now } = asker;
  const { base, seal, origin } = options;
  const asked = {
    ...allowed,
    sessionIsOver: asker.session !== null && allowed.session === null,
    ...{ base, seal, now, origin: origin(), address: request.ip, browser: browserOf(request) },
    signal: hungUp.signal,
    emergencyReviewHours: options.emergencyReviewHours ?? 72,
    locale: options.locale ?? 'pt-BR',
    signIn: options.signIn ?? { loginUnico: null },
    cameFrom: cameFrom(request),
    formToken: cookies.formToken ?? '',
    kept: cookies.kept,
    params: checked(route.params, request.params),
    query: checked(route.query, request.query),
    form: checked(route.form, request.body ?? {}),
  };
  const told = await record(options, request, route, await route.answer(asked as never));
  return send(options, request, reply, told);
}

/** What was sent, if it is of the form that the route declares: texts, one of each name. Throws `request-invalid`. */
function checked<S extends TObject>(schema: S, given: unknown): Static<S> {
  const wanted = Object.fromEntries(
    Object.keys(schema.properties).flatMap((name) => {
      const value = (given as Readonly<Record<string, unknown>>)[name];
      // What the base could not hold is none of what a person wrote.
      const held = typeof value === 'string' ? storableText(value) : value;
      return held === undefined ? [] : [[name, held]];
    }),
  );
  const filled = Value.Default(schema, wanted);
  if (!Value.Check(schema, filled)) throw new GuaritaError('request-invalid');
  return filled;
}

/** Also of one that may only sign in: whoever is at it is not idle. */
async function touch({ base }: ConsoleOptions, { id, used }: SessionFacts, now: Date): Promise<void> {
  if (now.getTime() - Date.parse(used) < 60_000) return;
  await base.transaction((tx) => useSession(tx, id, now), { use: 'pages' });
}

/** A browser says from where a form is sent, in one way or the other; one that says neither sends none (ASVS 3.5.1). */
function requireSameOrigin({ headers }: FastifyRequest, origin: string): void {
  const site = headers['sec-fetch-site'];
  const isOwn = headers.origin === undefined ? site === 'same-origin' : headers.origin === origin;
  if (!isOwn || (site !== undefined && site !== 'same-origin')) throw new GuaritaError('foreign-origin');
}

/** Null where a browser says nothing, or an address was typed in. */
function cameFrom({ headers }: FastifyRequest): 'here' | 'elsewhere' | null {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'none') return null;
  return site === 'same-origin' ? 'here' : 'elsewhere';
}

function browserOf({ headers }: FastifyRequest): string {
  return (headers['user-agent'] ?? '').slice(0, 200);
}
