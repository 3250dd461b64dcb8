import { once } from 'node:events';
import type { ProgramContext } from '../../shared/program.ts';
import {
  type Central,
  type CentralOptions,
  enrolledEntries,
  readCentralConfig,
  withCentral,
} from '../central.ts';
import type { Job } from '../collect/collector.ts';
import { EnrolledWatch } from '../service/enrolled-watch.ts';
import { Retries, type StartTimer } from '../service/retries.ts';
import { Scheduler } from '../service/scheduler.ts';
import { serveMetrics } from '../metrics/serve-metrics.ts';
import { scheduleFacts } from '../status/schedules.ts';
import { resultLine } from './results.ts';

export interface ServeOptions extends CentralOptions {
  /** Collect every source at once when starting, not only at its next time. */
  readonly now?: boolean;
}

/**
 * Collects each source by its schedule until told to stop, then finishes the pages in hand. A state that is enrolled
 * meanwhile is taken up, and collected at once.
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
      const metrics = await serveMetrics(() => ({ ...config, sources: [...byName.values()] }), central.log);
      const running = new Set<Promise<void>>();
      const collect = (name: string, job: Job = {}) => {
        const source = byName.get(name);
        if (source === undefined) return;
        if (central.isRunning(source)) {
          central.log.info({ source: name }, 'not collected again: its last run is still going on');
          // A collection comes again tomorrow, a reconciliation in a week: the next run is to make up for it.
          if (job.reconcile === true) central.state.views.oweAll(name, 'asked');
          return;
        }
        retries.begun(name);
        const run: Promise<void> = central.collect(source, job).then((result) => {
          running.delete(run);
          retries.ended(result);
          metrics.runEnded(result);
          context.print(resultLine(result));
        });
        running.add(run);
      };
      const retries = new Retries(config.retryMinutes, collect, startTimer);
      const plan = () => {
        const schedules = [...byName.values()].flatMap(({ uf, schedule }) => [
          { name: uf, schedule: schedule ?? config.schedule },
          { name: uf, schedule: config.reconcile.schedule, job: { reconcile: true } },
        ]);
        return new Scheduler(schedules, config.timeZone, collect);
      };
      let scheduler = plan();
      const enrolled = new EnrolledWatch(
        () => enrolledEntries(config.state),
        (changed) => {
          for (const source of changed) byName.set(source.uf, source);
          const before = scheduler;
          scheduler = plan();
          before.stop();
          for (const { uf } of changed) {
            central.log.info({ source: uf }, 'enrolled: collected from now on');
            collect(uf);
          }
        },
        (error) => central.log.warn({ err: error }, 'enrolled states cannot be read'),
      );
      oweOverdue(central, new Date());
      try {
        if (options.now === true) for (const name of byName.keys()) collect(name);
        context.print(
          `guarita-central em serviço; próxima coleta: ${scheduler.next()?.toISOString() ?? '–'}`,
        );
        if (metrics.url !== null) context.print(`métricas em ${metrics.url}`);
        if (!context.stop.aborted) await once(context.stop, 'abort');
      } finally {
        enrolled.stop();
        scheduler.stop();
        retries.stop();
        await Promise.all(running);
        await metrics.close();
      }
    },
  );
}

/** A reconciliation whose time passed while nobody was at work is made up for by the next run. */
function oweOverdue({ config, state }: Central, now: Date): void {
  for (const { source, view, reconciled } of state.views.all()) {
    if (reconciled === null) continue;
    const { next } = scheduleFacts(config.reconcile.schedule, config.timeZone, new Date(reconciled));
    if (next !== null && next < now) state.views.oweOne(source, view, 'asked');
  }
}
