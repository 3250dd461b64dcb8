import { GuaritaError } from '../../shared/errors.ts';
import type { Base, Questions, Transaction } from './base.ts';
import { holdLockWithin, shareLockNow } from './locks.ts';
import { migrations } from './migrations.ts';

/**
 * A base on a server as this program knows it, for as long as it is so: a newer one may be started anywhere, and migrate it
 * meanwhile. What is under way ends before that; from then on each transaction is refused: `base-migrating`, `base-newer`.
 */
export function atVersion(base: Base): Base {
  return {
    stepMilliseconds: base.stepMilliseconds,
    atOnce: base.atOnce,
    transaction: (work, options) =>
      base.transaction(async (tx) => {
        await requireVersion(tx);
        return work(tx);
      }, options),
    snapshot: (work, options) =>
      base.snapshot(async (questions) => {
        await requireVersion(questions);
        return work(questions);
      }, options),
    close: () => base.close(),
  };
}

async function requireVersion(questions: Questions): Promise<void> {
  if (!(await shareLockNow(questions, 'migrating'))) throw new GuaritaError('base-migrating');
  // Apart from the lock: what is asked with it may have been seen before it was had. A snapshot, which begins with the lock,
  // may for an instant still see the version before; what it reads is as it was then.
  const [row] = await questions.query<{ version: number }>(
    'SELECT max(version) AS version FROM guarita.migration',
  );
  if ((row?.version ?? 0) > migrations.length) throw baseNewer(row?.version ?? 0);
}

/** Waits for whoever is using or migrating the base, and keeps all others out until the transaction ends. */
export async function holdMigrating(tx: Transaction, waitMilliseconds: number): Promise<void> {
  if (!(await holdLockWithin(tx, 'migrating', waitMilliseconds))) throw new GuaritaError('base-migrating');
}

export function baseNewer(version: number): GuaritaError {
  return new GuaritaError(
    'base-newer',
    `A base tem a versão ${version}; a conhecida é a ${migrations.length}.`,
  );
}
