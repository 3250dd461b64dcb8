import { GuaritaError } from '../../../shared/errors.ts';
import type { Target } from '../../base/access-layer/attempts.ts';
import { blockFactor, lockFactorsOf, lockTotp, useFactor } from '../../base/access-layer/factors.ts';
import { endSessionsOf, type SessionFacts } from '../../base/access-layer/sessions.ts';
import type { Base, Transaction } from '../../base/base.ts';
import { countedTry, type Tried } from '../access/counted-try.ts';
import type { Kept } from '../route.ts';
import { opens, type Seal } from '../seal.ts';
import { moveOn } from './fresh.ts';
import { stepOf, typedCode } from './totp.ts';

/** The session goes on, under what the browser is to keep. */
interface Shown {
  readonly keep: { readonly session: Kept };
}

/**
 * Takes a code that an authenticator app shows; of two at once the second one waits, and finds it used. Throws
 * `console-key-other` where this console's key opens none of the apps, `session-over`.
 */
export function showCode(
  base: Base,
  { session, typed, seal }: { readonly session: SessionFacts; readonly typed: string; readonly seal: Seal },
  now: Date,
): Promise<Tried<Shown & { readonly factor: string }>> {
  // Counted before it is seen what the code is worth: of many at once each waits for the one before.
  return countedTry(base, codesOf(session.person.id), now, () =>
    base.transaction((tx) => takeCode(tx, { session, code: typedCode(typed), seal }, now), { use: 'pages' }),
  );
}

async function takeCode(
  tx: Transaction,
  {
    session,
    code,
    seal,
  }: { readonly session: SessionFacts; readonly code: string | null; readonly seal: Seal },
  now: Date,
): Promise<(Shown & { readonly factor: string }) | null> {
  if (code === null) return null;
  const held = await lockTotp(tx, session.person.id);
  const opened = held.flatMap(({ id, sealed }) => {
    const secret = opens(seal, sealed, id);
    return secret === null ? [] : [{ id, secret }];
  });
  // One of another key keeps nobody from showing what this console reads.
  if (opened.length === 0 && held.length > 0) throw new GuaritaError('console-key-other');
  for (const { id, secret } of opened) {
    const step = stepOf(secret, code, now);
    if (step === null || !(await useFactor(tx, { id, count: step }, now))) continue;
    return { factor: id, keep: await moveOn(tx, session, now) };
  }
  return null;
}

/** Whoever guesses at somebody's codes, in whichever session, has their password already. */
function codesOf(person: string): readonly Target[] {
  return [{ name: `segundo-fator ${person}`, free: 5, forgivenIn: 3_600_000 }];
}

/**
 * Takes a key that was verified. One that says that it was used no more often than before has a copy: it is blocked, and
 * the other sessions of its person end. Throws `session-over`.
 */
export async function showKey(
  tx: Transaction,
  {
    session,
    key,
  }: { readonly session: SessionFacts; readonly key: { readonly id: string; readonly count: number } },
  now: Date,
): Promise<Shown | { readonly why: 'credential' } | { readonly why: 'copied'; readonly sessions: number }> {
  const person = session.person.id;
  const held = await lockFactorsOf(tx, person);
  // Removed or blocked since it was asked for.
  if (!held.some(({ id, blocked }) => id === key.id && blocked === null)) return { why: 'credential' };
  if (await useFactor(tx, key, now)) return { keep: await moveOn(tx, session, now) };
  await blockFactor(tx, key.id, now);
  const sessions = await endSessionsOf(tx, { person, but: session.id, why: 'key-copied' }, now);
  return { why: 'copied', sessions };
}
