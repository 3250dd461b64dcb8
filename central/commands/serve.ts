import { once } from 'node:events';
import { writtenMoment } from '../../shared/day.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { lostTls, lostTlsWarning } from '../../shared/sources/postgres-client/environment-tls.ts';
import { type CentralOptions, enrolledEntries, readCentralConfig } from '../central.ts';
import { type ServedMetrics, serveMetrics } from '../metrics/serve-metrics.ts';
import { keepAudit } from '../service/audit-keeper.ts';
import { type Clock, systemClock } from '../service/clock.ts';
import { listenForCommands } from '../service/control/listen.ts';
import { EnrolledWatch } from '../service/enrolled-watch.ts';
import { isTreatResult, type JobResult } from '../service/job-result.ts';
import { makeUpFor } from '../service/make-up-for.ts';
import { type Central, withCentral } from '../service/open-central.ts';
import { performTold } from '../service/operations.ts';
import { keepOutbox } from '../service/outbox-keeper.ts';
import { isOver, schedulesOf } from '../service/plans.ts';
import { Scheduler } from '../service/scheduler.ts';
import { Tidier } from '../service/tidier.ts';
import { isTreatable } from '../service/treatable.ts';
import { isTreatKind, type Job, type JobKind, type JobReason } from '../state/jobs.ts';
import { agenda } from './agenda.ts';
import { consoleLine, serveConsoleWith } from './console.ts';
import { resultLine } from './results.ts';
import { treatmentLine } from './treatment-words.ts';

export interface ServeOptions extends CentralOptions {
  /** Collect every source at once when starting, not only at its next time. */
  readonly now?: boolean;
}

/** Within how long what is made up for at the start begins: 28 states are not asked in the same second. */
const catchUpMilliseconds = 120_000;

/**
 * Collects each source by its schedule and treats what came, until told to stop, then finishes the pages in hand. A
 * state that is enrolled meanwhile is taken up, and collected at once. What was due or under way while nobody was at work is made up for.
 * Commands for the same folder are done here, too, and the console is served where it has a port.
 * @param clock for tests
 */
export async function serve(
  options: ServeOptions,
  context: ProgramContext,
  clock: Clock = systemClock,
): Promise<void> {
  const config = readCentralConfig(options, context);
  const byName = new Map(config.sources.map((source) => [source.uf, source]));
  const sources = () => [...byName.values()];
  let metrics: ServedMetrics | null = null;
  const onEnded = (job: Job, result: JobResult) => {
    if (isTreatResult(result)) return context.print(treatmentLine(result));
    if (!isTreatKind(job.kind)) metrics?.runEnded(result);
    context.print(resultLine(result));
  };
  await withCentral(config, context, { isService: true, clock, sources, onEnded }, async (central) => {
    const { runner, log } = central;
    const { url } = config.base;
    if (url !== undefined && lostTls(url, context.environment))
      log.warn({ option: 'base.url' }, lostTlsWarning);
    // Let go of in the opposite order, also when one of them cannot be had.
    const opened = new AsyncDisposableStack();
    try {
      const served = await serveMetrics(() => ({ ...config, sources: sources() }), log);
      opened.defer(() => served.close());
      metrics = served;
      const audit = await keepAudit(central);
      opened.defer(() => audit.close());
      const tidier = new Tidier(central);
      tidier.start();
      opened.defer(() => tidier.stop());
      const outbox = await keepOutbox(central, sources, context);
      if (outbox !== null) opened.defer(() => outbox.close());
      const console = await serveConsoleWith(central, context);
      if (console !== null) opened.defer(() => console.close());
      const control = await listenForCommands(
        config.state,
        (name, input, controls) => performTold(central, name, input, controls),
        log,
      );
      opened.defer(() => control.close());
      opened.defer(() => runner.stop());
      const owe = (source: string, kind: JobKind, reason: JobReason, view: string | null = null) => {
        // A view that this state does not have, or that never came.
        if (view !== null && central.state.views.find(source, view) === undefined) return;
        if (kind === 'treat' && !isTreatable(central.state, source)) return;
        // Also while a run is under way that does not do it: the status tells that it is owed.
        if (kind === 'reconcile') oweReconciliation(central, source, view);
        runner.owe({ source, kind, view, reason, due: clock.now() });
      };
      const plan = () =>
        new Scheduler(schedulesOf(sources(), config), config.timeZone, (name, kind, view) =>
          owe(name, kind, 'schedule', view),
        );
      let scheduler = plan();
      opened.defer(() => scheduler.stop());
      const enrolled = new EnrolledWatch(
        () => enrolledEntries(config.state),
        (changed) => {
          for (const source of changed) byName.set(source.uf, source);
          const before = scheduler;
          scheduler = plan();
          before.stop();
          for (const source of changed) {
            log.info(
              { source: source.uf },
              isOver(source) ? 'collected no more' : 'enrolled: collected from now on',
            );
            if (!isOver(source)) owe(source.uf, 'collect', 'enrolled');
          }
        },
        (error) => log.warn({ err: error }, 'enrolled states cannot be read'),
      );
      opened.defer(() => enrolled.stop());
      makeUpFor(central, sources(), options.now === true ? 0 : catchUpMilliseconds);
      if (options.now === true) {
        for (const source of sources()) if (!isOver(source)) owe(source.uf, 'collect', 'schedule');
      }
      const next = scheduler.next();
      context.print(
        `guarita-central em serviço; próxima coleta: ${next === null ? '–' : writtenMoment(next)}`,
      );
      context.print(agenda(sources(), config, runner.open(), clock.now()));
      if (served.url !== null) context.print(`métricas em ${served.url}`);
      if (console !== null) context.print(consoleLine(console));
      if (!context.stop.aborted) await once(context.stop, 'abort');
    } finally {
      await opened.disposeAsync();
    }
  });
}

/** It is a job as well: where this cannot be written down, that is. */
function oweReconciliation({ state, log }: Central, source: string, view: string | null): void {
  try {
    state.views.owe(source, view, 'asked');
  } catch (error) {
    log.warn({ source, err: error }, 'what is owed cannot be written down');
  }
}
