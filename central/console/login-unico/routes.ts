import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { type Challenge, setChallenge, takeChallenge } from '../../base/access-layer/challenges.ts';
import type { Transaction } from '../../base/base.ts';
import { goOn, ownPage } from '../access/open.ts';
import { type ConsoleRoute, type RedirectAnswer, route } from '../route.ts';
import { digestOf, newSecret } from '../secrets.ts';
import type { BegunSignIn, LoginUnico, SignIn } from '../sign-in.ts';
import { enter } from './enter.ts';
import { paths } from './paths.ts';
import { isReason, reasonOf, refusalPage } from './refusals.ts';
import { signOutRoutes } from './sign-out.ts';

/** So long somebody has for signing in there. */
const seconds = 600;

/** What is kept until a browser comes back. The state is not: it is half of what finds it again. */
interface Kept extends Omit<BegunSignIn, 'state'> {
  /** The page that was asked for before. */
  readonly after: string;
}

/**
 * The way there. A link and no form, since a browser holds what a form may lead to against every address on the way. What
 * is begun is known by what this browser alone keeps together with the state that it brings back, so that of two that were
 * begun in it neither disturbs the other (ASVS 10.1.2).
 */
const begin = route({
  method: 'GET',
  path: paths.begin,
  who: 'anyone',
  query: Type.Object({ para: Type.Optional(Type.String()) }),
  answer: async ({ base, cameFrom, kept, now, query, signIn }) => {
    const loginUnico = required(signIn);
    const after = ownPage(query.para);
    // Nobody is signed in by what another site has them open: they say it here first (ASVS 7.6.2).
    if (cameFrom === 'elsewhere') return { goTo: `/entrar?para=${encodeURIComponent(after)}` };
    const { goTo, begun } = await loginUnico.begin();
    const { state, ...rest } = begun;
    const secret = kept['sign-in'] ?? newSecret();
    const content = JSON.stringify({ ...rest, after } satisfies Kept);
    const until = new Date(now.getTime() + seconds * 1000);
    await base.transaction((tx) => setChallenge(tx, challengeOf(secret, state), { content, until }, now), {
      use: 'pages',
    });
    return { goTo, keep: { 'sign-in': { secret, seconds } } };
  },
});

/** Said twice it is for whoever reads the answer to refuse. */
const said = Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())]));

/** The way back. Whatever comes of it is shown at another address: this one has what must not stay in a history. */
const callback = route({
  method: 'GET',
  path: paths.callback,
  who: 'anyone',
  query: Type.Object({ state: said, code: said, iss: said, error: said }),
  answer: async (asked) => {
    const { base, kept, now, query, signIn } = asked;
    const loginUnico = required(signIn);
    return orRefused(async () => {
      const { state } = query;
      const secret = kept['sign-in'];
      if (typeof state !== 'string' || secret === undefined) throw new GuaritaError('govbr-stale');
      const challenge = challengeOf(secret, state);
      // Apart from what follows: it is taken once, whatever becomes of it.
      const content = await base.transaction((tx) => takeChallenge(tx, challenge, now), { use: 'pages' });
      if (content === null) throw new GuaritaError('govbr-stale');
      const { after, ...begun } = JSON.parse(content) as Kept;
      const identity = await loginUnico.finish({ ...begun, state }, parametersOf(query));
      // What refuses them here has done nothing before.
      const act = (tx: Transaction) =>
        orRefused(async () => {
          const { opened, event } = await enter(tx, asked, loginUnico, identity);
          return {
            goTo: goOn(opened.stage, after),
            keep: { 'sign-in': null, session: { secret: opened.secret } },
            event,
          };
        });
      return { act };
    });
  },
});

/** What it comes to; where somebody is not let in, that. */
async function orRefused<A>(work: () => Promise<A>): Promise<A | RedirectAnswer> {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof GuaritaError ? reasonOf(error) : null;
    if (!(error instanceof GuaritaError) || reason === null) throw error;
    const { code, members } = error;
    return {
      goTo: `${paths.refused}?motivo=${reason}`,
      event: { event: 'sign-in-refused', means: 'govbr', refusal: code, ...members },
    };
  }
}

const refused = route({
  method: 'GET',
  path: paths.refused,
  who: 'anyone',
  query: Type.Object({ motivo: Type.String() }),
  answer: async ({ query, signIn }) => {
    required(signIn);
    if (!isReason(query.motivo)) throw new GuaritaError('page-unknown');
    return refusalPage(query.motivo);
  },
});

export const loginUnicoRoutes: readonly ConsoleRoute[] = [begin, callback, refused, ...signOutRoutes];

/** Throws `page-unknown` where it is not configured. */
function required({ loginUnico }: SignIn): LoginUnico {
  if (loginUnico === null) throw new GuaritaError('page-unknown');
  return loginUnico;
}

function challengeOf(secret: string, state: string): Challenge {
  return { digest: digestOf(`${secret}.${state}`), kind: 'login-unico', session: null };
}

function parametersOf(query: Readonly<Record<string, string | string[] | undefined>>): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value ?? []].flat()) parameters.append(name, one);
  }
  return parameters;
}
