import type { FastifyRequest } from 'fastify';
import type { GuaritaError } from '../../shared/errors.ts';
import { type ProblemCode, problemOf } from '../../shared/problems/catalogue.ts';
import { stepPaths } from './access/steps.ts';
import { postButton } from './html/form.ts';
import { html } from './html/html.ts';
import type { PageAnswer } from './route.ts';

/** What went wrong, and what to do, in the words of the catalogue; the number by which the log and the audit know it. */
export function errorPage({ code }: GuaritaError, request: FastifyRequest): PageAnswer {
  const { pt, status } = problemOf(code);
  const { session, cookies } = request.asker;
  return {
    title: pt.title,
    status,
    main: html`<h1>${pt.title}</h1>
      <p>${pt.hint}</p>
      ${isOutside.has(code) ? html`<p><a href="${signInPath(request)}">Entrar</a></p>` : html`<p><a href="/">Página inicial</a></p>`}
      ${session?.ended === null && postButton({ action: '/sair', token: cookies.formToken ?? '', label: 'Sair' })}
      <p class="discreto">Número do pedido: <code>${request.id}</code></p>`,
  };
}

/** Of who is not inside any more, so that the first page would tell the same again. */
const isOutside: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['sign-in-needed', 'session-over']);

/** What was asked for by address is come back to. */
function signInPath({ method, url }: FastifyRequest): string {
  return method !== 'GET' || url === '/' ? '/entrar' : `/entrar?para=${encodeURIComponent(url)}`;
}

/**
 * Where whoever was refused goes on, when there is a step that they can do: they only looked, so a page comes instead of
 * words about it. Null where there is none. What is asked for by address is come back to.
 */
export function goOnAt(code: ProblemCode, request: FastifyRequest): string | null {
  const { method, asker } = request;
  if (method !== 'GET') return null;
  switch (code) {
    case 'sign-in-needed':
      return signInPath(request);
    case 'step-left':
      return asker.session === null ? null : stepPaths[asker.session.stage];
    case 'body-needed':
      return asker.session?.places.length === 0 ? null : '/orgao';
    case 'second-factor-needed':
      return '/segundo-fator';
    case 'purpose-needed':
      return choiceAt(pathInCase(url));
    default:
      return null;
  }
}
