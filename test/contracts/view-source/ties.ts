import { deepStrictEqual, ok } from 'node:assert';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import type { ViewConfig } from '../../../shared/sources/view-config.ts';
import type { ViewSource } from '../../../shared/sources/view-source.ts';
import { decodeLines } from '../../support/copy-lines.ts';
import { parted } from '../../support/read-answers.ts';
import { readCycle } from '../../support/read-cycle.ts';
import { runs } from '../../support/runs.ts';
import { createTable, insert, type SourceHarness, type TiedKeys } from '../../support/source-harness.ts';

/** Rows of the first part and of the second, each the place of its key among the values, its mark and its length. */
const rows = fc.array(
  fc.record({ key: fc.nat(99), mark: fc.option(fc.nat(1), { freq: 3 }), length: fc.constantFrom(1, 1, 700) }),
  { minLength: 1, maxLength: 12 },
);
const budgets = [1500, 1_000_000];
const reading = fc.record({ limit: fc.integer({ min: 1, max: 25 }), bytes: fc.constantFrom(...budgets) });

/** Keys that are equal to the database, and written otherwise, are keys of their own: no row of them may be lost. */
export async function ties(t: Test, harness: SourceHarness): Promise<void> {
  for (const [index, tied] of harness.ties.entries()) {
    await t.test(`P4, D4, M2: ${tied.what}`, (t) => tiedKeys(t, harness, tied, `empate ${index}`));
  }
}

async function tiedKeys(t: Test, harness: SourceHarness, tied: TiedKeys, name: string): Promise<void> {
  const { integer, instant, text } = harness.types;
  const quote = (part: string) => harness.quote(part);
  if (tied.prepare !== undefined) await harness.execute(tied.prepare);
  const tables = [`${name} a`, `${name} b`];
  for (const [part, type] of tied.types.entries()) {
    await createTable(harness, tables[part] ?? '', { k: type, n: integer, mark: instant, body: text });
  }
  await createTable(harness, `${name} log`, { seq: integer, k: tied.types[1] });
  const arms = tables.map(
    (table) => `SELECT ${['k', 'n', 'mark', 'body'].map(quote).join(', ')} FROM ${quote(table)}`,
  );
  const columns = ['k', 'n', 'mark', 'body'].map(quote).join(', ');
  await harness.execute(`CREATE VIEW ${quote(name)} (${columns}) AS ${arms.join(' UNION ALL ')}`);
  const changelog = { relation: [`${name} log`], watermark: 'seq', key: ['k'] };
  const modes: ViewConfig[] = [
    { name: 'toda', relation: [name], key: ['k'] },
    { name: 'por marca', relation: [name], key: ['k'], watermark: 'mark' },
    { name: 'uma parte', relation: [tables[1] ?? ''], key: ['k'] },
    { name: 'do log', relation: [tables[1] ?? ''], key: ['k'], changelog },
  ];
  const sources = new Map<number, ViewSource>();
  for (const bytes of budgets) sources.set(bytes, await harness.open(t, { views: modes, bytes }));
  await fc.assert(
    fc.asyncProperty(rows, rows, reading, async (first, second, { limit, bytes }) => {
      const source = sources.get(bytes);
      ok(source);
      for (const table of [...tables, `${name} log`]) await harness.execute(`DELETE FROM ${quote(table)}`);
      let n = 0;
      for (const [part, given] of [first, second].entries()) {
        const values = tied.values[part] ?? [];
        const made = given.map(({ key, mark, length }) => [
          values[key % values.length] ?? 'NULL',
          n++,
          mark === null ? 'NULL' : harness.instant(mark),
          harness.text('x'.repeat(length)),
        ]);
        await insert(harness, tables[part] ?? '', made);
      }
      const numbers = Array.from({ length: n }, (_, number) => number);
      for (const view of ['toda', 'por marca']) {
        deepStrictEqual(numbersOf((await readCycle(source, view, { limit })).rows), numbers, view);
      }
      const whole = (await readCycle(source, 'uma parte')).rows;
      const ofPart = numbersOf(whole);
      deepStrictEqual(ofPart, numbers.slice(first.length), 'in one page');

      // D4: whatever the database calls equal, no key asked for takes the place of another, and none comes twice.
      const keys = [...new Set(whole.map(({ fields: [key = null] }) => key))].map((key) => [key]);
      const found = new Set<number>();
      for (let done = 0; done < keys.length; ) {
        const answer = await source.lookup('uma parte', { keys: keys.slice(done) });
        const { there, gone } = parted(decodeLines(answer.lines));
        deepStrictEqual(numbersOf(there).length, new Set(numbersOf(there)).size, 'no row twice in an answer');
        deepStrictEqual(gone, []);
        for (const number of numbersOf(there)) found.add(number);
        done += answer.answered;
        if (answer.cut === 0) continue;
        const [[text]] = [keys[done - 1] ?? []];
        for (const { fields } of whole) if (fields[0] === text) found.add(Number(fields[1]));
      }
      deepStrictEqual(
        [...found].sort((a, b) => a - b),
        ofPart,
        'each by its key',
      );

      // M2: the log names every key, some of them twice at one instant, and half of the rows are gone.
      await harness.execute(
        `INSERT INTO ${quote(`${name} log`)} SELECT 1, ${quote('k')} FROM ${quote(tables[1] ?? '')}`,
      );
      const begin = (await readCycle(source, 'do log')).next;
      await harness.execute(
        `DELETE FROM ${quote(tables[1] ?? '')} WHERE ${quote('n')} > ${n - second.length / 2}`,
      );
      const named = await readCycle(source, 'do log', { after: begin, limit });
      const { there, gone } = parted(named.rows);
      const left = whole.filter(({ fields }) => Number(fields[1]) <= n - second.length / 2);
      const isLeft = (text: string | null | undefined) => left.some(({ fields }) => fields[0] === text);
      if (!named.pages.some(({ rows }) => rows >= limit) && bytes > 1500) {
        for (const { decoded } of named.pages) {
          const numbers = numbersOf(parted(decoded).there);
          deepStrictEqual(numbers.length, new Set(numbers).size, 'no row twice in a page');
        }
        deepStrictEqual([...new Set(numbersOf(there))], numbersOf(left));
      }
      const lost = left.filter(({ fields: [key] }) => !there.some(({ fields }) => fields[0] === key));
      deepStrictEqual(lost, []);
      const keysGone = new Set(gone.map(({ fields: [key] }) => key));
      for (const {
        fields: [key],
      } of whole)
        if (!isLeft(key)) ok(keysGone.has(key ?? null), 'named as gone');
    }),
    { numRuns: runs(4, 12) },
  );
}

function numbersOf(rows: readonly { readonly fields: readonly (string | null)[] }[]): number[] {
  return rows.map(({ fields }) => Number(fields[1])).sort((a, b) => a - b);
}
