import Type from 'typebox';
import { accountOf, heldBy } from '../../base/access-layer/passwords.ts';
import { rolesOf } from '../../base/access-layer/roles.ts';
import {
  endSession,
  endSessionsOf,
  type SessionFacts,
  sessionsOf,
} from '../../base/access-layer/sessions.ts';
import { tiesOf } from '../../base/access-layer/ties.ts';
import type { Base } from '../../base/base.ts';
import { idText } from '../ids.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { idleMinutes } from '../session-limits.ts';
import { unconfirmed } from './confirm.ts';
import { type AccountPage, accountPage } from './page.ts';

const title = 'Minha conta';

/** What came of what they did, by the word in the address. */
const done = new Map([
  ['senha', 'A senha foi trocada, e as suas outras sessões terminaram.'],
  ['encerradas', 'As sessões escolhidas terminaram.'],
]);

const accountRoute = route({
  method: 'GET',
  path: '/conta',
  who: 'signed-in',
  query: Type.Object({ feito: Type.Optional(Type.String()) }),
  answer: async (asked) => {
    const shown = await shownOf(asked);
    return { title, main: accountPage({ ...shown, done: done.get(asked.query.feito ?? '') ?? null }) };
  },
});

const endRoute = route({
  method: 'POST',
  path: '/conta/encerrar',
  who: 'signed-in',
  form: Type.Object({
    sessao: Type.Union([Type.Literal('outras'), idText]),
    senha: Type.String({ default: '' }),
  }),
  answer: async (asked) => {
    const { session, now, form } = asked;
    const fault = await unconfirmed(asked, form.senha);
    if (fault !== null) {
      const main = accountPage({ ...(await shownOf(asked)), fault });
      return { title, status: 422, main, event: { event: 'sessions-kept', reason: 'unconfirmed' } };
    }
    const person = session.person.id;
    return {
      act: async (tx) => {
        const why = 'ended-by-person';
        const sessionsEnded =
          form.sessao === 'outras'
            ? await endSessionsOf(tx, { person, but: session.id, why }, now)
            : Number(await endSession(tx, { id: form.sessao, person, why }, now));
        const event = { event: 'sessions-ended', sessionsEnded };
        if (form.sessao !== session.id) return { goTo: '/conta?feito=encerradas', event };
        return { goTo: '/entrar?saiu=sim', keep: { session: null }, forgetsPages: true, event };
      },
    };
  },
});

export const accountRoutes: readonly ConsoleRoute[] = [accountRoute, endRoute];

interface Asking {
  readonly base: Base;
  readonly session: SessionFacts;
  readonly now: Date;
  readonly formToken: string;
}

async function shownOf({ base, session, now, formToken: token }: Asking): Promise<AccountPage> {
  const person = session.person.id;
  const since = new Date(now.getTime() - idleMinutes * 60_000);
  return base.snapshot(
    async (questions) => ({
      ...{ session, now, token },
      roles: await rolesOf(questions, person),
      ties: await tiesOf(questions, person),
      sessions: await sessionsOf(questions, person, since),
      hasPassword: heldBy(await accountOf(questions, person)) !== null,
    }),
    { use: 'pages' },
  );
}
