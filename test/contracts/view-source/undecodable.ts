import type { Test } from 'tap';
import { readCycle } from '../../support/read-cycle.ts';
import { concat, createTable, insert, type SourceHarness } from '../../support/source-harness.ts';

/** A text of the columns beside the broken one: of every encoding that a state is likely to use. */
const beside = 'ção €\tx';

/** Trap 13. Also run alone, on databases of other encodings. */
export async function undecodable(t: Test, harness: SourceHarness): Promise<void> {
  if (harness.undecodable.length === 0) return;

  await t.test(
    'T13, I2: bytes that text cannot hold arrive marked, apart from null and from lookalikes',
    async (t) => {
      const { integer, instant, text } = harness.types;
      for (const [index, value] of harness.undecodable.entries()) {
        const name = `quebrado${index}`;
        await createTable(harness, name, {
          id: integer,
          mark: instant,
          before: text,
          broken: value.type,
          after: text,
        });
        const row = (id: number, sql: string) => [
          id,
          harness.instant(id),
          harness.text(beside),
          sql,
          harness.text(''),
        ];
        await insert(harness, name, [
          row(1, harness.text('são')),
          row(2, value.sql),
          row(3, 'NULL'),
          row(4, harness.text(`\\x${value.hex}`)),
          row(5, value.sql),
        ]);
        const source = await harness.open(t, { views: [{ name, key: ['id'], watermark: 'mark' }] });
        for (const limit of [1, 2, 100]) {
          const { rows } = await readCycle(source, name, { limit });
          t.same(
            rows.map((row) => row.fields[3]),
            ['são', `\\x${value.hex}`, null, `\\x${value.hex}`, `\\x${value.hex}`],
            value.what,
          );
          t.same(
            rows.map((row) => row.undecodable),
            [[], [4], [], [], [4]],
            `${value.what}: only those are marked`,
          );
          t.same(
            rows.map((row) => [row.fields[2], row.fields[4]]),
            Array.from({ length: 5 }, () => [beside, '']),
            'the columns beside it are whole',
          );
          t.equal(
            rows[1]?.digest === rows[3]?.digest,
            false,
            'the digest tells a marked value from its lookalike',
          );
        }
      }
    },
  );

  await t.test(
    'T13, I9, P2: a view full of them is read to its end, within the bytes of a page',
    async (t) => {
      const [value] = harness.undecodable;
      if (value === undefined) return;
      const { integer, instant } = harness.types;
      await createTable(harness, 'quebrados', { id: integer, mark: instant, body: value.type });
      await insert(
        harness,
        'quebrados',
        Array.from({ length: 1000 }, (_, id) => [id, harness.instant(id % 7), value.sql]),
      );
      const body = harness.quote('body');
      await harness.execute(
        `UPDATE ${harness.quote('quebrados')} SET ${body} = ${concat(
          harness,
          Array.from({ length: 6 }, () => body),
        )}`,
      );
      const source = await harness.open(t, {
        views: [{ name: 'quebrados', key: ['id'], watermark: 'mark' }],
        bytes: 4096,
      });
      const { rows, pages } = await readCycle(source, 'quebrados');
      t.equal(new Set(rows.map((row) => row.fields[0])).size, 1000);
      t.equal(rows.length, 1000);
      t.ok(
        rows.every((row) => row.undecodable.join() === '3' && row.fields[2] === `\\x${value.hex.repeat(6)}`),
      );
      t.equal(
        pages.some((page) => page.lines.length > 4096),
        false,
        'also when written as hexadecimal',
      );
    },
  );

  await t.test('T13, T4: a broken text in the key neither loses nor repeats a row', async (t) => {
    const [value] = harness.undecodable;
    if (value === undefined) return;
    const { integer, instant } = harness.types;
    const type = value.type === harness.types.text ? harness.types.name : value.type;
    await createTable(harness, 'chave quebrada', { id: type, number: integer, mark: instant });
    const keys = [
      value.sql,
      harness.text('a'),
      harness.text('ç'),
      concat(harness, [value.sql, harness.text('z')]),
      harness.text('~'),
    ];
    const rows = keys.flatMap((key) =>
      Array.from({ length: 5 }, (_, number) => [key, number, harness.instant(0)]),
    );
    await insert(harness, 'chave quebrada', rows);
    const view = { name: 'chave quebrada', key: ['id', 'number'], watermark: 'mark' };
    const source = await harness.open(t, { views: [view] });
    const whole = await readCycle(source, view.name);
    t.equal(whole.rows.length, 25);
    for (const limit of [1, 3, 5])
      t.same((await readCycle(source, view.name, { limit })).rows, whole.rows, `by ${limit}`);
  });
}
