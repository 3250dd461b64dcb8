import assert from 'node:assert/strict';
import { array, asyncProperty, assert as check, constantFrom, option, tuple } from 'fast-check';
import type { Test } from 'tap';
import { anyText } from '../../support/any-text.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { Loader } from '../../support/loader.ts';

/** What a text may begin with and be taken for something else. */
const beginning = constantFrom('', '\uFEFF', '\uFEFF\uFEFF', '\uFFFE', '\\.', ' ');
const text = tuple(beginning, anyText(6)).map((parts) => parts.join('').replaceAll('\0', ''));

/** Texts come out as they came in, by whichever way, names of columns with them. */
export async function texts(t: Test, { shared: base }: TestBases): Promise<void> {
  await t.test('parameters and answers', async () => {
    const property = asyncProperty(array(option(text), { maxLength: 5 }), async (values) => {
      const rows = await query(base, 'SELECT v AS "\uFEFFv", v AS w FROM unnest($1::text[]) v', [values]);
      const expected = values.map((value) => ({ '\uFEFFv': value, w: value }));
      assert.deepEqual(rows, expected);
    });
    await check(property, { numRuns: 40 });
  });

  await t.test('rows of a source, by their keys', async (t) => {
    const columns = ['id', '\uFEFFnome'];
    const loader = await Loader.on(base, 'TX', columns, { name: 'carta', key: ['id'] });
    const rows = ['a', '\uFEFFa', '\uFEFF\uFEFFa'].map((id) => [id, `\uFEFF${id}`]);
    await loader.load(rows);
    const { table } = loader.target;
    const select = `SELECT id, "\uFEFFnome" FROM ${table}`;
    const expected = rows.map(([id, nome]) => ({ id, '\uFEFFnome': nome }));
    const sorted = (all: readonly { readonly id?: string | undefined }[]) =>
      all.toSorted((a, b) => (a.id ?? '').length - (b.id ?? '').length);
    t.strictSame(sorted(await query<{ id: string }>(base, select)), expected);
    for (const row of expected) {
      t.strictSame(await query(base, `${select} WHERE id = $1`, [row.id]), [row]);
    }
    const byCursor: object[] = [];
    await base.snapshot(async (questions) => {
      for await (const part of questions.rows(`${select} ORDER BY length(id)`, [], { atOnce: 2 })) {
        byCursor.push(...part);
      }
    });
    t.strictSame(byCursor, expected, 'also by a cursor');
  });
}
