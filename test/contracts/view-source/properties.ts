import { deepStrictEqual, ok } from 'node:assert';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import type { ViewSource } from '../../../shared/sources/view-source.ts';
import { anyText } from '../../support/any-text.ts';
import { digestsIn, digestsOf, listRows, lookUp, parted, sumsOf } from '../../support/read-answers.ts';
import { readCycle } from '../../support/read-cycle.ts';
import { runs } from '../../support/runs.ts';
import { createTable, insert, type SourceHarness, sorted } from '../../support/source-harness.ts';

const snippets = [
  '\t',
  '\n',
  '\r',
  '\\',
  '\\N',
  '\\.',
  '\\x',
  "'",
  '"',
  '',
  'ção',
  '€',
  '😀',
  '\u0001',
  '�',
  '{1}',
  '%s',
  '\u001f',
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...snippets), { maxLength: 6 }).map((parts) => parts.join('')),
  anyText(12).map((value) => value.replaceAll('\0', '')),
);
const row = fc.record({
  name: text,
  mark: fc.option(fc.nat(3), { freq: 4 }),
  body: fc.option(fc.tuple(text, fc.integer({ min: 1, max: 200 })), { freq: 6 }),
});
const budgets = [4096, 6000, 1_000_000];
const reading = fc.record({
  limit: fc.integer({ min: 1, max: 40 }),
  bytes: fc.constantFrom(...budgets),
  step: fc.integer({ min: 1, max: 5 }),
});

export async function properties(t: Test, harness: SourceHarness): Promise<void> {
  await t.test(
    'I2, I3, T4, T7, D2, D3, D4: any table, by pages of any size, by digests, by keys, arrives exactly',
    async (t) => {
      const { integer, instant, name } = harness.types;
      const columns = {
        id: `${integer} NOT NULL`,
        name: `${name} NOT NULL`,
        mark: instant,
        body: harness.types.text,
      };
      await createTable(harness, 'qualquer', columns);
      const view = { name: 'qualquer', key: ['name', 'id'], watermark: 'mark' };
      const sources = new Map<number, ViewSource>();
      for (const bytes of budgets) sources.set(bytes, await harness.open(t, { views: [view], bytes }));
      await fc.assert(
        fc.asyncProperty(fc.array(row, { maxLength: 60 }), reading, async (rows, { limit, bytes, step }) => {
          await harness.execute(`DELETE FROM ${harness.quote('qualquer')}`);
          const values = rows.map(({ name, mark, body }, id) => [
            id,
            harness.text(name),
            mark === null ? 'NULL' : harness.instant(mark),
            body === null ? 'NULL' : harness.text(body[0].repeat(body[1])),
          ]);
          await insert(harness, 'qualquer', values);
          const source = sources.get(bytes);
          ok(source);
          const read = await readCycle(source, 'qualquer', { limit });
          const fields = read.rows.map((row) => row.fields);
          deepStrictEqual(
            sorted(fields),
            sorted(await harness.rows('qualquer', ['id', 'name', 'mark', 'body'])),
          );
          const meant = rows.map(({ name, body }, id) => [String(id), name, body && body[0].repeat(body[1])]);
          const given = fields.map(([id = null, name = null, , body = null]) => [id, name, body]);
          deepStrictEqual(sorted(given), sorted(meant));
          ok(read.rows.every((row) => row.undecodable.length === 0));
          // D2, D3: a scan gives every row the digest that a page gives it.
          const digests = digestsIn(read.rows);
          deepStrictEqual(await digestsOf(source, 'qualquer', 4), sumsOf(digests, 4));
          const whole = sources.get(Math.max(...budgets));
          ok(whole);
          deepStrictEqual(digestsIn(await listRows(whole, 'qualquer', 2)), digests);
          // D4: a lookup of any keys gives their rows and no other.
          const wanted = read.rows.filter((_, index) => index % step === 0);
          const keys = wanted.map((row) => [row.fields[1] ?? null, row.fields[0] ?? null]);
          const answers = parted((await lookUp(source, 'qualquer', [...keys, ['nenhum', '-1']])).rows);
          deepStrictEqual(digestsIn(answers.there), digestsIn(wanted));
          deepStrictEqual(
            answers.gone.map((row) => row.fields),
            [['-1', 'nenhum', null, null]],
          );
        }),
        { numRuns: runs(20, 40) },
      );
    },
  );
}
