import { GuaritaError } from '../../../shared/errors.ts';
import type { Target } from '../../base/access-layer/attempts.ts';
import {
  blockFactor,
  lockFactorsOf,
  type SealedTotp,
  totpOf,
  useFactor,
} from '../../base/access-layer/factors.ts';
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

/** What a factor showed: a step of time, or a count, neither of which is taken twice. */
interface Showing {
  readonly id: string;
  readonly count: number;
}

/**
 * Which of somebody's authenticator apps shows a code that was not taken before; it is taken by `takeCode`. Throws
 * `console-key-other` where this console's key opens none of the apps.
 */
export function tryCode(
  base: Base,
  { session, typed, seal }: { readonly session: SessionFacts; readonly typed: string; readonly seal: Seal },
  now: Date,
): Promise<Tried<Showing>> {
  const { id: person } = session.person;
  const code = typedCode(typed);
  // Counted before it is seen what the code is worth: of many at once each waits for the one before.
  return countedTry(base, codesOf(person), now, async () => {
    if (code === null) return null;
    return appOf(await base.snapshot((questions) => totpOf(questions, person), { use: 'pages' }), {
      ...{ code, seal, now },
    });
  });
}

function appOf(
  held: readonly SealedTotp[],
  { code, seal, now }: { readonly code: string; readonly seal: Seal; readonly now: Date },
): Showing | null {
  const opened = held.flatMap(({ id, sealed, lastStep }) => {
    const secret = opens(seal, sealed, id);
    return secret === null ? [] : [{ id, secret, lastStep }];
  });
  // One of another key keeps nobody from showing what this console reads.
  if (opened.length === 0 && held.length > 0) throw new GuaritaError('console-key-other');
  for (const { id, secret, lastStep } of opened) {
    const count = stepOf(secret, code, now);
    if (count !== null && count > lastStep) return { id, count };
  }
  return null;
}

/** Takes it; of two at once the second one waits, and finds it taken: null. Throws `session-over`. */
export async function takeCode(
  tx: Transaction,
  { session, shown }: { readonly session: SessionFacts; readonly shown: Showing },
  now: Date,
): Promise<Shown | null> {
  return (await useFactor(tx, shown, now)) ? { keep: await moveOn(tx, session, now) } : null;
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
  { session, key }: { readonly session: SessionFacts; readonly key: Showing },
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
