import type { Test } from 'tap';
import { ensureChangeIndex } from '../../../central/base/source-layer/change-index.ts';
import { rules } from '../../../central/treat/rules/all.ts';
import { treat } from '../../../central/treat/treat.ts';
import type { DirtTally } from '../../../scripts/demo/dirt.ts';
import type { Uf } from '../../../scripts/demo/people.ts';
import { sampleTables } from '../../../scripts/demo/sample-state.ts';
import { knownInTwo } from '../../../scripts/linkage/known-in-two.ts';
import { query, tierBases } from '../../support/bases.ts';
import { Loader } from '../../support/loader.ts';

const now = new Date('2026-11-01T12:00:00Z');
const today = '2026-11-01';

/**
 * What the rules find in made-up states, by code and view, and the errors that were made in them.
 * @param dirt how much of the stated rates
 */
export async function findings(t: Test, ufs: readonly Uf[], custodiados: number, dirt: number) {
  const { shared: base } = await tierBases(t);
  const tally: DirtTally = {};
  for (const uf of ufs) {
    for (const { name, columns, rows } of sampleTables({
      uf,
      custodiados,
      seed: 5,
      now,
      dirt,
      tally,
      known: knownInTwo,
    })) {
      const names = columns.map((column) => column.name);
      const loader = await Loader.on(base, uf, names, { name, key: ['id'] });
      const page = Array.from(rows, (row) => row.map((value) => (value === null ? null : String(value))));
      if (page.length > 0) await loader.load(page, { likely: 'new' });
      await ensureChangeIndex(base, loader.target);
    }
  }
  for (const { source, problem, judged } of await treat(base, { rules, today })) {
    t.equal(problem, null, `${source} was treated`);
    const outcomes = judged?.outcomes ?? [];
    t.ok(
      outcomes.some(({ outcome }) => outcome === 'passed' || outcome === 'found'),
      `${source} was judged`,
    );
    t.strictSame(
      outcomes.filter(({ outcome, failed }) => outcome === 'failed' || failed > 0),
      [],
      `${source}: no rule failed`,
    );
  }
  const open = await query<{ rule: string; count: number }>(
    base,
    `SELECT regra || ' ' || visao AS rule, count(*)::int AS count FROM nacional.achado WHERE resolvido IS NULL
      GROUP BY 1 ORDER BY 1`,
  );
  return { base, found: new Map(open.map(({ rule, count }) => [rule, count])), tally };
}
