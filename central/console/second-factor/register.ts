import { randomUUID } from 'node:crypto';
import Type from 'typebox';
import { storableText } from '../../../shared/storable-text.ts';
import { askLetter } from '../../base/access-layer/asked-letters.ts';
import {
  addCredential,
  addTotp,
  credentialsOf,
  type Factor,
  factorsOf,
  lockFactorsOf,
  registeredSince,
} from '../../base/access-layer/factors.ts';
import { most } from '../../base/access-layer/most.ts';
import type { SessionFacts } from '../../base/access-layer/sessions.ts';
import type { Base, Questions } from '../../base/base.ts';
import { ownPage } from '../access/open.ts';
import { type LaterPage, type PageAnswer, type RedirectAnswer, route } from '../route.ts';
import type { Seal } from '../seal.ts';
import { isFresh, mayRegister, moveOn } from './fresh.ts';
import { longestAnswer, readRegistration } from './key-answer.ts';
import { setKeyChallenge, takeKeyChallenge } from './key-challenges.ts';
import { registrationOptions } from './key-options.ts';
import { endPendingTotp, findPendingTotp, pendingTotp } from './pending-totp.ts';
import { fullPage, type RegisterFault, registerPage, signInAnewPage } from './register-page.ts';
import { relyingParty } from './relying-party.ts';
import { askedFor, stepLeft } from './steps.ts';
import { stepOf, typedCode } from './totp.ts';
import { verifyNewKey } from './verify-key.ts';

/** What the pages here are made of. */
interface Registering {
  readonly base: Base;
  readonly origin: string;
  readonly seal: Seal;
  readonly now: Date;
  readonly session: SessionFacts;
  readonly formToken: string;
}

const use = { use: 'pages' } as const;
const name = Type.String({ maxLength: 60, default: '' });
const depois = Type.Optional(Type.String());

const pageRoute = route({
  ...{ method: 'GET', path: '/segundo-fator/novo', who: 'signing-in' },
  query: Type.Object({ depois }),
  answer: async (asked) => {
    const { base, session, query } = asked;
    const { held, instead } = await base.snapshot(async (questions) => {
      const held = await factorsOf(questions, session.person.id);
      return { held, instead: await notNow(questions, asked, held, query.depois) };
    }, use);
    return instead ?? pageFor(asked, held, { depois: query.depois });
  },
});

const totpRoute = route({
  ...{ method: 'POST', path: '/segundo-fator/novo', who: 'signing-in' },
  form: Type.Object({ codigo: Type.String({ maxLength: 100 }), nome: name, depois }),
  answer: async (asked) => {
    const { session, form, seal, now } = asked;
    const person = session.person.id;
    const faulty = (fault: RegisterFault) => notAdded(asked, { kind: 'totp', fault, name: form.nome });
    return {
      act: async (tx) => {
        const instead = await notNow(tx, asked, await lockFactorsOf(tx, person), form.depois);
        if (instead !== null) return instead;
        const pending = await findPendingTotp(tx, session.id, seal, now);
        if (pending === null) return faulty('late');
        const { id, sealed, secret } = pending;
        const code = typedCode(form.codigo);
        const step = code === null ? null : stepOf(secret, code, now);
        if (step === null) return faulty('code');
        const called = named(form.nome, 'Aplicativo autenticador');
        await addTotp(tx, { id, person, name: called, sealed, lastStep: step }, now);
        await endPendingTotp(tx, session.id, now);
        await askLetter(tx, 'factor-added', person, now);
        return added(asked, { kind: 'totp', id }, await moveOn(tx, session, now));
      },
    };
  },
});

const keyRoute = route({
  ...{ method: 'POST', path: '/segundo-fator/novo/chave', who: 'signing-in' },
  form: Type.Object({ resposta: Type.String({ maxLength: longestAnswer }), 'nome-chave': name, depois }),
  answer: async (asked) => {
    const { base, session, form, origin, now } = asked;
    const person = session.person.id;
    const [rp, answer] = [relyingParty(origin), readRegistration(form.resposta)];
    const key = rp === null || answer === null ? null : { rp, answer };
    const was = { ask: 'register', session: session.id, challenge: answer?.challenge ?? '' } as const;
    // Apart from what follows: it is taken also if the rest is wrong.
    const isAsked = await base.transaction((tx) => takeKeyChallenge(tx, was, now), use);
    const verified = key === null || !isAsked ? null : await verifyNewKey(key.answer, key.rp);
    const faulty = (fault: RegisterFault, why: string = fault) =>
      notAdded(asked, { kind: 'webauthn', fault, why, name: form['nome-chave'] });
    return {
      act: async (tx) => {
        const instead = await notNow(tx, asked, await lockFactorsOf(tx, person), form.depois);
        if (instead !== null) return instead;
        if (verified === null) return faulty('key', key === null ? 'unreadable' : 'challenge');
        if ('refused' in verified) return faulty('key', verified.refused);
        const id = randomUUID();
        const called = named(form['nome-chave'], 'Chave de segurança');
        if (!(await addCredential(tx, { ...verified, id, person, name: called }, now)))
          return faulty('known');
        await askLetter(tx, 'factor-added', person, now);
        return added(asked, { kind: 'webauthn', id }, await moveOn(tx, session, now));
      },
    };
  },
});

export const registerRoutes = [pageRoute, totpRoute, keyRoute];

type Sent = Registering & { readonly form: { readonly depois?: string } };

/** The form again, asked for once it is written down. */
function notAdded(
  asked: Sent,
  {
    kind,
    fault,
    why = fault,
    name,
  }: {
    readonly kind: Factor['kind'];
    readonly fault: RegisterFault;
    readonly why?: string;
    readonly name: string;
  },
): LaterPage {
  const { base, session, form } = asked;
  return {
    event: { event: 'second-factor-not-added', kind, why },
    page: async () => {
      const held = await base.snapshot((questions) => factorsOf(questions, session.person.id), use);
      return pageFor(asked, held, { fault, name, depois: form.depois });
    },
  };
}

function added(
  { session, form }: Sent,
  { kind, id }: Pick<Factor, 'kind' | 'id'>,
  keep: Awaited<ReturnType<typeof moveOn>>,
): RedirectAnswer {
  const page = ownPage(form.depois);
  const goTo = session.factor && page === '/' ? '/segundo-fator/meus' : page;
  return { goTo, keep, event: { event: 'second-factor-added', kind, factor: id } };
}

/** What is shown to whoever may not register one now; null: they may. */
async function notNow(
  questions: Questions,
  { session, formToken, now }: Registering,
  held: readonly Factor[],
  depois: string | undefined,
): Promise<PageAnswer | RedirectAnswer | null> {
  const left = stepLeft(session, depois);
  if (left !== null) return left;
  switch (mayRegister(session, held, await isFresh(questions, session.id, now), now)) {
    case 'ask':
      return { goTo: askedFor('/segundo-fator', askedFor('/segundo-fator/novo', depois)) };
    case 'sign-in':
      return signInAnewPage(formToken);
    case 'full':
      return fullPage('at-once');
    case 'may': {
      const dayAgo = new Date(now.getTime() - 24 * 3_600_000);
      const registered = await registeredSince(questions, session.person.id, dayAgo);
      return registered < most.factors.value ? null : fullPage('today');
    }
  }
}

async function pageFor(
  { base, origin, seal, now, session, formToken: token }: Registering,
  held: readonly Factor[],
  {
    depois,
    ...again
  }: {
    readonly depois: string | undefined;
    readonly fault?: RegisterFault;
    readonly name?: string;
  },
): Promise<PageAnswer> {
  const rp = relyingParty(origin);
  const { person, id } = session;
  const keys = await base.snapshot((questions) => credentialsOf(questions, person.id), use);
  const options = rp === null ? null : await registrationOptions(rp, person, keys);
  const { secret } = await base.transaction(async (tx) => {
    if (options !== null) {
      await setKeyChallenge(tx, { ask: 'register', session: id, challenge: options.challenge }, now);
    }
    return pendingTotp(tx, id, seal, now);
  }, use);
  return registerPage({
    token,
    person: person.name,
    secret,
    options,
    isFirst: held.length === 0,
    page: ownPage(depois),
    ...again,
  });
}

function named(given: string, otherwise: string): string {
  const name = storableText(given).trim();
  return name === '' ? otherwise : name;
}
