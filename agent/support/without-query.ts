import type { AgentConfig } from '../config/config.ts';

/** The configuration with only the names of what an address of the database adds to itself: drivers take secrets there. */
export function withoutQuery(config: AgentConfig): AgentConfig {
  const { source } = config;
  if (!('url' in source)) return config;
  const url = source.url.replace(/(?<=\?.*)=[^&]*/g, '=…');
  return { ...config, source: { ...source, url } };
}
