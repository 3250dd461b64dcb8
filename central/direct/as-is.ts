import { dirname, join } from 'node:path';
import { type Agreement, parseAgreement } from '../../shared/agreement/agreement.ts';
import { readStateFile } from '../../shared/state-file.ts';
import type { DirectEntry } from '../config.ts';
import { directHomeName, lostHome } from './home.ts';

/**
 * The agreement of a source that central reads itself, only to be told: its signature is not looked at, since nothing is
 * decided by it. Throws `state-altered`, also where it is gone, and `state-unwritable`.
 */
export function agreementAsIs({ direct }: Pick<DirectEntry, 'direct'>): Agreement {
  const file = join(dirname(direct), directHomeName);
  const db = readStateFile(file);
  if (db === null) throw lostHome(file);
  try {
    const text: unknown = db
      .prepare("SELECT value FROM signed_record WHERE name = 'agreement'")
      .pluck()
      .get();
    if (typeof text !== 'string') throw lostHome(file);
    return parseAgreement(text);
  } finally {
    db.close();
  }
}
