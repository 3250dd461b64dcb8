import type { Replaced } from '../../base/national-layer/findings.ts';

type Counts = Pick<Replaced, 'opened' | 'resolved'>;

/** What a check came to: how many keys were looked at, and what that opened and resolved, wherever. */
export interface Looked {
  readonly looked: number;
  readonly replaced: readonly Replaced[];
}

/** What a check came to for a source. */
export interface Checked extends Counts {
  /** Keys that were looked at: its own, and those of what states share. */
  readonly looked: number;
  /** Findings in rows of other sources: of what they share with each other. */
  readonly elsewhere: Counts;
}

/** @param all the check of the source itself, and that of the nation */
export function checkedOf(source: string, ...all: readonly Looked[]): Checked {
  const { looked, replaced } = lookedTogether(all);
  return {
    looked,
    ...sumOf(replaced.filter((each) => each.source === source)),
    elsewhere: sumOf(replaced.filter((each) => each.source !== source)),
  };
}

/** All of them as one. */
export function lookedTogether(each: readonly Looked[]): Looked {
  return {
    looked: each.reduce((sum, { looked }) => sum + looked, 0),
    replaced: bySource(each.flatMap(({ replaced }) => replaced)),
  };
}

/** One for each source. */
export function bySource(replaced: readonly Replaced[]): Replaced[] {
  const groups = Map.groupBy(replaced, ({ source }) => source);
  return [...groups].map(([source, each]) => ({ source, ...sumOf(each) }));
}

function sumOf(counts: readonly Counts[]): Counts {
  return {
    opened: counts.reduce((sum, { opened }) => sum + opened, 0),
    resolved: counts.reduce((sum, { resolved }) => sum + resolved, 0),
  };
}
