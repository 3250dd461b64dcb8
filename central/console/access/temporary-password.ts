import { randomInt } from 'node:crypto';
import { forgetTries } from '../../base/access-layer/attempts.ts';
import { forgetBrowsers } from '../../base/access-layer/browsers.ts';
import { accountOf, setPassword } from '../../base/access-layer/passwords.ts';
import { endSessionsOf } from '../../base/access-layer/sessions.ts';
import type { Transaction } from '../../base/base.ts';
import { hashPassword } from './passwords.ts';
import { accountTarget, ownTargets } from './try-password.ts';

/** So long it may be used, and then it is to be changed at once (ASVS 6.4.1). */
export const temporaryHours = 24;

/** Without those that are mistaken for each other on paper or by telephone. */
const characters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of four, 79 bits. */
function made(): string {
  const character = () => characters[randomInt(characters.length)];
  return Array.from({ length: 4 }, () => Array.from({ length: 4 }, character).join('')).join('-');
}

export interface TemporaryPassword {
  /** To be told to its person, once. */
  readonly password: string;
  /** For `setTemporaryPassword`. */
  readonly hash: string;
}

/** A new one, of nobody yet: made before the transaction, since it takes a tenth of a second. */
export async function newTemporaryPassword(): Promise<TemporaryPassword> {
  const password = made();
  return { password, hash: await hashPassword(password) };
}

/**
 * Gives it to somebody in the place of any that they had: their sessions end, no browser is known as theirs, and
 * whoever guessed at the one before keeps nobody waiting.
 * Returns until when it may be used, and how many sessions ended.
 */
export async function setTemporaryPassword(
  tx: Transaction,
  { person, hash }: { readonly person: string; readonly hash: string },
  now: Date,
): Promise<{ readonly until: Date; readonly sessionsEnded: number }> {
  const until = new Date(now.getTime() + temporaryHours * 3_600_000);
  await setPassword(tx, { person, hash, temporaryUntil: until }, now);
  await forgetBrowsers(tx, { person, but: null });
  const account = await accountOf(tx, person);
  // Others have guessed at the one before, and its owner is known by no browser now.
  if (account !== null) await forgetTries(tx, [accountTarget(account.known.cpf), ...ownTargets(person)]);
  return { until, sessionsEnded: await endSessionsOf(tx, { person, why: 'temporary-password' }, now) };
}
