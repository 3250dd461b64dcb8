import { isKnownBrowser, rememberBrowser, rememberedDays } from '../../base/access-layer/browsers.ts';
import type { Blocked } from '../../base/access-layer/in-force.ts';
import {
  accountByCpf,
  heldBy,
  holdPassword,
  type LocalAccount,
  rehashPassword,
} from '../../base/access-layer/passwords.ts';
import { blockedByCpf } from '../../base/access-layer/people.ts';
import type { Base, Transaction } from '../../base/base.ts';
import { type Entering, type Opened, openFor } from '../access/open.ts';
import { hashPassword, isOldHash } from '../access/passwords.ts';
import { signInTargets, tryPassword } from '../access/try-password.ts';
import type { Kept } from '../route.ts';
import { digestOf, newSecret } from '../secrets.ts';

/** Why somebody was not let in. Only of who knew the password it says more than that it was not taken. */
export type NotLetIn =
  | { readonly kind: 'waits'; readonly person: string | null; readonly milliseconds: number }
  | { readonly kind: 'blocked'; readonly person: string; readonly blocked: Blocked }
  | { readonly kind: 'wrong' | 'expired'; readonly person: string | null };

/** Of somebody who knew the password, what lets them in. */
interface Known {
  readonly kind: 'known';
  readonly person: string;
  /** Null where another password has taken its place meanwhile. */
  enter(tx: Transaction): Promise<{ readonly opened: Opened; readonly browser: Kept } | null>;
}

interface Asking extends Entering {
  readonly base: Base;
  readonly kept: { readonly browser?: string };
}

/**
 * Tries to sign somebody in. Asks the base the same and takes as long whether or not there is an account (ASVS 6.3.8).
 * @param cpf eleven digits
 * Throws `sign-in-busy`.
 */
export async function signIn(
  asked: Asking,
  { cpf, password }: { readonly cpf: string; readonly password: string },
): Promise<NotLetIn | Known> {
  const { base, now, address, kept } = asked;
  const secret = kept.browser ?? newSecret();
  const digest = digestOf(secret);
  const found = await base.snapshot(
    async (questions) => ({
      account: await accountByCpf(questions, cpf),
      blocked: await blockedByCpf(questions, cpf, now),
      isKnown: await isKnownBrowser(questions, { digest, cpf }, now),
    }),
    { use: 'pages' },
  );
  const person = found.account?.person ?? null;
  const account = heldBy(found.account);
  const targets = signInTargets({ cpf, address, knownBrowser: found.isKnown ? digest : null });
  const tried = await tryPassword(base, { targets, password, stored: account?.hash ?? null }, now);
  if (tried.kind === 'waits') return { ...tried, person };
  if (tried.kind === 'wrong' || account === null) return { kind: 'wrong', person };
  if (found.blocked !== null) return { kind: 'blocked', person: account.person, blocked: found.blocked };
  if (isExpired(account, now)) return { kind: 'expired', person };
  const better = isOldHash(account.hash) ? await hashPassword(password) : null;
  return {
    ...{ kind: 'known', person: account.person },
    enter: async (tx) => {
      if (!(await holdPassword(tx, account))) return null;
      if (better !== null) await rehashPassword(tx, account, better);
      await rememberBrowser(tx, { digest, person: account.person }, now);
      const opened = await openFor(tx, asked, { person: account.person, means: 'senha', factor: false });
      return { opened, browser: { secret, seconds: rememberedDays * 86_400 } };
    },
  };
}

/** Whether a temporary password is none any more. */
export function isExpired({ temporaryUntil }: Pick<LocalAccount, 'temporaryUntil'>, now: Date): boolean {
  return temporaryUntil !== null && Date.parse(temporaryUntil) <= now.getTime();
}
