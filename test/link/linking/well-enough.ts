import type { Test } from 'tap';
import { rulesOf } from '../../../central/treat/link/block/rules.ts';
import { afterReview } from '../../../central/treat/link/evaluate/after-review.ts';
import { qualityOf } from '../../../central/treat/link/evaluate/quality.ts';
import { explain } from '../../../central/treat/link/explain.ts';
import { link } from '../../../central/treat/link/link.ts';
import { thresholds } from '../../../central/treat/link/model/thresholds.ts';
import { train } from '../../../central/treat/link/train/train.ts';
import { madeUp } from '../parts/made-up.ts';
import { columnsOf, comparisons } from './small.ts';

/** The goals of a million registers, on few: what falls here falls there. */
export async function wellEnough(t: Test): Promise<void> {
  const { registers, truth, given } = madeUp(5, 8000);
  const model = train(registers, {
    ...{ version: '1', date: '2026-11-01', seed: 1, locale: 'pt-BR', comparisons, rules: rulesOf() },
    ...{ blockCap: 2000, randomPairs: 100_000 },
  });
  const { personOf, review, pairs } = await link(registers, { model, thresholds });
  const { precision, recall, f1 } = qualityOf(personOf, truth);
  t.ok(precision.share >= 0.999, `precision ${precision.share}`);
  t.ok(recall.share >= 0.95, `recall ${recall.share}`);
  t.ok(f1 >= 0.97, `F1 ${f1}`);
  const placeOf = new Map(registers.ids.map((id, place) => [id, place]));
  const asked = review.map(({ a, b }) => [placeOf.get(a) ?? 0, placeOf.get(b) ?? 0] as const);
  const reviewed = qualityOf(afterReview(personOf, asked, truth), truth);
  t.ok(reviewed.recall.share >= 0.98, `recall with review ${reviewed.recall.share}`);
  t.ok(review.length <= 0.03 * registers.ids.length, `${review.length} pairs to review`);
  const vetoed = pairs.veto.filter((veto) => veto !== 0).length;
  t.ok(vetoed > 0, 'twins and brothers were met');
  // Who asks why has the two alone, and is told what the run came to.
  for (const { a, b, weight } of review.slice(0, 20)) {
    const two = columnsOf([a, b].flatMap((id) => given[placeOf.get(id) ?? -1] ?? []));
    const told = explain(two, 0, 1, model);
    t.equal(told.weight, weight);
    t.not(told.foundBy, null);
  }
  const gains = review.map(({ gain }) => gain);
  t.strictSame(
    gains,
    gains.toSorted((a, b) => b - a),
    'what changes most is asked first',
  );
}
