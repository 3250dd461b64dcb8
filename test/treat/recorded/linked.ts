import { keyOf } from '../../../central/treat/link/block/rules.ts';
import type { Decision } from '../../../central/treat/link/cluster/decisions.ts';
import { comparisonsOf } from '../../../central/treat/link/compare/comparisons.ts';
import { link } from '../../../central/treat/link/link.ts';
import { locales } from '../../../central/treat/link/locale/locales.ts';
import { firstModel } from '../../../central/treat/link/model/first-model.ts';
import type { FrequencyTable, Model } from '../../../central/treat/link/model/model.ts';
import { thresholds } from '../../../central/treat/link/model/thresholds.ts';
import { Linker } from '../../../central/treat/linking/linker.ts';
import type { Outcome } from './cleaned.ts';
import { registers, tooMany } from './registers.ts';

const table = (shares: FrequencyTable['shares']): FrequencyTable => ({
  ...{ agree: 0.01, floor: 0.0005, shares },
});

/** As training would leave it: words and places that are common, and others. */
const frequencies: Model['frequencies'] = {
  given: table({ JOSE: 0.09, ANA: 0.05, ANTONIO: 0.04 }),
  further: table({ SILVA: 0.12, SOUZA: 0.05, LIMA: 0.02 }),
  motherGiven: table({ MARIA: 0.2, RITA: 0.003 }),
  birthplace: table({ 2704302: 0.4, 2700300: 0.002 }),
};

const decision = (id: number, a: string, b: string, says: Decision['says']): Decision => ({ id, a, b, says });
/** One that puts two together who are not alike, one that parts two who are, and some that contradict each other. */
const decisions: readonly Decision[] = [
  ...[decision(1, 's000', 's001', 'same'), decision(2, 'r000', 'r001', 'distinct')],
  ...[decision(3, 'r038', 'r039', 'same'), decision(4, 'r039', 'r040', 'same')],
  ...[decision(5, 'r038', 'r040', 'distinct'), decision(6, 'r048', 'r059', 'same')],
];

/** Registers that are linked at once. */
const fewAtOnce = 12;

interface Pairs {
  /** By comparison, at which level each two registers agree, and how rare that is. */
  readonly found: readonly (readonly (readonly number[])[])[];
  /** What each two weigh, and their veto. */
  readonly weights: readonly unknown[];
}

function pairs(linker: Linker): Pairs {
  const columns = linker.columnsOf(registers);
  const scorer = linker.scorerOf(columns);
  const found = comparisonsOf().map((): (readonly number[])[] => []);
  const weights: unknown[] = [];
  for (const a of registers.keys()) {
    for (let b = 0; b < a; b++) {
      weights.push([scorer.weigh(a, b), scorer.veto()]);
      for (const [place, each] of found.entries())
        each.push([scorer.levels[place] ?? 0, scorer.rarities[place] ?? 0]);
    }
  }
  return { found, weights };
}

let once: ReadonlyMap<Linker, Pairs> | undefined;

/** By linkage of each language of the names. */
function compared(): ReadonlyMap<Linker, Pairs> {
  const linkers = () =>
    Object.keys(locales).map((locale) => new Linker({ ...firstModel(locale), frequencies }, thresholds));
  return (once ??= new Map(linkers().map((linker) => [linker, pairs(linker)])));
}

/** What is linked together: the first with some others at a time, since all would be too large a person; and one who is. */
const groups = [tooMany];
for (let from = 1; from < registers.length; from += fewAtOnce) {
  groups.push([...registers.slice(0, 1), ...registers.slice(from, from + fewAtOnce)]);
}

function persons(linker: Linker): Promise<unknown[]> {
  const { model } = linker;
  return Promise.all(
    groups.map(async (group) => {
      const linked = await link(linker.columnsOf(group), { model, thresholds, decisions });
      const { personOf, review, identities, tooLarge, contradictions } = linked;
      return [[...personOf], review, identities, tooLarge, contradictions];
    }),
  );
}

/** By language of the names: by which keys registers are found, how they compare, what that weighs, and who is one person. */
export async function linkingOutcomes(): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (const [linker, { found, weights }] of compared()) {
    const { locale } = linker.model;
    const { columns } = linker.columnsOf(registers);
    for (const rule of linker.rules) {
      const comesTo = Array.from(registers.keys(), keyOf(rule, columns));
      outcomes.set(`${locale} key ${rule.name}`, { shown: registers, comesTo });
    }
    for (const [place, { name }] of comparisonsOf().entries())
      outcomes.set(`${locale} ${name}`, { shown: [registers, frequencies], comesTo: found[place] });
    outcomes.set(`${locale} weights`, { shown: [registers, frequencies], comesTo: weights });
    const shown = [groups, frequencies, decisions];
    outcomes.set(`${locale} persons`, { shown, comesTo: await persons(linker) });
  }
  return outcomes;
}

/** Levels at which no two of the registers agree: of these nothing is recorded. */
export function levelsNotShown(): string[] {
  const found = [...compared().values()].map((pairs) => pairs.found);
  return comparisonsOf().flatMap(({ name, levels }, place) => {
    const seen = new Set(found.flatMap((each) => each[place] ?? []).map(([level]) => level));
    return levels.flatMap((level, at) => (seen.has(at + 1) ? [] : [`${name}: ${level.name}`]));
  });
}
