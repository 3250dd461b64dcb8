/** What a row was, typed, from one change of the source layer on. */
export interface TypedState {
  /** All that is carried of it, as one line: two states are alike when these are. */
  readonly line: string;
  readonly change: string;
  readonly since: string;
}

/** Up to where a state of the past lasted. */
export interface PastState extends TypedState {
  readonly untilChange: string;
  readonly until: string;
}

/** What became of a row's states. */
export interface Runs {
  /** What it is now, from the first of the states that are alike with it on. */
  readonly current: TypedState;
  /** What it was before, the oldest first. */
  readonly past: readonly PastState[];
}

/**
 * What becomes of a row's states when they are typed: those that follow each other and are alike are one. A pure function
 * of the states, so what is written day by day is what a treatment from nothing would write.
 *
 * @param states the oldest first, at least one
 */
export function runsOf(states: readonly [TypedState, ...TypedState[]]): Runs {
  let [current] = states;
  const past: PastState[] = [];
  for (const state of states) {
    if (state.line === current.line) continue;
    past.push({ ...current, untilChange: state.change, until: state.since });
    current = state;
  }
  return { current, past };
}
