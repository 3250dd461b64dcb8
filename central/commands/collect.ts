import { ExitCode, explain, type ProgramContext } from '../../shared/program.ts';
import { type CentralOptions, readCentralConfig, sourcesNamed, withCentral } from '../central.ts';
import type { Job } from '../collect/collector.ts';
import { createProgress } from './progress.ts';
import { resultsJson, resultsTable } from './results.ts';

export interface CollectOptions extends CentralOptions {
  readonly json?: boolean;
}

/** Collects the named sources, or all, once; exit code 1 when any of them did not complete. */
export async function collect(
  names: readonly string[],
  options: CollectOptions,
  context: ProgramContext,
  job: Job = {},
): Promise<void> {
  const config = readCentralConfig(options, context);
  const sources = sourcesNamed(config, names);
  const progress = createProgress(sources.map((source) => source.uf));
  const results = await withCentral(config, context, progress.update, async (central) => {
    try {
      return await Promise.all(sources.map((source) => central.collect(source, job)));
    } finally {
      progress.stop();
    }
  });
  context.print(options.json === true ? resultsJson(results) : resultsTable(results));
  for (const { source, error } of results) {
    if (error !== null && options.json !== true) context.print(`${source}: ${explain(error)}`);
  }
  // An agreement that is over is told, and no failure: it would be one every day from now on.
  if (results.some(({ outcome }) => outcome !== 'complete' && outcome !== 'ended')) throw new ExitCode(1);
}
