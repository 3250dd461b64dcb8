import type { SourceEntry } from '../config.ts';
import type { Central } from './open-central.ts';
import { plannedOf } from './plans.ts';
import { catchUp } from './recover.ts';
import { isTreatable } from './treatable.ts';

/**
 * Asks for what a service makes up for when it starts: what was due or under way meanwhile, each at a moment of its own
 * within so many milliseconds.
 */
export function makeUpFor(
  { config, state, runner, clock }: Central,
  sources: readonly SourceEntry[],
  milliseconds: number,
): void {
  const now = clock.now();
  const { missed, spread, dropped } = catchUp(plannedOf(sources, config, state, now), runner.open(), {
    ...{ now, milliseconds, random: Math.random, mostAhead: config.retryMinutes * 60_000 },
  });
  for (const { id } of dropped) runner.cancel(id);
  for (const { id, ...when } of spread) state.jobs.postpone(id, when);
  for (const request of missed) {
    if (request.kind === 'treat' && !isTreatable(state, request.source)) continue;
    if (request.kind === 'reconcile') state.views.owe(request.source, request.view, 'asked');
    runner.owe(request);
  }
  runner.pump();
}
