import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import {
  accountOf,
  type HeldPassword,
  heldBy,
  type LocalAccount,
} from '../../base/access-layer/passwords.ts';
import type { SessionFacts } from '../../base/access-layer/sessions.ts';
import type { Base } from '../../base/base.ts';
import { goOn, ownPage } from '../access/open.ts';
import { isExpired } from '../entry/sign-in.ts';
import { postButton } from '../html/form.ts';
import { html } from '../html/html.ts';
import { type ConsoleRoute, type PageAnswer, route } from '../route.ts';
import { changeOwn } from './change.ts';
import { changePage } from './page.ts';

const title = 'Senha';

const passwordRoute = route({
  method: 'GET',
  path: '/senha',
  who: 'signing-in',
  query: Type.Object({ depois: Type.Optional(Type.String()) }),
  answer: async ({ base, session, now, query, formToken: token }) => {
    const { account, instead } = await changeable({ base, session, now, token });
    if (account === null) return instead;
    const isForced = session.stage === 'trocar-senha';
    return { title, main: changePage({ token, isForced, page: ownPage(query.depois) }) };
  },
});

const changeRoute = route({
  method: 'POST',
  path: '/senha',
  who: 'signing-in',
  form: Type.Object({
    atual: Type.String({ default: '' }),
    nova: Type.String({ default: '' }),
    repetida: Type.String({ default: '' }),
    depois: Type.Optional(Type.String()),
  }),
  answer: async (asked) => {
    const { base, session, now, form, formToken: token } = asked;
    const { account, instead } = await changeable({ base, session, now, token });
    if (account === null) return instead;
    const isForced = session.stage === 'trocar-senha';
    const page = ownPage(form.depois);
    const given = { current: form.atual, chosen: form.nova, repeated: form.repetida };
    const change = await changeOwn(asked, account, given);
    if ('faults' in change) {
      return {
        ...{ title, status: 422, main: changePage({ token, isForced, page, faults: change.faults }) },
        event: { event: 'password-refused', fields: Object.keys(change.faults) },
      };
    }
    return {
      act: async (tx) => {
        const { secret, stage, sessionsEnded } = await change.change(tx);
        return {
          goTo: isForced ? goOn(stage, page) : '/conta?feito=senha',
          keep: { session: { secret } },
          event: { event: 'password-changed', isForced, sessionsEnded },
        };
      },
    };
  },
});

export const passwordRoutes: readonly ConsoleRoute[] = [passwordRoute, changeRoute];

interface Asking {
  readonly base: Base;
  readonly session: SessionFacts;
  readonly now: Date;
  readonly token: string;
}

/** The account whose password may be changed in this session now, or what is said instead. Throws `step-left`. */
async function changeable({
  base,
  session,
  now,
  token,
}: Asking): Promise<
  | { readonly account: LocalAccount & HeldPassword; readonly instead: null }
  | { readonly account: null; readonly instead: PageAnswer }
> {
  const { stage } = session;
  // Whoever has a second factor and has not shown it changes nothing.
  if (stage !== 'trocar-senha' && stage !== 'aberta') {
    throw new GuaritaError('step-left', '', { members: { stage } });
  }
  const account = heldBy(
    await base.snapshot((questions) => accountOf(questions, session.person.id), { use: 'pages' }),
  );
  if (account === null) {
    const main = html`<h1>Senha</h1>
      <p>Você entra com o gov.br e não tem senha aqui. A senha do gov.br se troca lá.</p>
      <p><a href="/conta">Minha conta</a></p>`;
    return { account: null, instead: { title, main } };
  }
  if (stage === 'trocar-senha' && isExpired(account, now)) {
    const main = html`<h1>A senha provisória venceu</h1>
      <p>Ela vale 24 horas. Peça outra ao Cadastrador Autorizador do seu órgão.</p>
      ${postButton({ action: '/sair', token, label: 'Sair' })}`;
    return { account: null, instead: { title, status: 403, main } };
  }
  return { account, instead: null };
}
