import { GuaritaError } from '../../shared/errors.ts';
import { auditHash, lastAudit } from '../base/access-layer/audit.ts';
import type { Base } from '../base/base.ts';
import { readAuditFile } from './file.ts';

export interface AuditComparison {
  /** Entries that are the same on both sides. */
  readonly same: number;
  /** Entries of the base behind the file's last one. */
  readonly later: number;
  /** Entries of the file that the base has otherwise, or not at all; the first ones. */
  readonly differing: readonly { readonly id: number; readonly fault: 'changed' | 'removed' }[];
  readonly differ: number;
}

const mostNamed = 1000;

/**
 * Holds a base against a file that was shipped or exported: what was exchanged or cut off in the base since then, also of
 * what was not signed yet, is in the file. Throws `document-unreadable`, and `document-foreign` for one of another base.
 */
export async function compareAudit(base: Base, baseId: string, file: string): Promise<AuditComparison> {
  const differing: { id: number; fault: 'changed' | 'removed' }[] = [];
  let [same, differ, highest] = [0, 0, 0];
  let waiting: { readonly id: number; readonly hash: string }[] = [];
  const hold = async () => {
    const some = waiting;
    waiting = [];
    await base.snapshot(
      async (questions) => {
        for (const { id, hash } of some) {
          const there = await auditHash(questions, id);
          if (there === hash) same++;
          else {
            differ++;
            if (differing.length < mostNamed)
              differing.push({ id, fault: there === null ? 'removed' : 'changed' });
          }
        }
      },
      { use: 'pages' },
    );
  };
  for await (const line of readAuditFile(file)) {
    if ('header' in line && line.header.base !== baseId)
      throw new GuaritaError('document-foreign', `"${file}".`);
    if (!('entry' in line)) continue;
    highest = Math.max(highest, line.entry.id);
    if (waiting.push(line.entry) >= 500) await hold();
  }
  await hold();
  const end = await base.snapshot((questions) => lastAudit(questions), { use: 'pages' });
  return { same, differ, differing, later: Math.max(0, (end?.id ?? 0) - highest) };
}
