import Type from 'typebox';
import { cleanCpf } from '../../../shared/cleaning/documents/cpf.ts';
import { endSession } from '../../base/access-layer/sessions.ts';
import { goOn, ownPage } from '../access/open.ts';
import { notice } from '../html/form.ts';
import { type ConsoleRoute, type PageAnswer, route } from '../route.ts';
import { entryPage, refusal } from './page.ts';
import { type NotLetIn, signIn } from './sign-in.ts';

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
    const refused = (outcome: NotLetIn): PageAnswer => ({
      ...{ title, status: outcome.kind === 'waits' ? 429 : 401 },
      main: entryPage({ ...again, told: refusal(outcome) }),
      event: { event: 'sign-in-failed', means: 'senha', reason: outcome.kind, person: outcome.person },
    });
    const outcome = await signIn(asked, { cpf, password: form.senha });
    if (outcome.kind !== 'known') return refused(outcome);
    const { person } = outcome;
    return {
      act: async (tx) => {
        const entered = await outcome.enter(tx);
        if (entered === null) return refused({ kind: 'wrong', person });
        const { opened, browser } = entered;
        const { id: session, stage, secret, sessionsEnded } = opened;
        return {
          goTo: goOn(stage, page),
          keep: { session: { secret }, browser },
          event: { event: 'signed-in', means: 'senha', person, session, stage, sessionsEnded },
        };
      },
    };
  },
});

const leaveRoute = route({
  method: 'POST',
  path: '/sair',
  // Also of a session that is over: whoever wants to leave is not told to sign in.
  who: 'anyone',
  answer: async ({ session, now, signIn }) => {
    const isGovbr = session?.means === 'govbr' && signIn.loginUnico !== null;
    const left = {
      // There they are still signed in, and a form may not lead to another site.
      goTo: isGovbr ? '/sair/govbr' : '/entrar?saiu=sim',
      // What they asked for is not for whoever comes to the browser next.
      keep: { session: null, request: null },
      forgetsPages: true,
    };
    if (session === null) return left;
    const { id, person } = session;
    return {
      act: async (tx) => {
        const ended = await endSession(tx, { id, person: person.id, why: 'signed-out' }, now);
        return { ...left, ...(ended && { event: { event: 'signed-out' } }) };
      },
    };
  },
});

export const entryRoutes: readonly ConsoleRoute[] = [entryRoute, enterRoute, leaveRoute];
