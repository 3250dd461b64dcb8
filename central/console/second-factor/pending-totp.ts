import { randomUUID } from 'node:crypto';
import Type from 'typebox';
import Value from 'typebox/value';
import {
  type Challenge,
  findChallenge,
  setChallenge,
  takeChallenge,
} from '../../base/access-layer/challenges.ts';
import type { Questions, Transaction } from '../../base/base.ts';
import { opens, type Seal } from '../seal.ts';
import { digestOf } from '../secrets.ts';
import { newTotpSecret } from './totp.ts';

/** An app has to be installed first, maybe. */
const minutes = 30;

/** The secret of an authenticator app that is being registered: it does not count before a code of it was seen. */
export interface PendingTotp {
  /** The id that the factor will have. */
  readonly id: string;
  readonly sealed: Buffer;
  readonly secret: Buffer;
}

const contentSchema = Type.Object({ id: Type.String(), sealed: Type.String() });

/** One a session: the page shows the same code when it is opened again. */
const challengeOf = (session: string): Challenge => ({
  ...{ digest: digestOf(`totp ${session}`), kind: 'totp', session },
});

/** The one that is under way in this session, or a new one, also where that is of a key that was given up. */
export async function pendingTotp(
  tx: Transaction,
  session: string,
  seal: Seal,
  now: Date,
): Promise<PendingTotp> {
  const id = randomUUID();
  const sealed = seal.close(newTotpSecret(), id).toString('base64url');
  const until = new Date(now.getTime() + minutes * 60_000);
  const content = JSON.stringify({ id, sealed });
  const set = () => setChallenge(tx, challengeOf(session), { content, until }, now);
  const underWay = opened(await set(), seal);
  if (underWay !== null) return underWay;
  await endPendingTotp(tx, session, now);
  return opened(await set(), seal) as PendingTotp;
}

/** Null where there is none under way that this console's key opens. */
export async function findPendingTotp(
  questions: Questions,
  session: string,
  seal: Seal,
  now: Date,
): Promise<PendingTotp | null> {
  const content = await findChallenge(questions, challengeOf(session), now);
  return content === null ? null : opened(content, seal);
}

/** It is a factor now, or of no use. */
export async function endPendingTotp(tx: Transaction, session: string, now: Date): Promise<void> {
  await takeChallenge(tx, challengeOf(session), now);
}

function opened(content: string, seal: Seal): PendingTotp | null {
  const { id, sealed } = Value.Parse(contentSchema, JSON.parse(content));
  const bytes = Buffer.from(sealed, 'base64url');
  const secret = opens(seal, bytes, id);
  return secret === null ? null : { id, sealed: bytes, secret };
}
