import { isKnownBrowser, rememberBrowser, rememberedDays } from '../../base/access-layer/browsers.ts';
import {
  accountByCpf,
  heldBy,
  holdPassword,
  type LocalAccount,
  rehashPassword,
} from '../../base/access-layer/passwords.ts';
import type { Base } from '../../base/base.ts';
import { type Entering, type Opened, openFor } from '../access/open.ts';
import { hashPassword, isOldHash } from '../access/passwords.ts';
import { signInTargets, tryPassword } from '../access/try-password.ts';
import type { Kept } from '../route.ts';
import { digestOf, newSecret } from '../secrets.ts';

/** What came of CPF and password. Only of who knew the password it says more than that it was not taken. */
export type SignInOutcome =
  | { readonly kind: 'waits'; readonly person: string | null; readonly milliseconds: number }
  | { readonly kind: 'wrong' | 'blocked' | 'expired'; readonly person: string | null }
  | { readonly kind: 'entered'; readonly person: string; readonly opened: Opened; readonly browser: Kept };

interface Asking extends Entering {
  readonly base: Base;
  readonly kept: { readonly browser?: string };
}

/**
 * Signs somebody in. Asks the base the same and takes as long whether or not there is an account (ASVS 6.3.8).
 * @param cpf eleven digits
 * Throws `sign-in-busy`.
 */
export async function signIn(
  asked: Asking,
  { cpf, password }: { readonly cpf: string; readonly password: string },
): Promise<SignInOutcome> {
  const { base, now, address, kept } = asked;
  const secret = kept.browser ?? newSecret();
  const digest = digestOf(secret);
  const found = await base.snapshot(
    async (questions) => ({
      account: await accountByCpf(questions, cpf),
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
  if (account.isBlocked) return { kind: 'blocked', person };
  if (isExpired(account, now)) return { kind: 'expired', person };
  const better = isOldHash(account.hash) ? await hashPassword(password) : null;
  return base.transaction(
    async (tx) => {
      // Another password has taken its place meanwhile.
      if (!(await holdPassword(tx, account))) return { kind: 'wrong', person };
      if (better !== null) await rehashPassword(tx, account, better);
      await rememberBrowser(tx, { digest, person: account.person }, now);
      const opened = await openFor(tx, asked, { person: account.person, means: 'senha', factor: false });
      const browser = { secret, seconds: rememberedDays * 86_400 };
      return { kind: 'entered', person: account.person, opened, browser };
    },
    { use: 'pages' },
  );
}

/** Whether a temporary password is none any more. */
export function isExpired({ temporaryUntil }: Pick<LocalAccount, 'temporaryUntil'>, now: Date): boolean {
  return temporaryUntil !== null && Date.parse(temporaryUntil) <= now.getTime();
}
