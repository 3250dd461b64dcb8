import type { Test } from 'tap';
import { maxRowBytes } from '../../../shared/sources/reading/stub-line.ts';
import { digestsIn, listRows, lookUp } from '../../support/read-answers.ts';
import { readCycle } from '../../support/read-cycle.ts';
import { createRecords, insert, type SourceHarness } from '../../support/source-harness.ts';

/** Rows of 16 MiB: reading them takes seconds. */
export async function hugeRows(t: Test, harness: SourceHarness): Promise<void> {
  await t.test(
    'D5, I8, I9, T14: of a row over 16 MiB key and watermark travel, one just below is given',
    async (t) => {
      const view = await createRecords(harness, 'enorme');
      const source = await harness.open(t, { views: [view], bytes: 64 * 1024 * 1024 });
      const long = (less: number) => harness.repeat('0123456789abcdef', maxRowBytes / 16 - less);
      await insert(harness, 'enorme', [
        [1, harness.instant(1), long(8)],
        [2, harness.instant(2), long(0)],
        [3, harness.instant(3), long(-8192)],
        [4, harness.instant(4), harness.repeat('\\', maxRowBytes / 2)],
        [5, harness.instant(5), harness.text('curta')],
      ]);
      const { rows } = await readCycle(source, 'enorme');
      t.same(
        rows.map((row) => [row.fields[0], row.mark, row.fields[2]?.length]),
        [
          ['1', '\\N', maxRowBytes - 128],
          ['2', '{0}', undefined],
          ['3', '{0}', undefined],
          ['4', '{0}', undefined],
          ['5', '\\N', 5],
        ],
      );
      t.ok(rows[1]?.fields[1]?.startsWith('2020-01-01 00:00:00'), 'the watermark as well');
      t.same(digestsIn(await listRows(source, 'enorme', 1)), digestsIn(rows), 'the same in a scan');
      const keys = ['2', '3', '4', '5'].map((id) => [id]);
      const found = await lookUp(source, 'enorme', keys);
      t.same(digestsIn(found.rows), digestsIn(rows.slice(1)), 'and in a lookup');
      await harness.execute(`DROP TABLE ${harness.quote('enorme')}`);
    },
  );
}
