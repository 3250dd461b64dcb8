import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { vote, voteOf, votes } from '../../base/access-layer/votes.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { type Article, articleById } from './articles.ts';
import { askRoutes } from './ask-route.ts';
import { articlePage, bookletPage, helpPage, votesPage } from './page.ts';
import { longestQuestion, searchHelp } from './search.ts';

/** Of articles that are addressed by their id; one that there is not is a page that there is not. */
const articleParams = Type.Object({ artigo: Type.String({ maxLength: 200 }) });

const all = route({
  method: 'GET',
  path: '/ajuda',
  who: 'anyone',
  query: Type.Object({ q: Type.String({ default: '', maxLength: 2000 }) }),
  answer: async ({ query }) => {
    const question = query.q.trim().slice(0, longestQuestion);
    return { title: 'Ajuda', main: helpPage(question, question === '' ? null : searchHelp(question)) };
  },
});

const booklet = route({
  method: 'GET',
  path: '/ajuda/tudo',
  who: 'anyone',
  answer: async () => ({ title: 'Ajuda', main: bookletPage() }),
});

const show = route({
  method: 'GET',
  path: '/ajuda/:artigo',
  who: 'anyone',
  params: articleParams,
  answer: async ({ base, params, session, formToken }) => {
    const article = found(params.artigo);
    // Who is in the midst of signing in votes later.
    if (session?.stage !== 'aberta') return { title: article.title, main: articlePage(article, null) };
    const before = await base.snapshot((questions) => voteOf(questions, article.id, session.person.id), {
      use: 'pages',
    });
    return { title: article.title, main: articlePage(article, { formToken, before }) };
  },
});

const say = route({
  method: 'POST',
  path: '/ajuda/:artigo/voto',
  who: 'signed-in',
  params: articleParams,
  form: Type.Object({ util: Type.Union([Type.Literal('sim'), Type.Literal('nao')]) }),
  answer: async ({ params, form, session, now }) => {
    const article = found(params.artigo).id;
    const isHelpful = form.util === 'sim';
    return {
      act: async (tx) => {
        await vote(tx, { article, person: session.person.id, isHelpful }, now);
        return { goTo: `/ajuda/${article}`, event: { event: 'help-voted', article, isHelpful } };
      },
    };
  },
});

const counts = route({
  method: 'GET',
  path: '/ajuda/votos',
  who: 'member',
  roles: ['cadastrador-estruturas', 'cadastrador-vinculador', 'cadastrador-autorizador'],
  answer: async ({ base }) => ({
    title: 'Votos da ajuda',
    main: votesPage(await base.snapshot((questions) => votes(questions), { use: 'pages' })),
  }),
});

function found(id: string): Article {
  const article = articleById(id);
  if (article === null) throw new GuaritaError('page-unknown');
  return article;
}

/** Help: readable before signing in. */
export const helpRoutes: readonly ConsoleRoute[] = [all, booklet, ...askRoutes, show, say, counts];
