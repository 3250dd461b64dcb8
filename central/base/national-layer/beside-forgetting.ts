import type { Base, Transaction } from '../base.ts';

/** Any fixed number. */
const lock = 4_871_266_314;

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
        await tx.query('SELECT pg_advisory_xact_lock_shared($1)', [lock]);
        return work(tx);
      }, options),
    snapshot: (work, options) => base.snapshot(work, options),
    close: () => base.close(),
  };
}

/** Waits for what treatment has under way, and keeps it from going on until the transaction ends. */
export async function holdNational(tx: Transaction): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [lock]);
}
