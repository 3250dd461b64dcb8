import type { Questions, Transaction } from './base.ts';

/** Locks of the base that belong to no row, each by any fixed number of its own; `pg_locks` shows it while it is held. */
const locks = {
  /** Who migrates has it alone, one at a time; all who use the base as this version knows it share it. */
  migrating: 4_871_266_310,
  /** Answers are numbered in the order in which they are committed: who reads on by number misses none. */
  answering: 4_871_266_311,
  /** Who sets down what waits does so alone, so that no two wait for keys of each other. */
  settingDown: 4_871_266_312,
  /** The same as of answers, of what words of a state mean: treatment goes by their numbers. */
  mapping: 4_871_266_313,
  /** Treatment shares it, forgetting takes it alone: what was read of somebody is not written once they are forgotten. */
  forgetting: 4_871_266_314,
  /** Decisions on registers are numbered and chained one behind the other, and held against all that stand. */
  deciding: 4_871_266_315,
  /** Entries of the audit are numbered and chained one behind the other. */
  auditing: 4_871_266_316,
  /** Whoever tries to enter is counted one behind the other, before it is seen whether they may. */
  trying: 4_871_266_317,
  /** Words of names get their numbers, and lose them, one behind the other. */
  numbering: 4_871_266_318,
} as const;

/** The same, of which there is one for each of several things; their numbers have a space of their own. */
const eachLocks = {
  /** Of those who look at a subject of a source, one does. */
  looking: 487_126_631,
  /** One preparation of a source at a time. */
  preparing: 487_126_632,
} as const;

/** Waits for the lock, and has it alone until the transaction ends. */
export async function holdLock(tx: Transaction, lock: keyof typeof locks): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [locks[lock]]);
}

/** The same, waiting no longer than this: false where it was not to be had. */
export async function holdLockWithin(
  tx: Transaction,
  lock: keyof typeof locks,
  milliseconds: number,
): Promise<boolean> {
  return withinLockTimeout(tx, milliseconds, () => holdLock(tx, lock));
}

/** Does a part of a transaction that waits no longer than this for a lock: false where one was not to be had. */
export async function withinLockTimeout(
  tx: Transaction,
  milliseconds: number,
  part: () => Promise<void>,
): Promise<boolean> {
  const [before] = await tx.query<{ timeout: string }>(`SELECT current_setting('lock_timeout') AS timeout`);
  const wait = (timeout: string) => tx.query(`SELECT set_config('lock_timeout', $1, true)`, [timeout]);
  await wait(`${milliseconds}ms`);
  const had = await tx.attempt(() => part().then(() => true));
  await wait(before?.timeout ?? '0');
  return had !== null;
}

/** Shares it with others until the transaction ends; false where somebody has it alone. */
export async function shareLockNow(questions: Questions, lock: keyof typeof locks): Promise<boolean> {
  const [shared] = await questions.query<{ is: boolean }>(
    'SELECT pg_try_advisory_xact_lock_shared($1) AS is',
    [locks[lock]],
  );
  return shared?.is === true;
}

/** Waits for the lock, and has it with others who share it. */
export async function shareLock(tx: Transaction, lock: keyof typeof locks): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock_shared($1)', [locks[lock]]);
}

/**
 * Waits for the lock of one thing, and has it alone until the transaction ends. Names are told apart by a hash of 32
 * bits: two may wait for each other without need.
 */
export async function holdLockOf(tx: Transaction, lock: keyof typeof eachLocks, name: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [eachLocks[lock], name]);
}
