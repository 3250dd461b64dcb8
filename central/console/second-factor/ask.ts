import Type from 'typebox';
import { credentialsOf, type Factor, factorsOf } from '../../base/access-layer/factors.ts';
import type { SessionFacts } from '../../base/access-layer/sessions.ts';
import type { Base } from '../../base/base.ts';
import { ownPage } from '../access/open.ts';
import { type LaterPage, type PageAnswer, route } from '../route.ts';
import { type AskFault, askPage } from './ask-page.ts';
import { longestAnswer, readAuthentication } from './key-answer.ts';
import { setKeyChallenge, takeKeyChallenge } from './key-challenges.ts';
import { authenticationOptions, type KeyOptions } from './key-options.ts';
import { relyingParty } from './relying-party.ts';
import { showKey, takeCode, tryCode } from './show.ts';
import { askedFor, stepLeft } from './steps.ts';
import { verifyKey } from './verify-key.ts';

/** What the pages here are made of. */
interface Asking {
  readonly base: Base;
  readonly origin: string;
  readonly now: Date;
  readonly session: SessionFacts;
  readonly formToken: string;
}

const depois = Type.Optional(Type.String());

const askRoute = route({
  ...{ method: 'GET', path: '/segundo-fator', who: 'signing-in' },
  query: Type.Object({ depois }),
  answer: async (asked) => {
    const left = stepLeft(asked.session, asked.query.depois);
    if (left !== null) return left;
    const held = await heldBy(asked);
    return held.length === 0
      ? { goTo: askedFor('/segundo-fator/novo', asked.query.depois) }
      : pageFor(asked, held, asked.query.depois);
  },
});

const codeRoute = route({
  ...{ method: 'POST', path: '/segundo-fator', who: 'signing-in' },
  form: Type.Object({ codigo: Type.String({ maxLength: 100 }), depois }),
  answer: async (asked) => {
    const { base, session, form, seal, now } = asked;
    const left = stepLeft(session, form.depois);
    if (left !== null) return left;
    const tried = await tryCode(base, { session, typed: form.codigo, seal }, now);
    const wrong = () => refused(asked, { kind: 'code' }, { kind: 'totp', why: 'code' });
    if (tried.kind === 'wrong') return wrong();
    if (tried.kind === 'waits') {
      const { milliseconds } = tried;
      return refused(asked, { kind: 'wait', milliseconds }, { kind: 'totp', why: 'too-many-tries' });
    }
    return {
      act: async (tx) => {
        const taken = await takeCode(tx, { session, shown: tried.got }, now);
        if (taken === null) return wrong();
        const event = { event: 'second-factor-shown', kind: 'totp', factor: tried.got.id };
        return { goTo: ownPage(form.depois), keep: taken.keep, event };
      },
    };
  },
});

const keyRoute = route({
  ...{ method: 'POST', path: '/segundo-fator/chave', who: 'signing-in' },
  form: Type.Object({ resposta: Type.String({ maxLength: longestAnswer }), depois }),
  answer: async (asked) => {
    const { base, session, form, origin, now } = asked;
    const left = stepLeft(session, form.depois);
    if (left !== null) return left;
    const refuse = (why: string) => refused(asked, { kind: 'key' }, { kind: 'webauthn', why });
    const [rp, answer] = [relyingParty(origin), readAuthentication(form.resposta)];
    if (rp === null || answer === null) return refuse('unreadable');
    const was = { ask: 'show', session: session.id, challenge: answer.challenge } as const;
    // Apart from what follows: it is taken also if the rest is wrong.
    const isAsked = await base.transaction((tx) => takeKeyChallenge(tx, was, now), { use: 'pages' });
    if (!isAsked) return refuse('challenge');
    const held = await base.snapshot((questions) => credentialsOf(questions, session.person.id), {
      use: 'pages',
    });
    const key = await verifyKey(answer, rp, held);
    if ('refused' in key) return refuse(key.refused);
    return {
      act: async (tx) => {
        const shown = await showKey(tx, { session, key }, now);
        if ('keep' in shown) {
          const event = { event: 'second-factor-shown', kind: 'webauthn', factor: key.id };
          return { goTo: ownPage(form.depois), keep: shown.keep, event };
        }
        if (shown.why === 'credential') return refuse(shown.why);
        return refused(asked, { kind: 'copied' }, { kind: 'webauthn', factor: key.id, ...shown });
      },
    };
  },
});

export const askRoutes = [askRoute, codeRoute, keyRoute];

/** The page is asked for once it is written down: in an act it would wait for the act. */
function refused(
  asked: Asking & { readonly form: { readonly depois?: string } },
  fault: AskFault,
  event: Readonly<Record<string, unknown>>,
): LaterPage {
  return {
    event: { event: 'second-factor-refused', ...event },
    page: async () => pageFor(asked, await heldBy(asked), asked.form.depois, fault),
  };
}

async function pageFor(
  asked: Asking,
  held: readonly Factor[],
  depois: string | undefined,
  fault?: AskFault,
): Promise<PageAnswer> {
  const options = await optionsFor(asked);
  const { formToken: token } = asked;
  return askPage({ token, held, options, page: ownPage(depois), ...(fault !== undefined && { fault }) });
}

function heldBy({ base, session }: Asking): Promise<Factor[]> {
  return base.snapshot((questions) => factorsOf(questions, session.person.id), { use: 'pages' });
}

async function optionsFor({ base, origin, session, now }: Asking): Promise<KeyOptions | null> {
  const rp = relyingParty(origin);
  if (rp === null) return null;
  const held = await base.snapshot((questions) => credentialsOf(questions, session.person.id), {
    use: 'pages',
  });
  if (held.length === 0) return null;
  const options = await authenticationOptions(rp, held);
  const asks = { ask: 'show', session: session.id, challenge: options.challenge } as const;
  await base.transaction((tx) => setKeyChallenge(tx, asks, now), { use: 'pages' });
  return options;
}
