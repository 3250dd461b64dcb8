import { csvLines, csvStart } from '../../../shared/csv.ts';
import type { Comparison } from '../../treat/link/compare/comparison.ts';
import { lastExplained } from '../../treat/link/explain.ts';
import type { Linked } from '../../treat/link/link.ts';
import { scorerOf } from '../../treat/link/model/compile.ts';
import type { Model } from '../../treat/link/model/model.ts';
import type { Registers } from '../../treat/link/registers/builder.ts';
import { comparisonName, reasonText } from '../../words/comparison-names.ts';

type Cells = readonly (string | number)[];

/** Each register with what stands for its person: the first of its registers by id. */
export function personsCsv({ ids }: Registers, { personOf }: Pick<Linked, 'personOf'>): Iterable<string> {
  return inParts(['id', 'person'], ids, (id, place) => [id, ids[personOf[place] ?? place] ?? '']);
}

/** The pairs that a person is asked about, with what each comparison weighs; nothing where either register is silent. */
export function reviewCsv(
  registers: Registers,
  { review }: Pick<Linked, 'review'>,
  model: Model,
  comparisons: readonly Comparison[],
): Iterable<string> {
  const said = comparisons.flatMap(({ name, field }, place) =>
    registers.columns.empty.includes(field) ? [] : [{ name, place }],
  );
  const asked = new Set(review.flatMap(({ a, b }) => [a, b]));
  const placeOf = new Map<string, number>();
  for (const [place, id] of registers.ids.entries()) if (asked.has(id)) placeOf.set(id, place);
  const scorer = scorerOf(registers, model, comparisons);
  const header = ['a', 'b', 'peso', 'motivo', ...said.map(({ name }) => comparisonName(name))];
  return inParts(header, review, ({ a, b, weight, because }) => {
    scorer.weigh(placeOf.get(a) ?? 0, placeOf.get(b) ?? 0);
    const parts = lastExplained(scorer, model, comparisons);
    const weights = said.map(({ place }) => {
      const part = parts[place];
      return part === undefined || part.level === null ? '' : rounded(part.weight + part.rarity);
    });
    return [a, b, rounded(weight), reasonText(because), ...weights];
  });
}

const rowsAtOnce = 2000;

function* inParts<T>(
  header: Cells,
  rows: readonly T[],
  cellsOf: (row: T, place: number) => Cells,
): Generator<string> {
  yield csvStart + csvLines([header]);
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    yield csvLines(rows.slice(from, from + rowsAtOnce).map((row, at) => cellsOf(row, from + at)));
  }
}

function rounded(bits: number): number {
  return Math.round(bits * 100) / 100;
}
