import Type from 'typebox';
import { cleanCpf } from '../../../shared/cleaning/documents/cpf.ts';
import { endSession } from '../../base/access-layer/sessions.ts';
import { goOn, ownPage } from '../access/open.ts';
import { notice } from '../html/form.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { entryPage, refusal } from './page.ts';
import { signIn } from './sign-in.ts';

const title = 'Entrar';

const entryRoute = route({
  method: 'GET',
  path: '/entrar',
  who: 'anyone',
  query: Type.Object({ para: Type.Optional(Type.String()), saiu: Type.Optional(Type.String()) }),
  answer: async ({ session, sessionIsOver, query: { para, saiu }, formToken: token, signIn }) => {
    if (session !== null) return { goTo: goOn(session.stage, para) };
    const told = sessionIsOver
      ? notice('info', 'A sua sessão terminou. Entre de novo.')
      : saiu === 'sim' && notice('success', 'Você saiu.');
    return { title, main: entryPage({ token, signIn, page: ownPage(para), told: told || null }) };
  },
});

const enterRoute = route({
  method: 'POST',
  path: '/entrar',
  who: 'anyone',
  form: Type.Object({
    cpf: Type.String({ default: '' }),
    senha: Type.String({ default: '' }),
    para: Type.Optional(Type.String()),
  }),
  answer: async (asked) => {
    const { form, formToken: token } = asked;
    const page = ownPage(form.para);
    const again = { token, signIn: asked.signIn, page, cpf: form.cpf };
    const cpf = cleanCpf(form.cpf, () => {});
    if (cpf === null) {
      const cpfFault = 'Confira o CPF: são onze números, e um deles está errado ou falta.';
      return { title, status: 422, main: entryPage({ ...again, cpfFault }) };
    }
    const outcome = await signIn(asked, { cpf, password: form.senha });
    const { kind, person } = outcome;
    if (kind !== 'entered') {
      return {
        ...{ title, status: kind === 'waits' ? 429 : 401 },
        main: entryPage({ ...again, told: refusal(outcome) }),
        event: { event: 'sign-in-failed', means: 'senha', reason: kind, person },
      };
    }
    const { opened, browser } = outcome;
    return {
      goTo: goOn(opened.stage, page),
      keep: { session: { secret: opened.secret }, browser },
      event: { event: 'signed-in', means: 'senha', person, session: opened.id, stage: opened.stage },
    };
  },
});

const leaveRoute = route({
  method: 'POST',
  path: '/sair',
  // Also of a session that is over: whoever wants to leave is not told to sign in.
  who: 'anyone',
  answer: async ({ base, session, now, signIn }) => {
    const ended =
      session !== null &&
      (await base.transaction(
        (tx) => endSession(tx, { id: session.id, person: session.person.id, why: 'signed-out' }, now),
        { use: 'pages' },
      ));
    const isGovbr = session?.means === 'govbr' && signIn.loginUnico !== null;
    return {
      // There they are still signed in, and a form may not lead to another site.
      goTo: isGovbr ? '/sair/govbr' : '/entrar?saiu=sim',
      keep: { session: null },
      forgetsPages: true,
      ...(ended && { event: { event: 'signed-out' } }),
    };
  },
});

export const entryRoutes: readonly ConsoleRoute[] = [entryRoute, enterRoute, leaveRoute];
