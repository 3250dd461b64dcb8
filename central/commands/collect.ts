import { GuaritaError } from '../../shared/errors.ts';
import { explain } from '../../shared/explain.ts';
import { ExitCode, type ProgramContext } from '../../shared/program.ts';
import { type CentralOptions, readCentralConfig, sourcesNamed } from '../central.ts';
import type { SourceResult } from '../collect/collect-source.ts';
import { atCentral } from '../service/at-central.ts';
import { type RunJobs, resultTold } from '../service/operations.ts';
import { isDoubt } from '../state/attentions.ts';
import { showWaiting, waitingIn } from './attention.ts';
import { createProgress } from './progress.ts';
import { resultsJson, resultsTable } from './results.ts';

export interface CollectOptions extends CentralOptions {
  readonly json?: boolean;
}

/**
 * Collects the named sources, or all, once; exit code 1 when any of them did not complete. While the service is at
 * work, it is the service that does it.
 */
export async function collect(
  names: readonly string[],
  options: CollectOptions,
  context: ProgramContext,
  what: Pick<RunJobs, 'kind' | 'view'> = { kind: 'collect', view: null },
): Promise<void> {
  const config = readCentralConfig(options, context);
  const sources = sourcesNamed(config, names)
    .filter((source) => names.length > 0 || !('record' in source) || source.over !== 'left')
    .map(({ uf }) => uf);
  const progress = createProgress(sources);
  let told: Awaited<ReturnType<typeof atCentral<'run'>>>;
  try {
    told = await atCentral(config, context, 'run', { ...what, sources }, progress.update);
  } finally {
    progress.stop();
  }
  const results = told.map(resultTold);
  const waiting = waitingIn(
    config,
    results.filter(waits).map(({ source }) => source),
  );
  if (options.json === true) context.print(resultsJson(results, waiting));
  else {
    print(context, results);
    showWaiting(config, waiting, context);
  }
  // An agreement that is over is told, and no failure: it would be one every day from now on.
  if (results.some(({ outcome }) => outcome !== 'complete' && outcome !== 'ended')) throw new ExitCode(1);
}

function waits({ outcome, views }: SourceResult): boolean {
  return outcome === 'needs-attention' || views.some((view) => view.outcome === 'needs-attention');
}

function print(context: ProgramContext, results: readonly SourceResult[]): void {
  context.print(resultsTable(results));
  for (const { source, error } of results) {
    if (error === null) continue;
    // What exactly is in doubt is told by the table of what waits, in the words of people.
    context.print(`${source}: ${explain(isDoubt(error.code) ? new GuaritaError(error.code) : error)}`);
  }
}
