import type { Test } from 'tap';
import { type TestAgent, testAgent } from './agent.ts';
import { peopleSource } from './sqlite-views.ts';

/** The usual agent, in this process: so many people in one view, behind the real SQLite engine. */
export function peopleAgent(t: Test, count = 20, clock?: () => number): Promise<TestAgent> {
  return testAgent(t, {
    source: peopleSource(t, count),
    views: ['custodiado'],
    ...(clock === undefined ? {} : { clock }),
  });
}
