import type { FastifyRequest } from 'fastify';
import type { GuaritaError } from '../../shared/errors.ts';
import type { ProblemCode } from '../../shared/problems/catalogue.ts';
import { blockedWords } from './access/blocked-words.ts';
import { goOn } from './access/open.ts';
import { choiceAt, pathInCase } from './case-path.ts';
import { helpOn } from './help-links.ts';
import { postButton } from './html/form.ts';
import { type Html, html } from './html/html.ts';
import { problemWords } from './problem-words.ts';
import type { PageAnswer } from './route.ts';

/** What went wrong, and what to do; the number by which the log and the audit know it. */
export function errorPage({ code }: GuaritaError, request: FastifyRequest): PageAnswer {
  const { title, hint, status } = problemWords(code);
  const help = helpOn(code);
  const { session, cookies } = request.asker;
  // At the head of the page otherwise.
  const leaves = session?.ended === null && request.allowed?.session?.stage !== 'aberta';
  const blocked = code === 'account-blocked' ? (session?.blocked ?? null) : null;
  // A browser sends a form again when its answer is loaded again.
  const isKept = request.method === 'POST' && code === 'base-away';
  return {
    ...{ title, status },
    main: html`<h1>${title}</h1>
      <p>${blocked !== null ? blockedWords(blocked) : isKept ? keptHint : hint}</p>
      ${help !== null && html`<p><a href="${help}">Ajuda sobre isto</a></p>`}
      ${wayOn(code, request)}
      ${leaves && postButton({ action: '/sair', token: cookies.formToken ?? '', label: 'Sair' })}
      <p class="discreto">Número do pedido: <code>${request.id}</code></p>`,
  };
}

const keptHint =
  'Espere um minuto. O que você enviou foi feito por inteiro ou não foi feito: confira em outra aba. Se não foi, recarregue esta página (tecla F5) e confirme o envio: o que você preencheu não se perdeu. Não volte à página anterior: o formulário viria vazio. Se já voltou, avance de novo (Alt e seta para a direita) e recarregue. Se continuar, avise a equipe que cuida da central.';

/** Not to the first page where that would say the same again. */
function wayOn(code: ProblemCode, request: FastifyRequest): Html | null {
  switch (code) {
    case 'sign-in-needed':
    case 'session-over':
      return html`<p><a href="${signInPath(request)}">Entrar</a></p>`;
    case 'account-blocked':
      return null;
    case 'too-many-cases':
    case 'too-many-emergencies':
      return html`<p><a href="/finalidade">Finalidade</a> <a href="/">Página inicial</a></p>`;
    case 'body-needed':
      return html`<p><a href="/orgao">Órgãos</a> · <a href="/conta">Minha conta</a></p>`;
    default:
      return html`<p><a href="/">Página inicial</a></p>`;
  }
}

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
      return asker.session === null ? null : goOn(asker.session.stage, request.url);
    case 'body-needed':
      return asker.session?.places.length === 0 ? null : '/orgao';
    case 'second-factor-needed':
      return goOn('segundo-fator', request.url);
    case 'purpose-needed':
      return choiceAt(pathInCase(request.url));
    default:
      return null;
  }
}
