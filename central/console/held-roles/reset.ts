import { lastAsked } from '../../base/access-layer/asked-letters.ts';
import { accountOf } from '../../base/access-layer/passwords.ts';
import { reachOf } from '../../base/access-layer/people.ts';
import { seesAccount } from '../../base/access-layer/seen-from.ts';
import type { Questions } from '../../base/base.ts';

/** So long after one password nobody asks for another of the same person. */
const apart = 24 * 3_600_000;

/** Whether somebody may be sent a temporary password, and to which address; or why not. */
export type Reset =
  | { readonly kind: 'open'; readonly email: string }
  | { readonly kind: 'of-central' | 'blocked' | 'no-email' | 'no-password' }
  /** @property next from when on another may be asked for */
  | { readonly kind: 'sent'; readonly next: Date };

/** @param person the id of an account @param from the body in which who asks works */
export async function resetOf(
  questions: Questions,
  { person, from }: { readonly person: string; readonly from: string },
  now: Date,
): Promise<Reset> {
  if (!(await seesAccount(questions, { person, from }))) return { kind: 'of-central' };
  const reach = await reachOf(questions, person, now);
  if (reach !== null && reach.blocked !== null) return { kind: 'blocked' };
  if (reach === null || reach.email === null) return { kind: 'no-email' };
  // Who enters by Login Único alone has not forgotten any.
  const account = await accountOf(questions, person);
  if (account === null || account.hash === null) return { kind: 'no-password' };
  const after = new Date(now.getTime() - apart);
  const last = await lastAsked(questions, { kind: 'password-reset', about: person, after });
  if (last !== null) return { kind: 'sent', next: new Date(last.getTime() + apart) };
  return { kind: 'open', email: reach.email };
}
