import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import type { Likely } from '../../../central/base/source-layer/load-options.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Row } from '../../support/array-source.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { Loader } from '../../support/loader.ts';
import { runs } from '../../support/runs.ts';

/** A view of the dictionary, so that there are columns which must not be empty. */
const view = 'custodia';
const required = standardViews
  .find(({ name }) => name === view)
  ?.columns.filter((column) => column.required)
  .map(({ name }) => name);
const columns = ['id', ...(required ?? []).filter((name) => name !== 'id'), 'observacao'];

/** What the source gives at once: a page of rows, or the answer to a lookup, with keys that no row has any more. */
interface Answer {
  readonly rows: readonly Row[];
  readonly gone: readonly string[];
  readonly isLookup: boolean;
}

const key = fc.integer({ min: 1, max: 9 }).map(String);
const row = fc
  .record({
    id: key,
    required: fc.constantFrom('a', 'a', 'a', 'b', '', null),
    other: fc.constantFrom('x', 'y', null),
  })
  .map(
    ({ id, required, other }): Row =>
      columns.map((name) => (name === 'id' ? id : name === 'observacao' ? other : required)),
  );
const distinct = fc.uniqueArray(row, { selector: ([id]) => id, maxLength: 9 });
const answer: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 3, arbitrary: distinct.map((rows) => ({ rows, gone: [], isLookup: false })) },
  {
    weight: 1,
    arbitrary: fc.array(row, { maxLength: 6 }).map((rows) => ({ rows, gone: [], isLookup: false })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ rows: distinct, gone: fc.uniqueArray(key), isLookup: fc.constant(true) })
      .map((answer) => ({
        ...answer,
        gone: answer.gone.filter((id) => answer.rows.every(([other]) => other !== id)),
      })),
  },
);

/** A row that is there stands twice on a page, beside one that is looked at closely. */
const twiceBesideFlawed: Answer[] = (() => {
  const of = (id: string, value: string) => columns.map((name) => (name === 'id' ? id : value));
  const page = (...rows: Row[]): Answer => ({ rows, gone: [], isLookup: false });
  return [page(of('7', 'a')), page(of('1', ''), of('7', 'a'), of('7', 'a'))];
})();

/** All ways of loading come to the same, and all that the base ever committed can be read back. */
export async function versions(t: Test, { shared: base }: TestBases): Promise<void> {
  let made = 0;
  const loaders = async (): Promise<[Loader, Loader, Loader]> => {
    const letter = String.fromCharCode(65 + Math.floor(made / 26), 65 + (made++ % 26));
    const on = (source: string) => Loader.on(base, source, columns, { name: view, key: ['id'] });
    const sifted = await on(`${letter}3`);
    await query(base, `CREATE INDEX ON ${sifted.target.table} (_change)`);
    return [await on(`${letter}1`), await on(`${letter}2`), sifted];
  };

  await t.test('the ways of new, of unchanged and of any rows come to the same', async (t) => {
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 2, maxLength: 8 }), async (answers) => {
        const [straight, compared, sifted] = await loaders();
        const history: (readonly [Loader, string, unknown])[] = [];
        for (const answer of answers) {
          const result = await give(compared, answer);
          assert.deepEqual(await give(straight, answer, 'new'), result);
          assert.deepEqual(await give(sifted, answer, 'unchanged'), result);
          for (const loader of [straight, compared, sifted]) {
            history.push([loader, await lastChange(base), await live(loader)]);
          }
        }
        for (const loader of [straight, sifted]) {
          assert.deepEqual(await stored(loader), await stored(compared));
          assert.deepEqual(await loader.entries(), await compared.entries());
          const { counter, counted } = await loader.rows();
          assert.equal(counter, counted);
          assert.deepEqual(await pagesOf(loader), []);
        }
        for (const [loader, change, then] of history) assert.deepEqual(await asOf(loader, change), then);
      }),
      { numRuns: runs(4, 12), examples: [[twiceBesideFlawed]] },
    );
    t.pass('rows, versions, quarantine, counts, and each state that was committed');
  });

  await t.test('rows that are new or unchanged have no versions', async (t) => {
    const [loader] = await loaders();
    const rows = ['1', '2', '3'].map((id) => columns.map((name) => (name === 'id' ? id : 'a')));
    t.match(await loader.load(rows, { likely: 'new' }), { new: 3 });
    t.match(await loader.load(rows), { unchanged: 3 });
    t.strictSame(await query(base, `SELECT count(*)::int AS n FROM ${loader.target.versions}`), [{ n: 0 }]);
  });

  await t.test('a copy that the table refused leaves nothing but the page as it was compared', async (t) => {
    const [loader] = await loaders();
    const of = (id: string, value: string | null) => columns.map((name) => (name === 'id' ? id : value));
    t.match(await loader.load([of('1', 'a'), of('2', null)], { likely: 'new' }), {
      new: 1,
      quarantined: 1,
    });
    t.match(await loader.load([of('3', 'a'), of('2', 'a')], { likely: 'new' }), { new: 2, quarantined: 0 });
    t.strictSame(await loader.open(), [], 'a row that was mended is no longer in quarantine');
    t.match(await loader.load([of('4', 'a'), of('4', 'b')], { likely: 'new' }), { new: 0, quarantined: 2 });
    t.match(await loader.load([of('5', 'a'), of('1', 'b')], { likely: 'new' }), { new: 1, changed: 1 });
    t.match(await loader.load([of('6', 'a'), of('4', 'c')], { likely: 'new' }), { new: 1, quarantined: 1 });
    t.strictSame(await loader.rows(), { counter: 5, counted: 5 });
  });
}

async function give(loader: Loader, { rows, gone, isLookup }: Answer, likely?: Likely): Promise<unknown> {
  const lines = gone.map((id): Row => columns.map((name) => (name === 'id' ? id : null)));
  try {
    return isLookup ? await loader.lookup(rows, lines, { likely }) : await loader.load(rows, { likely });
  } catch (error) {
    return error instanceof GuaritaError ? error.code : error;
  }
}

const of = columns.map((name) => `"${name}"`).join(', ');

const lastChange = async (base: Base): Promise<string> =>
  (
    await query<{ n: string }>(
      base,
      'SELECT CASE WHEN is_called THEN last_value ELSE 0 END::text AS n FROM guarita.change',
    )
  )[0]?.n ?? '';

const live = ({ base, target }: Loader) =>
  query(
    base,
    `SELECT ${of}, _digest::text, _removed IS NOT NULL AS removed FROM ${target.table} ORDER BY id`,
  );

/** The same as it was when that number was the last one. */
const asOf = ({ base, target }: Loader, change: string) =>
  query(
    base,
    `SELECT ${of}, _digest::text, _removed IS NOT NULL AS removed FROM (
       SELECT ${of}, _digest, _removed, _change AS _from, NULL AS _to FROM ${target.table}
       UNION ALL SELECT ${of}, _digest, _removed, _from, _to FROM ${target.versions}) s
      WHERE _from <= $1 AND coalesce(_to > $1, true) ORDER BY id`,
    [change],
  );

const stored = async (loader: Loader) => ({
  live: await live(loader),
  versions: await query(
    loader.base,
    `SELECT ${of}, _removed IS NOT NULL AS removed FROM ${loader.target.versions} ORDER BY id, _to`,
  ),
});

/** Changes, of rows and of versions, that are not of exactly one page. */
const pagesOf = ({ base, target }: Loader) =>
  query(
    base,
    `SELECT s.change::text, count(p.*)::int AS pages
       FROM (SELECT _change AS change FROM ${target.table}
             UNION ALL SELECT unnest(ARRAY[_from, _to]) FROM ${target.versions}) s
       LEFT JOIN guarita.pagina p ON p.source = $1 AND p.view = $2
        AND s.change > p.after_change AND s.change <= p.last_change
      GROUP BY s.change HAVING count(DISTINCT p.last_change) <> 1`,
    [target.source, target.view.name],
  );
