import { GuaritaError } from '../shared/errors.ts';
import { type Environment, readConfig } from '../shared/options.ts';
import { requireUsableMode } from '../shared/sources/view-modes.ts';
import { type AgentConfig, agentConfigSchema, agentEnvironmentPrefix } from './config.ts';

/** The configuration of this agent. Throws `config-unreadable`, `config-invalid`, `secret-exposed`, `mode-unusable`. */
export function readAgentConfig(file: string, environment: Environment): AgentConfig {
  const config = readConfig(agentConfigSchema, file, environment, agentEnvironmentPrefix);
  refuseTwins(config.views.map(({ name }) => name));
  for (const view of config.views) requireUsableMode(view);
  return config;
}

/** A grant names views, and so does a request: of two with one name, only one could ever be meant. */
function refuseTwins(names: readonly string[]): void {
  const twin = names.find((name, index) => names.indexOf(name) < index);
  if (twin === undefined) return;
  throw new GuaritaError('config-invalid', `views: há mais de uma visão de nome "${twin}".`);
}
