import { randomUUID } from 'node:crypto';
import { type EntryFacts, entryFactsOf } from '../../base/access-layer/entering.ts';
import { lockPerson } from '../../base/access-layer/people.ts';
import {
  endOldestSessions,
  endSession,
  type Means,
  openSession,
  type SessionFacts,
  type Stage,
} from '../../base/access-layer/sessions.ts';
import type { Transaction } from '../../base/base.ts';
import { digestOf, newSecret } from '../secrets.ts';
import { longestHours } from '../session-limits.ts';
import { isRole, roles as known } from './roles.ts';
import { stepPaths } from './steps.ts';

/** Who asks to enter, from where. */
export interface Entering {
  readonly now: Date;
  readonly address: string;
  readonly browser: string;
  /** The session that this browser had until now, of whomever. */
  readonly session: SessionFacts | null;
}

export interface Opened {
  readonly id: string;
  readonly stage: Stage;
  /** For the browser to keep. */
  readonly secret: string;
  /** Of the same person, as there were too many. */
  readonly sessionsEnded: number;
}

/**
 * Opens a session for somebody who has shown who they are, with what is left to do before it is of use. Always under a
 * new secret; what the browser had before ends, and of too many the one that was used least lately.
 * @param factor whether they have shown a second one already
 */
export async function openFor(
  tx: Transaction,
  { now, address, browser, session: former }: Entering,
  { person, means, factor }: { readonly person: string; readonly means: Means; readonly factor: boolean },
): Promise<Opened> {
  await lockPerson(tx, person);
  const stage = stageOf(await entryFactsOf(tx, person, now), { means, factor });
  const [id, secret] = [randomUUID(), newSecret()];
  if (former !== null) {
    await endSession(tx, { id: former.id, person: former.person.id, why: 'signed-in-again' }, now);
  }
  const limit = new Date(now.getTime() + longestHours * 3_600_000);
  const digest = digestOf(secret);
  await openSession(tx, { id, digest, person, stage, means, factor, limit, address, browser }, now);
  const sessionsEnded = await endOldestSessions(tx, { id, person }, now);
  return { id, stage, secret, sessionsEnded };
}

/**
 * What somebody does next: changes a password that was given to them, then shows the second factor that they have, or
 * registers one where a role asks for it.
 */
export function stageOf(
  { roles, hasFactor, hasTemporaryPassword }: EntryFacts,
  { means, factor }: { readonly means: Means; readonly factor: boolean },
): Stage {
  if (means === 'senha' && hasTemporaryPassword) return 'trocar-senha';
  if (!factor && hasFactor) return 'segundo-fator';
  const hasPower = roles.some((role) => isRole(role) && known[role].hasPower);
  return !factor && hasPower ? 'cadastrar-fator' : 'aberta';
}

/** Where they go on: what is left to do, which remembers it, then the page that they asked for before they entered. */
export function goOn(stage: Stage, asked: string | undefined): string {
  const page = ownPage(asked);
  if (stage === 'aberta') return page;
  return page === '/' ? stepPaths[stage] : `${stepPaths[stage]}?depois=${encodeURIComponent(page)}`;
}

/** What is longer is no address that a page of this site has. */
const longestAddress = 2000;

/**
 * A page that was asked for by its address, if it is one of this site; the first one otherwise. What a browser would read
 * as another site is none, nor is what a header cannot carry, nor what would only lead to signing in again.
 */
export function ownPage(asked: string | undefined): string {
  if (asked === undefined || asked.length > longestAddress) return '/';
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(asked)) return '/';
  // As a browser reads it: of "/.//other" the path is "//other".
  const { pathname } = new URL(asked, 'http://site.invalid');
  return pathname.startsWith('//') || /^\/(?:entrar|sair)(?:\/|$)/.test(pathname) ? '/' : asked;
}
