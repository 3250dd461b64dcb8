import type { Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { holdLock } from '../locks.ts';

/** What is guessed at or from, with how much of it is taken for mistakes. */
export interface Target {
  /** A word that says what it is, and which: `conta 52998224725`. */
  readonly name: string;
  /** So many failures cost nothing; each one more doubles the wait, from a second on. */
  readonly free: number;
  /** A failure is forgiven in so many milliseconds, one after the other. */
  readonly forgivenIn: number;
}

/** Nobody waits longer than this, in milliseconds. */
export const longestWait = 15 * 60_000;
const day = 24 * 3_600_000;

interface Counted {
  readonly failures: number;
  /** From when on the next failure is forgiven. */
  readonly since: number;
  readonly until: number;
}

/**
 * Counts a try at all of these as failed, before it is known whether it is: those that come at once, at whichever
 * console, are counted one by one. Where one of them has to wait none is counted, and nothing may be tried.
 * @returns how long is to be waited, in milliseconds; 0 where it may be tried
 */
export async function beginTry(tx: Transaction, targets: readonly Target[], now: Date): Promise<number> {
  const counted = await countedOf(tx, targets);
  // A clock that was set back makes nobody wait for longer.
  const waits = [...counted.values()].map(({ until }) => Math.min(until - now.getTime(), longestWait));
  const wait = Math.max(0, ...waits);
  if (wait > 0) return wait;
  for (const target of targets) {
    const { failures, since } = forgiven(counted.get(target.name), target, now);
    await write(tx, target, { failures: failures + 1, since }, now);
  }
  await tx.query('DELETE FROM acesso.tentativa WHERE ultima < $1 AND ate < $1', [
    new Date(now.getTime() - day),
  ]);
  return 0;
}

/** Takes back what was counted of one that did not fail. What failed before stays: others may have tried, too. */
export async function takeBackTry(tx: Transaction, targets: readonly Target[], now: Date): Promise<void> {
  const counted = await countedOf(tx, targets);
  for (const target of targets) {
    const before = counted.get(target.name);
    if (before === undefined) continue;
    const { failures, since } = before;
    if (failures <= 1) {
      await tx.query('DELETE FROM acesso.tentativa WHERE alvo = $1', [target.name]);
    } else {
      await write(tx, target, { failures: failures - 1, since }, now);
    }
  }
}

/** What failed of these is of no matter any more: what was guessed at is another one. */
export async function forgetTries(tx: Transaction, targets: readonly Target[]): Promise<void> {
  await tx.query('DELETE FROM acesso.tentativa WHERE alvo = ANY($1)', [targets.map(({ name }) => name)]);
}

/** Nobody else counts until the transaction ends: a matter of a millisecond. */
async function countedOf(tx: Transaction, targets: readonly Target[]): Promise<ReadonlyMap<string, Counted>> {
  await holdLock(tx, 'trying');
  const rows = await tx.query<{ name: string; failures: number; since: string; until: string }>(
    `SELECT alvo AS name, falhas AS failures, ${instant('ultima')} AS since, ${instant('ate')} AS until
       FROM acesso.tentativa WHERE alvo = ANY($1)`,
    [targets.map(({ name }) => name)],
  );
  return new Map(
    rows.map(({ name, failures, since, until }) => [
      name,
      { failures, since: Date.parse(since), until: Date.parse(until) },
    ]),
  );
}

/** What is left of it by now. */
function forgiven(counted: Counted | undefined, { forgivenIn }: Target, now: Date) {
  const at = now.getTime();
  if (counted === undefined || counted.since > at) return { failures: counted?.failures ?? 0, since: at };
  const times = Math.floor((at - counted.since) / forgivenIn);
  if (times >= counted.failures) return { failures: 0, since: at };
  return { failures: counted.failures - times, since: counted.since + times * forgivenIn };
}

async function write(
  tx: Transaction,
  target: Target,
  { failures, since }: Pick<Counted, 'failures' | 'since'>,
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO acesso.tentativa (alvo, falhas, ultima, ate) VALUES ($1, $2, $3, $4)
     ON CONFLICT (alvo) DO UPDATE SET falhas = $2, ultima = $3, ate = $4`,
    [target.name, failures, new Date(since), new Date(now.getTime() + waitAfter(failures, target))],
  );
}

/** Milliseconds until the next try, after so many failures. */
export function waitAfter(failures: number, { free }: Pick<Target, 'free'>): number {
  return failures <= free ? 0 : Math.min(1000 * 2 ** (failures - free - 1), longestWait);
}
