import type { Base, Questions, Transaction, TransactionOptions } from './base.ts';

/**
 * The same base, used with no more rights than a role has: each transaction takes it on first. For the base in process,
 * which knows no logins; on a server a program has a login of its own.
 * @param role its name as SQL takes it
 */
export function asRole(base: Base, role: string): Base {
  const taken = `SET LOCAL ROLE ${role}`;
  return {
    stepMilliseconds: base.stepMilliseconds,
    atOnce: base.atOnce,
    transaction: <T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions) =>
      base.transaction(async (tx) => {
        await tx.execute(taken);
        return work(tx);
      }, options),
    snapshot: <T>(work: (questions: Questions) => Promise<T>, options?: TransactionOptions) =>
      base.snapshot(async (questions) => {
        await questions.query(taken);
        return work(questions);
      }, options),
    close: () => base.close(),
  };
}
