import { GuaritaError } from '../shared/errors.ts';
import { createLogger, type Logger } from '../shared/log.ts';
import { readConfig } from '../shared/options/read-config.ts';
import { readSecret, requireNoPassword } from '../shared/options/secrets.ts';
import type { ProgramContext } from '../shared/program.ts';
import { lockFolder } from '../shared/state-file.ts';
import { migrateBase } from './base/migrate.ts';
import type { Base } from './base/base.ts';
import { openBase } from './base/open.ts';
import type { SourceProgress, SourceResult } from './collect/collect-source.ts';
import { Collector, type Job } from './collect/collector.ts';
import { type CentralState, openCentralState } from './state/state.ts';
import {
  type CentralConfig,
  centralConfigSchema,
  centralEnvironmentPrefix,
  type SourceEntry,
} from './config.ts';
import { enrolledFile, enrolledNames, readEnrolled } from './enrolment/enrolled-source.ts';
import { centralIdentities } from './identities.ts';
import { collectEntry } from './service/collect-entry.ts';

export interface CentralOptions {
  readonly config: string;
  /** Address of the base; goes before the configuration's. */
  readonly base?: string;
}

/** Central, ready to collect: what the commands have in common. */
export interface Central {
  readonly config: CentralConfig;
  readonly log: Logger;
  /** Whether a run of the source is under way, or waits for its turn. */
  isRunning(source: SourceEntry): boolean;
  collect(source: SourceEntry, job?: Job): Promise<SourceResult>;
  readonly state: CentralState;
}

export function readCentralConfig(options: CentralOptions, context: ProgramContext): CentralConfig {
  const { environment } = context;
  const read = readConfig(centralConfigSchema, options.config, environment, centralEnvironmentPrefix);
  const config: CentralConfig = { ...read, sources: [...read.sources, ...enrolledEntries(read.state)] };
  refuseTwins(config.sources);
  if (options.base === undefined) return config;
  requireNoPassword(options.base, '--base');
  if (!/^postgres(ql)?:\/\//.test(options.base)) {
    throw new GuaritaError(
      'config-invalid',
      '--base: dê um endereço como postgres://usuario@servidor:5432/base.',
    );
  }
  return { ...config, base: { ...config.base, url: options.base } };
}

/** The states that are enrolled, as sources. Throws `document-unreadable`, naming the file. */
export function enrolledEntries(state: string): SourceEntry[] {
  return enrolledNames(state).map((uf) => {
    const record = enrolledFile(state, uf);
    const { url, schedule } = readEnrolled(record);
    return { uf, url, record, ...(schedule === null ? {} : { schedule }) };
  });
}

/** Two sources of one name would be one schema in the base and one checkpoint: each would undo the other. */
function refuseTwins(sources: readonly SourceEntry[]): void {
  const names = sources.map(({ uf }) => uf);
  const twin = names.find((name, index) => names.indexOf(name) < index);
  if (twin !== undefined)
    throw new GuaritaError('config-invalid', `sources: há mais de um estado de nome "${twin}".`);
}

/**
 * Opens everything that collecting needs, for as long as `work` runs. One central a folder at a time: it owns the
 * checkpoints, and the base in process can have only one. Throws `central-running`.
 */
export async function withCentral<T>(
  config: CentralConfig,
  context: ProgramContext,
  onProgress: (progress: SourceProgress) => void,
  work: (central: Central) => Promise<T>,
): Promise<T> {
  const log = createLogger(config.log.level, 'guarita-central');
  return withFolder(config, async () => {
    // Made before anything is asked, should there be none.
    await centralIdentities(config).current();
    const state = openCentralState(config.state);
    try {
      return await withOpenBase(config, context, async (base, baseId) => {
        const { parallel, shrink, maxRowBytes } = config;
        const collector = new Collector({
          ...{ base, baseId, state, log, parallel, shrink, maxRowBytes },
          ...(context.pause === undefined ? {} : { pause: context.pause }),
          stop: context.stop,
          onProgress,
        });
        return work({
          config,
          log,
          state,
          isRunning: (source) => collector.isRunning(source.uf),
          collect: (source, job) => collectEntry({ collector, source, config, log, state }, job),
        });
      });
    } finally {
      state.close();
    }
  });
}

/** The base alone, migrated, with its id; under the same lock, since the one in process can be open only once. */
export async function withBase<T>(
  config: CentralConfig,
  context: ProgramContext,
  work: (base: Base, baseId: string) => Promise<T>,
): Promise<T> {
  // A server takes many: looking into it need not wait for a central at work.
  if (config.base.url !== undefined) return withOpenBase(config, context, work);
  return withFolder(config, () => withOpenBase(config, context, work));
}

/** Holds the folder of central for as long as `work` runs. Throws `central-running`. */
export async function withFolder<T>(config: CentralConfig, work: () => Promise<T>): Promise<T> {
  const lock = lockFolder(config.state, 'central');
  if (lock === null) throw new GuaritaError('central-running', `Pasta "${config.state}".`);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** The base, migrated, for whoever holds the folder already. */
export async function withOpenBase<T>(
  config: CentralConfig,
  context: ProgramContext,
  work: (base: Base, baseId: string) => Promise<T>,
): Promise<T> {
  const base = await openBase({
    url: config.base.url ?? null,
    password: readSecret(config.base.password, context.environment),
    folder: config.state,
    connections: config.parallel + 1,
    timeoutSeconds: config.base.timeoutSeconds,
  });
  try {
    return await work(base, await migrateBase(base));
  } finally {
    await base.close();
  }
}

/** Sources by their names, or all of them. Throws `source-unknown`. */
export function sourcesNamed(config: CentralConfig, names: readonly string[]): readonly SourceEntry[] {
  if (config.sources.length === 0) {
    throw new GuaritaError(
      'source-unknown',
      'Nenhum estado está cadastrado ("source invite", "source accept").',
    );
  }
  const named = new Set(names.map((name) => sourceNamed(config, name)));
  return named.size === 0 ? config.sources : [...named];
}

/** Throws `source-unknown`. */
export function sourceNamed({ sources }: CentralConfig, name: string): SourceEntry {
  const source = sources.find((candidate) => candidate.uf === name.toUpperCase());
  if (source !== undefined) return source;
  const there = sources.map(({ uf }) => uf).join(', ');
  throw new GuaritaError('source-unknown', `"${name}"; há: ${there}.`);
}
