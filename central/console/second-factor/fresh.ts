import { GuaritaError } from '../../../shared/errors.ts';
import {
  type Challenge,
  findChallenge,
  setChallenge,
  takeChallenge,
} from '../../base/access-layer/challenges.ts';
import type { Factor } from '../../base/access-layer/factors.ts';
import { moveSession, type SessionFacts } from '../../base/access-layer/sessions.ts';
import type { Questions, Transaction } from '../../base/base.ts';
import type { Kept } from '../route.ts';
import { digestOf, newSecret } from '../secrets.ts';

/** For so long after a second factor was shown its person may change what they have (ASVS 7.5.1). */
const freshMinutes = 15;
/** And for so long after signing in, whoever has none yet may register one. */
const signedInMinutes = 30;
export const mostFactors = 10;

const fresh = (session: string): Challenge => ({
  ...{ digest: digestOf(`fator-recente ${session}`), kind: 'fator-recente', session },
});

/** Whether a second factor was shown in this session a short while ago. */
export async function isFresh(questions: Questions, session: string, now: Date): Promise<boolean> {
  return (await findChallenge(questions, fresh(session), now)) !== null;
}

/**
 * Goes on with a session in which a second factor was shown just now, under another secret, which the browser is to keep.
 * Throws `session-over`.
 */
export async function moveOn(
  tx: Transaction,
  { id }: SessionFacts,
  now: Date,
): Promise<{ readonly session: Kept }> {
  const secret = newSecret();
  const to = { digest: digestOf(secret), stage: 'aberta', factor: true } as const;
  if (!(await moveSession(tx, id, to, now))) throw new GuaritaError('session-over');
  await takeChallenge(tx, fresh(id), now);
  const until = new Date(now.getTime() + freshMinutes * 60_000);
  await setChallenge(tx, fresh(id), { content: '', until }, now);
  return { session: { secret } };
}

/**
 * Whether a factor may be registered in this session: `ask` for one first, where somebody has any, since a password alone
 * must not be enough to come by another; `sign-in` anew where they have none and signed in a while ago; `full` of them.
 */
export function mayRegister(
  { began }: SessionFacts,
  held: readonly Factor[],
  isFreshNow: boolean,
  now: Date,
): 'may' | 'ask' | 'sign-in' | 'full' {
  if (held.length === 0) {
    return now.getTime() - Date.parse(began) < signedInMinutes * 60_000 ? 'may' : 'sign-in';
  }
  if (!isFreshNow) return 'ask';
  return held.length < mostFactors ? 'may' : 'full';
}
