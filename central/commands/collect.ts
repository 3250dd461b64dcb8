import { GuaritaError } from '../../shared/errors.ts';
import { ExitCode, explain, type ProgramContext } from '../../shared/program.ts';
import { type CentralOptions, readCentralConfig, withCentral } from '../central.ts';
import type { SourceEntry } from '../config.ts';
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
): Promise<void> {
  const config = readCentralConfig(options, context);
  const named = new Set(names.map((name) => findSource(config.sources, name)));
  const sources = named.size === 0 ? config.sources : [...named];
  const progress = createProgress(sources.map((source) => source.uf));
  const results = await withCentral(config, context, progress.update, async (central) => {
    try {
      return await Promise.all(sources.map((source) => central.collect(source)));
    } finally {
      progress.stop();
    }
  });
  context.print(options.json === true ? resultsJson(results) : resultsTable(results));
  for (const { source, error } of results) {
    if (error !== null && options.json !== true) context.print(`${source}: ${explain(error)}`);
  }
  if (results.some((result) => result.outcome !== 'complete')) throw new ExitCode(1);
}

function findSource(sources: readonly SourceEntry[], name: string): SourceEntry {
  const source = sources.find((candidate) => candidate.uf === name.toUpperCase());
  if (source !== undefined) return source;
  throw new GuaritaError(
    'source-unknown',
    `"${name}"; there are: ${sources.map(({ uf }) => uf).join(', ')}.`,
  );
}
