import { type Challenge, setChallenge, takeChallenge } from '../../base/access-layer/challenges.ts';
import type { Transaction } from '../../base/base.ts';
import { digestOf } from '../secrets.ts';

/** Whoever has to look for a key has so long. */
const minutes = 10;

/** What a key is asked for: to register it, or to show it. */
export type KeyAsk = 'register' | 'show';

/** Keeps that this session was asked this. */
export async function setKeyChallenge(
  tx: Transaction,
  asked: { readonly ask: KeyAsk; readonly session: string; readonly challenge: string },
  now: Date,
): Promise<void> {
  const until = new Date(now.getTime() + minutes * 60_000);
  await setChallenge(tx, challengeOf(asked), { content: '', until }, now);
}

/** Whether this session was asked this and has not answered yet; from now on it has. */
export async function takeKeyChallenge(
  tx: Transaction,
  asked: { readonly ask: KeyAsk; readonly session: string; readonly challenge: string },
  now: Date,
): Promise<boolean> {
  return (await takeChallenge(tx, challengeOf(asked), now)) !== null;
}

function challengeOf({
  ask,
  session,
  challenge,
}: {
  readonly ask: KeyAsk;
  readonly session: string;
  readonly challenge: string;
}): Challenge {
  return { digest: digestOf(challenge), kind: `webauthn-${ask}`, session };
}
