import type { FastifyRequest } from 'fastify';
import type { GuaritaError } from '../../shared/errors.ts';
import { type ProblemCode, problemOf } from '../../shared/problems/catalogue.ts';
import { stepPaths } from './access/steps.ts';
import { choiceAt, pathInCase } from './case-path.ts';
import { helpOn } from './help-links.ts';
import { html } from './html/html.ts';
import type { PageAnswer } from './route.ts';

/** What went wrong, and what to do, in the words of the catalogue; the number by which the log and the audit know it. */
export function errorPage({ code }: GuaritaError, request: string): PageAnswer {
  const { pt, status } = problemOf(code);
  const help = helpOn(code);
  return {
    title: pt.title,
    status,
    main: html`<h1>${pt.title}</h1>
      <p>${pt.hint}</p>
      ${help !== null && html`<p><a href="${help}">Ajuda sobre isto</a></p>`}
      <p><a href="/">Página inicial</a></p>
      <p class="discreto">Número do pedido: <code>${request}</code></p>`,
  };
}

/**
 * Where whoever was refused goes on, when there is a step that they can do: they only looked, so a page comes instead of
 * words about it. Null where there is none. What is asked for by address is come back to.
 */
export function goOnAt(code: ProblemCode, { method, url, asker }: FastifyRequest): string | null {
  if (method !== 'GET') return null;
  switch (code) {
    case 'sign-in-needed':
      return url === '/' ? '/entrar' : `/entrar?para=${encodeURIComponent(url)}`;
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
