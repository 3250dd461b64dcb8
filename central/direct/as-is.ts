import { dirname, join } from 'node:path';
import { type Agreement, parseAgreement } from '../../shared/agreement/agreement.ts';
import { readStateFile } from '../../shared/state-file.ts';
import type { DirectEntry } from '../config.ts';
import { directHomeName } from './home.ts';

/**
 * The agreement of a source that central reads itself, only to be told: its signature is not looked at, since nothing is
 * decided by it. Null where there is none. Throws `state-altered`, `state-unwritable`.
 */
export function agreementAsIs({ direct }: Pick<DirectEntry, 'direct'>): Agreement | null {
  const db = readStateFile(join(dirname(direct), directHomeName));
  if (db === null) return null;
  try {
    const text: unknown = db
      .prepare("SELECT value FROM signed_record WHERE name = 'agreement'")
      .pluck()
      .get();
    return typeof text === 'string' ? parseAgreement(text) : null;
  } finally {
    db.close();
  }
}
