import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import {
  findRow,
  type RowState,
  rowStates,
  type StoredView,
  storedViews,
} from '../../../central/base/source-layer/row-history.ts';
import { digestOfRow } from '../../../shared/protocol/row-evidence.ts';
import { peopleColumns } from '../../support/array-source.ts';
import type { TestBases } from '../../support/bases.ts';
import { Loader } from '../../support/loader.ts';
import { runs } from '../../support/runs.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0')),
  fc.constantFrom('', '\\N', '\t', '\n', '\\', '\r\n', '\u007f', 'ã', 'a\u0303', '🙂'),
);
/** Seven days of one row: what it is on each of them, `null` where the source has it no more. */
const days = fc.array(fc.option(fc.tuple(fc.option(text), text)), { minLength: 1, maxLength: 7 });

/** What a row was is read back as it was given, state by state. */
export async function rowHistory(t: Test, { shared: base }: TestBases): Promise<void> {
  const loader = await Loader.on(base, 'HA');
  const of = (await base.snapshot((questions) => storedViews(questions, 'HA')))[0];
  if (of === undefined) throw new Error('no view');
  const historyOf = (of: StoredView, id: string) =>
    base.snapshot(async (questions) => {
      const row = await findRow(questions, of, [id]);
      const states: RowState[] = [];
      if (row === null) return states;
      const range = { first: 1, last: row.states };
      for await (const state of rowStates(questions, of, [id], range)) states.push(state);
      return states;
    });

  await t.test('whatever is in it, with the digest that its agent gave it', async (t) => {
    let id = 0;
    await fc.assert(
      fc.asyncProperty(days, async (days) => {
        const key = `chave ${++id}`;
        const expected: unknown[] = [];
        for (const day of days) {
          const last = expected.at(-1) as
            | { removed: boolean; values: Record<string, string | null> }
            | undefined;
          const now = day === null ? null : { id: key, nome: day[0], atualizado_em: day[1] };
          if (now === null) {
            await loader.lookup([], [[key, null, null]]);
            if (last?.removed === false) expected.push({ removed: true, values: last.values });
          } else {
            await loader.load([Object.values(now)]);
            const same = last !== undefined && JSON.stringify(last.values) === JSON.stringify(now);
            if (!same || last.removed) expected.push({ removed: false, values: now });
          }
        }
        const states = await historyOf(of, key);
        assert.deepEqual(
          states.map(({ removed, values }) => ({ removed, values })),
          expected,
        );
        for (const [index, { number, from, to, digest, values, run }] of states.entries()) {
          assert.equal(digestOfRow({ columns: peopleColumns, key: ['id'] }, values), digest);
          assert.equal(number, index + 1);
          assert.equal(to, states[index + 1]?.from ?? null);
          assert.ok(BigInt(from) > 0n && run === '1');
        }
      }),
      { numRuns: runs(6, 15) },
    );
    t.pass('for any rows');
  });

  await t.test('a key is found by its very text', async (t) => {
    await loader.load([['A', 'ANA', '1']]);
    t.equal((await historyOf(of, 'A')).length, 1);
    for (const other of ['a', 'A ', '', '%']) t.strictSame(await historyOf(of, other), []);
  });
}
