import { GuaritaError } from '../shared/errors.ts';
import { readConfig } from '../shared/options/read-config.ts';
import { readSecret, requireNoPassword } from '../shared/options/secrets.ts';
import type { ProgramContext } from '../shared/program.ts';
import { lockFolder } from '../shared/state-file.ts';
import { atVersion } from './base/at-version.ts';
import type { Base } from './base/base.ts';
import { migrateBase } from './base/migrate.ts';
import { openBase } from './base/open.ts';
import {
  type CentralConfig,
  centralConfigSchema,
  centralEnvironmentPrefix,
  type SourceEntry,
} from './config.ts';
import { departureOf } from './enrolment/end.ts';
import { enrolledFile, enrolledNames, isDirect, readRecord } from './enrolment/enrolled-source.ts';

export interface CentralOptions {
  readonly config: string;
  /** Address of the base; goes before the configuration's. */
  readonly base?: string;
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
    const source = readRecord(record);
    const { schedule, ended } = source;
    const over = ended === null ? {} : ({ over: departureOf(source) === null ? 'ended' : 'left' } as const);
    const known = { uf, ...(schedule === null ? {} : { schedule }), ...over };
    if (isDirect(source)) return { ...known, rule: source.rule, direct: record };
    return { ...known, url: source.url, record };
  });
}

/** Two sources of one name would be one schema in the base and one checkpoint: each would undo the other. */
function refuseTwins(sources: readonly SourceEntry[]): void {
  const names = sources.map(({ uf }) => uf);
  const twin = names.find((name, index) => names.indexOf(name) < index);
  if (twin !== undefined)
    throw new GuaritaError('config-invalid', `sources: há mais de um estado de nome "${twin}".`);
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
    const id = await migrateBase(base);
    // In process nobody else has it.
    return await work(config.base.url === undefined ? base : atVersion(base), id);
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
