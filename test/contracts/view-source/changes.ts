import type { Test } from 'tap';
import { column, readCycle } from '../../support/read-cycle.ts';
import { createRecords, insert, records, type SourceHarness } from '../../support/source-harness.ts';

const count = 600;
/** Every third row is never touched. */
const untouched = Array.from({ length: count }, (_, index) => index + 1).filter((id) => id % 3 === 0);

export async function changes(t: Test, harness: SourceHarness): Promise<void> {
  const table = (name: string) => harness.quote(name);
  const id = harness.quote('id');
  const mark = harness.quote('mark');

  await t.test(
    'T10, I3: rows come, move and go between pages; no untouched row is lost or repeated',
    async (t) => {
      const view = await createRecords(harness, 'viva');
      await insert(
        harness,
        'viva',
        records(harness, count, (n) => (n % 10 === 0 ? 'NULL' : harness.instant(n % 5))),
      );
      const source = await harness.open(t, { views: [view], rows: 37, settleSeconds: 60 });
      let inserted = count;
      const between = async (page: number) => {
        const victim = (page * 41) % count;
        await harness.execute(
          `DELETE FROM ${table('viva')} WHERE ${id} = ${victim % 3 === 0 ? victim + 1 : victim}`,
        );
        const moved = (page * 53) % count;
        const target = moved % 3 === 0 ? moved + 2 : moved;
        await harness.execute(
          `UPDATE ${table('viva')} SET ${mark} = ${page % 2 ? harness.fromNow(0) : harness.instant(page % 5)} WHERE ${id} = ${target}`,
        );
        const rows = [harness.instant(page % 5), 'NULL', harness.fromNow(0)].map((at) => [
          ++inserted * 3 + 1,
          at,
          harness.text('novo'),
        ]);
        await insert(harness, 'viva', rows);
      };
      const { rows } = await readCycle(source, 'viva', { between });
      const ids = column(rows, 0).map(Number);
      const given = ids.filter((n) => n <= count && n % 3 === 0).sort((a, b) => a - b);
      t.same(given, untouched);
    },
  );

  await t.test('T2, I3, P9: the same while other connections write at the same time', async (t) => {
    const view = await createRecords(harness, 'concorrente');
    await insert(
      harness,
      'concorrente',
      records(harness, count, (n) => harness.instant(n % 5)),
    );
    const source = await harness.open(t, { views: [view], rows: 23, settleSeconds: 60 });
    const done = new AbortController();
    const mostNew = 1000;
    const write = async (writer: number) => {
      for (let step = 0; !done.signal.aborted; step++) {
        const target = (step * 3 + writer) % count;
        const now = step % 2 === 0 ? harness.fromNow(0) : harness.instant(step % 5);
        await harness.execute(`UPDATE ${table('concorrente')} SET ${mark} = ${now} WHERE ${id} = ${target}`);
        // Rows without end, in the part that is still to be read, would be a cycle without end where writing is faster.
        if (step < mostNew) {
          await insert(harness, 'concorrente', [
            [(count + step) * 3 + writer, harness.instant(step % 5), 'NULL'],
          ]);
        }
        await harness.execute(`DELETE FROM ${table('concorrente')} WHERE ${id} = ${target + 3}`);
      }
    };
    const read = async () => {
      try {
        return [
          await readCycle(source, 'concorrente'),
          await readCycle(source, 'concorrente', { limit: 17 }),
        ];
      } finally {
        done.abort();
      }
    };
    const [cycles] = await Promise.all([read(), write(1), write(2)]);
    for (const { rows } of cycles) {
      const given = column(rows, 0)
        .map(Number)
        .filter((n) => n <= count && n % 3 === 0);
      t.same(
        given.sort((a, b) => a - b),
        untouched,
      );
    }
  });
}
