import { once } from 'node:events';
import type { ProgramContext } from '../../shared/program.ts';
import { type CentralOptions, readCentralConfig, withCentral } from '../central.ts';
import { resultLine } from './results.ts';
import { Scheduler } from '../collect/scheduler.ts';

export interface ServeOptions extends CentralOptions {
  /** Collect every source at once when starting, not only at its next time. */
  readonly now?: boolean;
}

/** Collects each source by its schedule until told to stop, then finishes the pages in hand. */
export async function serve(options: ServeOptions, context: ProgramContext): Promise<void> {
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
        const run: Promise<void> = central.collect(source).then((result) => {
          running.delete(run);
          context.print(resultLine(result));
        });
        running.add(run);
      };
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
        await Promise.all(running);
      }
    },
  );
}
