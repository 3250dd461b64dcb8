import {
  findChallenge,
  keepNewest,
  setChallenge,
  takeChallenge,
} from '../../base/access-layer/challenges.ts';
import type { Questions, Transaction } from '../../base/base.ts';
import { isId } from '../ids.ts';
import type { Kept } from '../route.ts';
import { digestOf, newSecret } from '../secrets.ts';

/** So long a browser is known as that of somebody who asked. */
const keptDays = 30;

/** Has a browser remember a request of which its person has shown a link: they come back to it without another one. */
export async function rememberRequest(tx: Transaction, request: string, now: Date): Promise<Kept> {
  const secret = newSecret();
  const until = new Date(now.getTime() + keptDays * 86_400_000);
  await setChallenge(tx, challengeOf(secret), { content: request, until }, now);
  await keepNewest(tx, 'request', request);
  return { secret, seconds: keptDays * 86_400 };
}

/** The id of the request that a browser remembers; null where it remembers none. */
export async function rememberedRequest(
  questions: Questions,
  secret: string | undefined,
  now: Date,
): Promise<string | null> {
  if (secret === undefined) return null;
  const found = await findChallenge(questions, challengeOf(secret), now);
  return found !== null && isId(found) ? found : null;
}

/** Has this browser remember it no more; others that were given a link do still. @returns its id; null where there was none */
export function forgetRequest(
  tx: Transaction,
  secret: string | undefined,
  now: Date,
): Promise<string | null> {
  return secret === undefined ? Promise.resolve(null) : takeChallenge(tx, challengeOf(secret), now);
}

function challengeOf(secret: string) {
  return { digest: digestOf(secret), kind: 'request', session: null };
}
