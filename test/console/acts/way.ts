import type { Test } from 'tap';
import type { ConsoleScene, Shown } from '../scene.ts';

/** Somebody who is about to do something, as often as it is asked for: what they send is right each time. */
export interface Prepared {
  readonly sends: () => Promise<Shown>;
  /** Of what comes of it; 303 where it is not said. */
  readonly status?: number;
}

export interface Way {
  readonly prepare: (scene: ConsoleScene, t: Test) => Promise<Prepared>;
  /** Tables that change also where the act is not done: what a page asks of a browser is set by itself. */
  readonly apart?: readonly string[];
}

/** Why, as people say it. */
export const words = 'Conferi o registro com a chefia da unidade.';
