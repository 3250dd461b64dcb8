import type { JournalHead } from '../../shared/journal/entry.ts';
import { auditBlocks, auditHash } from '../base/access-layer/audit.ts';
import { auditHeads } from '../base/access-layer/audit-heads.ts';
import { numbersBetween } from '../base/access-layer/audit-search.ts';
import type { Base } from '../base/base.ts';
import { auditLine, type FileEntry } from './file.ts';

export interface AuditExport {
  readonly base: Base;
  readonly baseId: string;
  /** Instants, ISO 8601; null: from the first entry, to the last one. */
  readonly from: string | null;
  readonly until: string | null;
  /** Whether what was asked for is in it: personal data. */
  readonly reveal: boolean;
  readonly now: Date;
}

/**
 * Lines of an exported audit. It goes on behind its end to the next signature, since nothing else proves what is in it.
 */
export async function* exportedAudit({
  base,
  baseId,
  from,
  until,
  reveal,
  now,
}: AuditExport): AsyncGenerator<string> {
  const { after, hash, heads, end } = await base.snapshot(
    async (questions) => {
      const { first, last } = await numbersBetween(questions, from, until);
      const signed = await auditHeads(questions, first - 1);
      return {
        after: first - 1,
        hash: (await auditHash(questions, first - 1)) ?? '',
        heads: signed,
        end: signed.find(({ id }) => id >= last)?.id ?? Number.MAX_SAFE_INTEGER,
      };
    },
    { use: 'treating' },
  );
  yield auditLine({
    kind: 'guarita-audit',
    base: baseId,
    exported: now.toISOString(),
    after: { id: after, hash },
  });
  for await (const block of auditBlocks(base, after, { use: 'treating' })) {
    for (const { salt, terms, ...entry } of block) {
      if (entry.id > end) break;
      const shown: FileEntry = reveal && salt !== null && terms !== null ? { ...entry, salt, terms } : entry;
      yield auditLine({ entry: shown });
    }
    if ((block.at(-1)?.id ?? 0) >= end) break;
  }
  const covered = (head: JournalHead) => head.id <= end;
  for (const head of heads.filter(covered)) yield auditLine({ head });
}
