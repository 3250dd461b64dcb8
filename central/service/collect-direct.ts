import type { Logger } from '../../shared/log.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { allowsWritable, openConfigured } from '../../shared/sources/open-engine.ts';
import { pagesOf } from '../../shared/sources/source-config.ts';
import type { ViewSource } from '../../shared/sources/view-source.ts';
import type { SourceResult } from '../collect/collect-source.ts';
import type { Collector, RunOptions } from '../collect/collector.ts';
import type { CentralConfig, DirectEntry } from '../config.ts';
import { requireEncrypted, requireFit } from '../direct/fit.ts';
import { type DirectHome, withKeptHome } from '../direct/home.ts';
import { readDirect } from '../enrolment/enrolled-source.ts';
import { openDatabase } from '../sources/database.ts';

interface CollectDirect {
  readonly collector: Collector;
  readonly source: DirectEntry;
  readonly config: CentralConfig;
  readonly environment: Environment;
  readonly log: Logger;
}

/** One run of a source that central reads itself. Throws where what is kept of it cannot be opened. */
export function collectDirect(
  { collector, source, config, ...others }: CollectDirect,
  run: RunOptions,
): Promise<SourceResult> {
  return withKeptHome(config, source.uf, (home) =>
    collector.collect(source.uf, () => openDirect(source, home, others), run),
  );
}

/** Throws `document-unreadable`, `rule-unfit`, `agreement-missing`, `state-altered`. */
export function openDirect(
  { direct, rule }: Pick<DirectEntry, 'direct' | 'rule'>,
  { agreements, journal }: Pick<DirectHome, 'agreements' | 'journal'>,
  { environment, log }: Pick<CollectDirect, 'environment' | 'log'>,
): ViewSource {
  const { source, views: all } = readDirect(direct);
  requireFit(rule, source);
  // The record says how a view is read; which ones may be, the signed agreement alone.
  const named = new Set(agreements.get().views);
  const views = all.filter(({ name }) => named.has(name));
  return openDatabase({
    open: () => openConfigured({ source, views, pages: pagesOf() }, { environment }),
    withheld: all.map(({ name }) => name).filter((name) => !named.has(name)),
    allowWritable: allowsWritable({ source }),
    ...{ agreements, journal, log },
    requireSession: (session) => requireEncrypted(rule, session),
  });
}
