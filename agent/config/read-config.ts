import { allowedAddresses } from '../../shared/allowed-addresses.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { isLoopback } from '../../shared/loopback.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { judgedConfig, readConfig } from '../../shared/options/read-config.ts';
import { postgresAddress } from '../../shared/sources/postgres-client/address.ts';
import type { SourceConfig } from '../../shared/sources/source-config.ts';
import { requireUsableMode } from '../../shared/sources/view-modes.ts';
import { type AgentConfig, agentConfigSchema, agentEnvironmentPrefix } from './config.ts';

/** The configuration of this agent. Throws `config-unreadable`, `config-invalid`, `secret-exposed`, `mode-unusable`. */
export function readAgentConfig(file: string, environment: Environment): AgentConfig {
  return consistent(readConfig(agentConfigSchema, file, environment, agentEnvironmentPrefix));
}

/** The same of one that is in no file yet. Throws `config-invalid`, `secret-exposed`, `mode-unusable`. */
export function judgeAgentConfig(given: unknown, environment: Environment): void {
  consistent(judgedConfig(agentConfigSchema, given, environment, agentEnvironmentPrefix));
}

function consistent(config: AgentConfig): AgentConfig {
  refuseTwins(config.views.map(({ name }) => name));
  for (const view of config.views) requireUsableMode(view);
  requireAddress(config.source);
  requireTls(config.listen);
  allowedAddresses(config.listen.allow, 'listen.allow');
  return config;
}

/** A grant names views, and so does a request: of two with one name, only one could ever be meant. */
function refuseTwins(names: readonly string[]): void {
  const twin = names.find((name, index) => names.indexOf(name) < index);
  if (twin === undefined) return;
  throw new GuaritaError('config-invalid', `views: há mais de uma visão de nome "${twin}".`);
}

/** Without TLS nobody but this machine may be able to listen in. */
function requireTls({ host, tls }: AgentConfig['listen']): void {
  if (tls || isLoopback(host)) return;
  throw new GuaritaError(
    'config-invalid',
    `listen.tls: sem TLS, só em loopback (127.0.0.1), não em "${host}".`,
  );
}

/** An address that is none is a fault of the configuration; the driver would throw an error of its own. */
function requireAddress(source: SourceConfig): void {
  if (!('url' in source)) return;
  try {
    postgresAddress(source.url);
  } catch {
    throw new GuaritaError('config-invalid', 'source.url: não é um endereço (servidor, porta de 1 a 65535).');
  }
}
