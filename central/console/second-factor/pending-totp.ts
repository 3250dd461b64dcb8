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
import type { Seal } from '../seal.ts';
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

/** The one that is under way in this session, or a new one. Throws `console-key-other`. */
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
  return opened(await setChallenge(tx, challengeOf(session), { content, until }, now), seal);
}

/** Null where there is none under way. Throws `console-key-other`. */
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

function opened(content: string, seal: Seal): PendingTotp {
  const { id, sealed } = Value.Parse(contentSchema, JSON.parse(content));
  const bytes = Buffer.from(sealed, 'base64url');
  return { id, sealed: bytes, secret: seal.open(bytes, id) };
}
