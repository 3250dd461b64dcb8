import { join } from 'node:path';
import { GuaritaError } from '../shared/errors.ts';
import { createLogger, type Logger } from '../shared/log.ts';
import { readConfig, readSecret, requireNoPassword } from '../shared/options.ts';
import type { ProgramContext } from '../shared/program.ts';
import { type KeyPair, readOrCreateKeyPair } from '../shared/signing/keys.ts';
import { lockFolder } from '../shared/state-file.ts';
import { migrateBase } from './base/migrate.ts';
import { openBase } from './base/open.ts';
import { Checkpoints } from './collect/checkpoints.ts';
import type { SourceProgress, SourceResult } from './collect/collect-source.ts';
import { Collector } from './collect/collector.ts';
import {
  type CentralConfig,
  centralConfigSchema,
  centralEnvironmentPrefix,
  type SourceEntry,
} from './config.ts';
import { openSource } from './sources/open.ts';

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
  collect(source: SourceEntry): Promise<SourceResult>;
}

export function readCentralConfig(options: CentralOptions, context: ProgramContext): CentralConfig {
  const { environment } = context;
  const config = readConfig(centralConfigSchema, options.config, environment, centralEnvironmentPrefix);
  refuseTwins(config.sources);
  if (options.base === undefined) return config;
  requireNoPassword(options.base, '--base');
  if (!/^postgres(ql)?:\/\//.test(options.base)) {
    throw new GuaritaError(
      'config-invalid',
      '--base: an address such as postgres://user@host:5432/database.',
    );
  }
  return { ...config, base: { ...config.base, url: options.base } };
}

/** Two sources of one name would be one schema in the base and one checkpoint: each would undo the other. */
function refuseTwins(sources: readonly SourceEntry[]): void {
  const names = sources.map(({ uf }) => uf);
  const twin = names.find((name, index) => names.indexOf(name) < index);
  if (twin !== undefined) throw new GuaritaError('config-invalid', `sources: "${twin}" is there twice.`);
}

export function centralKeyFile(config: CentralConfig): string {
  return join(config.state, 'central.key.jwk');
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
  const lock = lockFolder(config.state, 'central');
  if (lock === null) throw new GuaritaError('central-running', `Folder "${config.state}".`);
  try {
    const key = readOrCreateKeyPair(centralKeyFile(config));
    const checkpoints = Checkpoints.open(config.state);
    try {
      const base = await openBase({
        url: config.base.url ?? null,
        password: readSecret(config.base.password, context.environment),
        folder: config.state,
        connections: config.parallel + 1,
        timeoutSeconds: config.base.timeoutSeconds,
      });
      try {
        const baseId = await migrateBase(base);
        const { parallel } = config;
        const collector = new Collector({
          base,
          baseId,
          checkpoints,
          log,
          parallel,
          stop: context.stop,
          onProgress,
        });
        return await work({
          config,
          log,
          isRunning: (source) => collector.isRunning(source.uf),
          collect: (source) => collectOne(collector, source, config, key),
        });
      } finally {
        await base.close();
      }
    } finally {
      checkpoints.close();
    }
  } finally {
    lock.release();
  }
}

function collectOne(
  collector: Collector,
  source: SourceEntry,
  config: CentralConfig,
  key: KeyPair,
): Promise<SourceResult> {
  const { timeoutSeconds, maxResponseBytes: maxBytes } = config;
  return collector.collect(source.uf, (onReceipt) =>
    openSource(source, { key, timeoutSeconds, maxBytes, onReceipt }),
  );
}
