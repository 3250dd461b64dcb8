import type { Base, Transaction } from '../base.ts';
import { holdLock, shareLock } from '../locks.ts';

/**
 * The base as treatment uses it: no transaction of it lasts while somebody is forgotten (`holdNational`). What it had read
 * of them before would come back with what it writes after that.
 */
export function besideForgetting(base: Base): Base {
  return {
    stepMilliseconds: base.stepMilliseconds,
    atOnce: base.atOnce,
    transaction: (work, options) =>
      base.transaction(async (tx) => {
        await shareLock(tx, 'forgetting');
        return work(tx);
      }, options),
    snapshot: (work, options) => base.snapshot(work, options),
    close: () => base.close(),
  };
}

/** Waits for what treatment has under way, and keeps it from going on until the transaction ends. */
export async function holdNational(tx: Transaction): Promise<void> {
  await holdLock(tx, 'forgetting');
}
