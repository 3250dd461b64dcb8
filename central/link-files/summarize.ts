import { basename } from 'node:path';
import { softwareVersion } from '../../shared/version.ts';
import type { Table } from '../tables/table.ts';
import type { Comparison } from '../treat/link/compare/comparison.ts';
import type { Evaluation } from '../treat/link/evaluate/evaluate.ts';
import type { Linked } from '../treat/link/link.ts';
import type { Model } from '../treat/link/model/model.ts';
import { thresholds } from '../treat/link/model/thresholds.ts';
import type { Layout } from '../treat/link/registers/layout.ts';
import type { ReadRegisters } from './read-registers.ts';
import { madeBy } from './run-folder.ts';

export interface SummaryOrder {
  readonly table: Table;
  readonly layout: Layout;
  readonly read: ReadRegisters;
  readonly comparisons: readonly Comparison[];
  readonly model: Model;
  /** It was trained on these registers. */
  readonly trained: boolean;
  readonly linked: Linked;
  readonly evaluation: Evaluation | null;
}

/** What an import came to, as `summary.json` has it: the same for the same file, columns and seed. */
export type Summary = ReturnType<typeof summarize>;

export function summarize(order: SummaryOrder) {
  const { table, layout, read, comparisons, model, trained, linked, evaluation } = order;
  const { personOf, compared, review, leftOut, tooLarge } = linked;
  const sizes = new Map<number, number>();
  for (const person of personOf) sizes.set(person, (sizes.get(person) ?? 0) + 1);
  const several = [...sizes.values()].filter((size) => size > 1);
  const because = Object.groupBy(review, (pair) => pair.because);
  return {
    ...{ madeBy, version: softwareVersion },
    file: { name: basename(table.file), encoding: table.encoding, separator: table.separator },
    columns: layout.columns,
    thresholds,
    registers: personOf.length,
    unreadDates: read.unreadDates,
    model: {
      ...{ version: model.version, locale: model.locale, seed: model.seed, trained },
      lessons: model.lessons.length,
      neverSeen: neverSeen(read, comparisons, model),
    },
    compared,
    persons: sizes.size,
    personsOfSeveral: several.length,
    registersOfThem: several.reduce((sum, size) => sum + size, 0),
    review: review.length,
    reviewBecause: Object.fromEntries(
      Object.entries(because).map(([reason, pairs]) => [reason, pairs?.length ?? 0]),
    ),
    /** Components of ids that a person has to look at as a whole. */
    tooLarge,
    leftOut,
    evaluation,
  };
}

/** By comparison of what registers say anything of, the levels at which training saw no pair of one person. */
function neverSeen({ registers }: ReadRegisters, comparisons: readonly Comparison[], model: Model) {
  const { empty } = registers.columns;
  return model.comparisons.flatMap(({ name, levels }, place) => {
    const field = comparisons[place]?.field;
    const unseen = levels.filter(({ kept }) => kept === 'm' || kept === 'both').map((level) => level.name);
    return unseen.length === 0 || field === undefined || empty.includes(field)
      ? []
      : [{ name, levels: unseen }];
  });
}
