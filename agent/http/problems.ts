import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GuaritaError } from '../../shared/errors.ts';
import { problemOf, problemType } from '../../shared/problems/catalogue.ts';
import { type ProblemMessage, problemMediaType } from '../../shared/protocol/messages.ts';
import { asStateError } from '../../shared/state-file.ts';
import { noRoute } from './versions.ts';

declare module 'fastify' {
  interface FastifyReply {
    /** Code of the problem that this reply reports, for the journal. */
    problem: string | null;
  }
}

const retryAfterSeconds = 10;

/** Every error leaves as a problem document (RFC 9457) and is logged here, once. */
export function reportProblems(app: FastifyInstance): void {
  app.decorateReply('problem', null);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = guaritaErrorOf(error);
    const log =
      problem.code === 'internal' ? 'error' : problemOf(problem.code).status >= 500 ? 'warn' : 'info';
    request.log[log]({ code: problem.code, err: problem }, 'request refused');
    return sendProblem(request, reply, problem);
  });
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, noRoute(request.originalUrl)));
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, error: GuaritaError): FastifyReply {
  const { status, retry } = problemOf(error.code);
  reply.problem = error.code;
  if (retry === 'later' && (status >= 500 || status === 429)) {
    reply.header('retry-after', String(error.retryAfterSeconds ?? retryAfterSeconds));
  }
  return reply
    .code(status)
    .type(problemMediaType)
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(problemDocument(error, request.id));
}

export function problemDocument(error: GuaritaError, instance: string): ProblemMessage {
  const { title, hint, status } = problemOf(error.code);
  const detail = error.detail === '' ? {} : { detail: error.detail };
  return { type: problemType(error.code), title, status, ...detail, hint, instance, ...error.members };
}

/** Fastify's own errors as ours. */
function guaritaErrorOf(error: FastifyError): GuaritaError {
  if (error instanceof GuaritaError) return error;
  // Those of a source are told by its engine: this is the agent's own file.
  const ofState = asStateError(error, 'agent.sqlite');
  if (ofState instanceof GuaritaError) return ofState;
  if (error.validation !== undefined) return new GuaritaError('request-invalid', `${error.message}.`);
  if (error.statusCode === 413) return new GuaritaError('request-too-large');
  if (error.statusCode === 503) return new GuaritaError('shutting-down');
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return new GuaritaError('request-invalid', '', { cause: error });
  }
  return new GuaritaError('internal', '', { cause: error });
}
