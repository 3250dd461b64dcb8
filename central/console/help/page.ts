import type { Votes } from '../../base/access-layer/votes.ts';
import { postButton } from '../html/form.ts';
import { type Html, html, trusted } from '../html/html.ts';
import { printButton } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { type Article, articleById, helpArticles } from './articles.ts';
import { longestQuestion } from './search.ts';

/** All articles by category, or those on what was asked. @param found null: nothing was asked */
export function helpPage(question: string, found: readonly Article[] | null): Html {
  return html`<h1>Ajuda</h1>
    <form class="formulario" method="get" action="/ajuda" role="search">
      <div class="br-input"><label for="q">O que você procura?</label>
      <input id="q" name="q" type="search" value="${question}" maxlength="${longestQuestion}" autocomplete="off"></div>
      <p class="botoes"><button class="br-button primary" type="submit">Procurar</button></p>
    </form>
    ${found === null ? categories() : foundPart(question, found)}
    <p><a href="/ajuda/tudo">Todos os artigos em uma página, para imprimir</a></p>`;
}

function foundPart(question: string, found: readonly Article[]): Html {
  if (found.length === 0) {
    return html`<p role="status">Nada foi encontrado sobre “${question}”. Tente com outras palavras, ou veja <a href="/ajuda">todos os artigos</a>.</p>`;
  }
  return html`<h2>Sobre “${question}”</h2>
    <ul class="lista">${found.map(({ id, title, symptom }) => html`<li><a href="${`/ajuda/${id}`}">${title}</a><br>${symptom}</li>`)}</ul>
    <p><a href="/ajuda">Todos os artigos</a></p>`;
}

function categories(): Html {
  const names = [...new Set(helpArticles.map(({ category }) => category))];
  return html`${names.map(
    (name) =>
      html`<h2>${name}</h2><ul class="lista">${helpArticles
        .filter(({ category }) => category === name)
        .map(({ id, title }) => html`<li><a href="${`/ajuda/${id}`}">${title}</a></li>`)}</ul>`,
  )}`;
}

export interface Voting {
  readonly formToken: string;
  /** What this person said before; null: nothing. */
  readonly before: boolean | null;
}

/** @param voting null: nobody is signed in, who could say whether it was of help */
export function articlePage(article: Article, voting: Voting | null): Html {
  return html`<p><a href="/ajuda">Ajuda</a> › ${article.category}</p>
    <article><h1>${article.title}</h1>${parts(article, 'h2')}</article>
    ${printButton()}
    ${voting !== null && votingPart(article, voting)}`;
}

function votingPart({ id }: Article, { formToken, before }: Voting): Html {
  const button = (label: string, value: string) =>
    postButton({
      ...{ action: `/ajuda/${id}/voto`, token: formToken, label },
      children: html`<input type="hidden" name="util" value="${value}">`,
    });
  return html`<section class="nao-impresso" aria-labelledby="voto"><h2 id="voto">Este artigo ajudou?</h2>
    ${before !== null && html`<p role="status">Você disse que ${before ? 'ajudou' : 'não ajudou'}. Obrigado.</p>`}
    ${before !== true && button('Sim, ajudou', 'sim')} ${before !== false && button('Não ajudou', 'nao')}</section>`;
}

/** All articles on one page, to be printed for whoever cannot get in. */
export function bookletPage(): Html {
  return html`<h1>Ajuda: todos os artigos</h1>${printButton()}
    ${helpArticles.map((article) => html`<article><h2 id="${article.id}">${article.title}</h2>${parts(article, 'h3')}</article>`)}`;
}

function parts({ symptom, problem, solution }: Article, heading: 'h2' | 'h3'): Html {
  const titled = (title: string) => (heading === 'h2' ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`);
  return html`${titled('O que você vê')}<p>${symptom}</p>
    ${titled('Por que acontece')}<p>${problem}</p>
    ${titled('O que fazer')}${trusted(solution)}`;
}

/** What people said of the articles, those that helped least first. */
export function votesPage(votes: readonly Votes[]): Html {
  const rows = votes
    .toSorted((one, other) => other.unhelpful - one.unhelpful || one.helpful - other.helpful)
    .map(({ article, helpful, unhelpful }) => [
      html`<a href="${`/ajuda/${article}`}">${articleById(article)?.title ?? article}</a>`,
      helpful,
      unhelpful,
    ]);
  return html`<h1>Votos da ajuda</h1>
    ${table({
      caption: 'Artigos que receberam votos',
      columns: [
        { label: 'Artigo' },
        { label: 'Ajudou', isNumber: true },
        { label: 'Não ajudou', isNumber: true },
      ],
      rows,
      empty: 'Nenhum artigo recebeu votos ainda.',
    })}`;
}
