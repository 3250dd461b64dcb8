import { once } from 'node:events';
import type { ProgramContext } from '../../shared/program.ts';
import { type CentralOptions, readCentralConfig, withCentral } from '../central.ts';
import { Retries, type StartTimer } from '../collect/retries.ts';
import { Scheduler } from '../collect/scheduler.ts';
import { resultLine } from './results.ts';

export interface ServeOptions extends CentralOptions {
  /** Collect every source at once when starting, not only at its next time. */
  readonly now?: boolean;
}

/**
 * Collects each source by its schedule until told to stop, then finishes the pages in hand.
 * @param startTimer for tests: what waits before a failed source is tried again
 */
export async function serve(
  options: ServeOptions,
  context: ProgramContext,
  startTimer?: StartTimer,
): Promise<void> {
  const config = readCentralConfig(options, context);
  await withCentral(
    config,
    context,
    () => undefined,
    async (central) => {
      const byName = new Map(config.sources.map((source) => [source.uf, source]));
      const running = new Set<Promise<void>>();
      const collect = (name: string) => {
        const source = byName.get(name);
        if (source === undefined) return;
        if (central.isRunning(source)) {
          central.log.info({ source: name }, 'not collected again: its last run is still going on');
          return;
        }
        retries.begun(name);
        const run: Promise<void> = central.collect(source).then((result) => {
          running.delete(run);
          retries.ended(result);
          context.print(resultLine(result));
        });
        running.add(run);
      };
      const retries = new Retries(config.retryMinutes, collect, startTimer);
      const schedules = config.sources.map(({ uf, schedule }) => ({
        name: uf,
        schedule: schedule ?? config.schedule,
      }));
      const scheduler = new Scheduler(schedules, config.timeZone, collect);
      try {
        if (options.now === true) for (const name of byName.keys()) collect(name);
        context.print(
          `guarita-central em serviço; próxima coleta: ${scheduler.next()?.toISOString() ?? '–'}`,
        );
        if (!context.stop.aborted) await once(context.stop, 'abort');
      } finally {
        scheduler.stop();
        retries.stop();
        await Promise.all(running);
      }
    },
  );
}
