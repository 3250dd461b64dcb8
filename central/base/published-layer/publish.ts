import type { Base, Transaction } from '../base.ts';
import { tables } from './tables.ts';

/** Whose picture the base shows. */
export interface Mark {
  /** Id of central's folder. */
  readonly central: string;
  /** Version of the program. */
  readonly version: string;
  /** When this service began, ISO 8601 in UTC. */
  readonly began: string;
  /** The service ends with this. */
  readonly ends: boolean;
}

/**
 * Shows in one transaction what `write` writes, and whose it is and of when.
 * @param serial of what this service showed last; null when what the base shows is to be forgotten
 * @returns the serial of what is shown now; null, and nothing is shown, when the base does not show what it was thought to
 */
export function publish(
  base: Base,
  { central, version, began, ends }: Mark,
  serial: number | null,
  write: (tx: Transaction) => Promise<void>,
): Promise<number | null> {
  return base.transaction(async (tx) => {
    const ended = ends ? 'now()' : 'NULL';
    if (serial === null) {
      const all = Object.keys(tables).toReversed();
      await tx.execute(all.map((table) => `DELETE FROM guarita.${table}`).join('; '));
      await tx.query(
        `INSERT INTO guarita.published (central, version, began, at, ended, serial)
         VALUES ($1, $2, $3, now(), ${ended}, 1)
         ON CONFLICT (one) DO UPDATE SET central = excluded.central, version = excluded.version,
           began = excluded.began, at = excluded.at, ended = excluded.ended, serial = excluded.serial`,
        [central, version, began],
      );
    } else {
      const found = await tx.query(
        `UPDATE guarita.published SET at = now(), ended = ${ended}, serial = serial + 1
          WHERE central = $1 AND began = $2 AND serial = $3 RETURNING serial`,
        [central, began, serial],
      );
      if (found.length === 0) return null;
    }
    await write(tx);
    return (serial ?? 0) + 1;
  });
}
