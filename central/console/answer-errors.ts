import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import { problemOf } from '../../shared/problems/catalogue.ts';
import { type Asker, nobody } from './asker.ts';
import { recordRefusal } from './audit/record.ts';
import { type Allowed, around } from './enforce.ts';
import { errorPage, goOnAt } from './error-page.ts';
import { findAsker } from './find-asker.ts';
import type { ConsoleOptions } from './options.ts';
import { send } from './send.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, as far as it is known; also of one that is refused. */
    asker: Asker;
    /** What the route lets them; of one that is refused, what a page tells of them all the same. */
    allowed: Allowed | null;
  }
}

/** Every error leaves as a page that says what to do, is logged here once, and written down where it was a refusal. */
export function answerErrors(app: FastifyInstance, options: ConsoleOptions): void {
  app.decorateRequest('asker');
  app.decorateRequest('allowed', null);
  app.addHook('onRequest', async (request) => {
    request.asker = nobody(options.clock?.() ?? new Date());
  });
  const refuse = async (request: FastifyRequest, reply: FastifyReply, problem: GuaritaError) => {
    const { status } = problemOf(problem.code);
    const log = problem.code === 'internal' ? 'error' : status >= 500 ? 'warn' : 'info';
    request.log[log]({ code: problem.code, err: problem }, 'request refused');
    await knowAsker(options, request, problem);
    const said = forPeople(await written(options, request, problem));
    if (said.retryAfterSeconds !== undefined) reply.header('retry-after', String(said.retryAfterSeconds));
    // Whoever has something left to do is sent there, and comes back.
    const goTo = goOnAt(said.code, request);
    return send(options, request, reply, goTo === null ? errorPage(said, request) : { goTo });
  };
  app.setErrorHandler((error: FastifyError, request, reply) => refuse(request, reply, problemOfError(error)));
  app.setNotFoundHandler((request, reply) => refuse(request, reply, new GuaritaError('page-unknown')));
}

/** What is wrong with the base: what may be done about it is told to who runs it, not to who wanted a page. */
const ofTheBase: ReadonlySet<string> = new Set(['base-unavailable', 'base-migrating']);

function forPeople(problem: GuaritaError): GuaritaError {
  if (!ofTheBase.has(problem.code)) return problem;
  return new GuaritaError('base-away', '', { cause: problem, retryAfterSeconds: 60 });
}

/** Whoever is signed in may go on from where they are refused. */
async function knowAsker(
  options: ConsoleOptions,
  request: FastifyRequest,
  { code }: GuaritaError,
): Promise<void> {
  const { session, cookies } = request.asker;
  // Where there is no page, nobody was looked for.
  if (code === 'page-unknown' && session === null && cookies.session !== null) {
    try {
      request.asker = await findAsker(options, request);
    } catch (error) {
      // That there is none can be said without.
      const { code } = asGuaritaError(error);
      request.log.warn({ code, err: error }, 'who asks cannot be looked for');
    }
  }
  request.allowed ??= around(request.asker);
}

/** Faults of ours by which somebody was refused who showed a secret. */
const ours: ReadonlySet<string> = new Set(['console-key-other']);

/** A refusal that cannot be written down is another one: that nothing can be. */
async function written(
  options: ConsoleOptions,
  request: FastifyRequest,
  problem: GuaritaError,
): Promise<GuaritaError> {
  const isRefusal =
    (problemOf(problem.code).status < 500 && problem.code !== 'page-unknown') || ours.has(problem.code);
  if (!isRefusal || request.isToldAlready) return problem;
  try {
    await recordRefusal(options, request, problem.code);
    return problem;
  } catch (error) {
    const unwritable = asGuaritaError(error);
    request.log.warn({ code: unwritable.code, err: unwritable }, 'a refusal cannot be written down');
    return unwritable;
  }
}

/** Fastify's own errors as ours. */
function problemOfError(error: FastifyError): GuaritaError {
  if (error instanceof GuaritaError) return error;
  if (error.statusCode === 413) return new GuaritaError('request-too-large');
  if (error.statusCode === 429) return new GuaritaError('too-many-requests');
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return new GuaritaError('request-invalid', '', { cause: error });
  }
  return new GuaritaError('internal', '', { cause: error });
}
