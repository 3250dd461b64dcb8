import type { Test } from 'tap';
import type { Engine } from '../../shared/sources/engine.ts';
import { digestsOf, lookUp, parted } from '../support/read-answers.ts';
import { column, readCycle } from '../support/read-cycle.ts';
import { createTable, insert, type SourceHarness, type SourceSettings } from '../support/source-harness.ts';

interface LooseHarness extends SourceHarness {
  openEngine(settings: SourceSettings): Engine;
}

/**
 * Keys in a collation that takes `A` for `a`, as most states have it: what is one key is the database's to say.
 * @param type of the key column
 */
export async function looseKeys(t: Test, harness: LooseHarness, type: string): Promise<void> {
  const { integer } = harness.types;

  await t.test('T12, P4, D4: a key is found by any text that the database takes for it', async (t) => {
    const texts = ['a', 'B', 'k', 'D', 'A3', 'ç', 'Z', 'zé', "d'água", '_', 'ß', 'ñ'];
    await createTable(harness, 'chaves sem caixa', { id: `${type} NOT NULL` }, ['id']);
    await insert(
      harness,
      'chaves sem caixa',
      texts.map((text) => [harness.text(text)]),
    );
    const view = { name: 'chaves sem caixa', key: ['id'] };
    const source = await harness.open(t, { views: [view] });
    const whole = await readCycle(source, view.name);
    t.same(new Set(column(whole.rows, 0)), new Set(texts));
    t.same((await readCycle(source, view.name, { limit: 1 })).rows, whole.rows, 'one by one');
    const { there, gone } = parted((await lookUp(source, view.name, [['A'], ['b'], ['k'], ['x']])).rows);
    t.same(new Set(column(there, 0)), new Set(['a', 'B', 'k']), 'the row as it is');
    t.same(new Set(column(gone, 0)), new Set(['A', 'b', 'x']), 'and that none has this very text');
  });

  await t.test('I9: rows that differ in nothing else have one key, and doctor says so', async (t) => {
    await createTable(harness, 'chaves soltas', { id: type, n: integer });
    const rows = ['A', 'a', 'b'].map((text, n) => [harness.text(text), n]);
    await insert(harness, 'chaves soltas', rows);
    const view = { name: 'chaves soltas', key: ['id'] };
    const engine = harness.openEngine({ views: [view] });
    t.teardown(() => engine.close());
    t.match(await engine.examine(view.name), { rows: 3, repeatedKeys: 1 });
    const { there, gone } = parted((await lookUp(engine, view.name, [['A']])).rows);
    t.same([new Set(column(there, 0)), gone], [new Set(['A', 'a']), []], 'asked for by one, both are given');
    // A page that ends between them goes on behind both; what it leaves out, reconciliation finds.
    t.same((await digestsOf(engine, view.name, 1)).counts, [3]);
  });
}
