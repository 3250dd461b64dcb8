import { GuaritaError } from '../../shared/errors.ts';
import { createLogger, type Logger } from '../../shared/log.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { softwareVersion } from '../../shared/version.ts';
import type { Base } from '../base/base.ts';
import { enrolledEntries, withFolder, withOpenBase } from '../central.ts';
import { Collector, type RunOptions } from '../collect/collector.ts';
import type { CentralConfig, SourceEntry } from '../config.ts';
import { centralIdentities } from '../identities.ts';
import { isTreatKind, type Job } from '../state/jobs.ts';
import { type CentralState, openCentralState } from '../state/state.ts';
import { findTombstoneKey } from '../tombstone-key.ts';
import { AnswerWatch } from './answer-watch.ts';
import { type Clock, systemClock } from './clock.ts';
import { collectEntry } from './collect-entry.ts';
import { limitsFor } from './job-queue.ts';
import type { JobResult } from './job-result.ts';
import { shownParts } from './published/parts.ts';
import { Publisher } from './publisher.ts';
import { interruptKilled } from './recover.ts';
import { type JobControls, Runner, type RunnerOptions } from './runner.ts';
import { treatSource } from './treat-source.ts';
import { isTreatable } from './treatable.ts';

/** Central at work: the one process that has the folder, and so state, base and runner. */
export interface Central {
  readonly config: CentralConfig;
  readonly base: Base;
  readonly log: Logger;
  readonly state: CentralState;
  readonly runner: Runner;
  readonly clock: Clock;
}

/** What the process that opens central is. */
export interface Opening extends Pick<RunnerOptions, 'isService' | 'onEnded'> {
  readonly clock?: Clock;
  /** The sources as they are known now. */
  readonly sources: () => readonly SourceEntry[];
}

/**
 * Opens everything that collecting needs, for as long as `work` runs. One central a folder at a time: it owns the
 * checkpoints, and the base in process can have only one. Throws `central-running`.
 */
export async function withCentral<T>(
  config: CentralConfig,
  context: ProgramContext,
  opening: Opening,
  work: (central: Central) => Promise<T>,
): Promise<T> {
  const log = createLogger(config.log.level, 'guarita-central');
  const { clock = systemClock, sources, ...options } = opening;
  return withFolder(config, async () => {
    // Made before anything is asked, should there be none.
    await centralIdentities(config).current();
    const state = openCentralState(config.state);
    try {
      // Nobody else is at work here: what is said to be under way was cut off.
      interruptKilled(state.jobs, clock.now());
      state.runs.endKilled(clock.now());
      return await withOpenBase(config, context, async (base, baseId) => {
        const { shrink, maxRowBytes, retryMinutes } = config;
        const pause = context.pause === undefined ? {} : { pause: context.pause };
        const collector = new Collector({
          ...{ base, baseId, state, log, shrink, maxRowBytes, ...pause },
          findTombstoneKey: () => findTombstoneKey(config.state),
        });
        // What a single command does is seen by who gave it; the next service shows it in the base.
        const publisher = options.isService
          ? new Publisher(
              base,
              shownParts(state, config, sources, clock),
              { central: state.id, version: softwareVersion },
              { clock, log },
            )
          : null;
        const onChange = () => publisher?.changed();
        const runner = new Runner({
          onChange,
          ...{ ...options, jobs: state.jobs, clock, limits: limitsFor(config.parallel), retryMinutes, log },
          onEnded: (job, result) => {
            // Whatever came of it is treated: what it loaded before it failed as well.
            if (options.isService && !isTreatKind(job.kind) && isTreatable(state, job.source)) {
              const { source } = job;
              runner.owe({ source, kind: 'treat', view: null, reason: 'collected', due: clock.now() });
            }
            options.onEnded?.(job, result);
          },
          execute: async (job, { stop, onProgress }): Promise<JobResult> => {
            if (isTreatKind(job.kind)) {
              return treatSource(
                job.source,
                job.kind,
                { base, clock, log, locale: config.treat.locale },
                { stop, onProgress },
              );
            }
            const known = (entries: readonly SourceEntry[]) => entries.find(({ uf }) => uf === job.source);
            // One that was enrolled a moment ago is not among them yet.
            const source = known(sources()) ?? known(enrolledEntries(config.state));
            if (source === undefined) throw new GuaritaError('source-unknown', `"${job.source}".`);
            return collectEntry(
              { collector, source, config, environment: context.environment, log, state },
              runOptionsOf(job, { stop, onProgress }),
            );
          },
        });
        const isKnown = (source: string) => sources().some(({ uf }) => uf === source);
        const answers = new AnswerWatch({ base, state, runner, clock, log, isKnown, onChange });
        try {
          publisher?.changed();
          if (options.isService) answers.start();
          return await work({ config, base, log, state, runner, clock });
        } finally {
          await answers.stop();
          await runner.stop();
          await publisher?.close();
        }
      });
    } finally {
      state.close();
    }
  });
}

function runOptionsOf({ kind, view }: Job, { stop, onProgress }: JobControls): RunOptions {
  return {
    ...{ reconcile: kind === 'reconcile', view, stop },
    onProgress: ({ view, views, viewsDone, rows }) =>
      onProgress({ view, done: viewsDone, total: views, rows }),
  };
}
