import { standardViews } from '../../shared/dictionary/standard-views.ts';
import { postgresLogin } from '../../shared/sources/postgres-client/address.ts';
import type { SourceConfig } from '../../shared/sources/source-config.ts';
import { relationParts } from '../../shared/sources/view-config.ts';
import type { AgentConfig } from '../config/config.ts';
import { databaseScript } from '../database-scripts/script.ts';

/**
 * What the state's DBA runs when the agreement is over: ends the sessions of the agent's user, takes its access away.
 * @param from the host of the user, which MySQL asks for; not known without asking the server
 */
export function revocationScript(
  { source, views }: Pick<AgentConfig, 'source' | 'views'>,
  from: string | null = null,
): string {
  const { user, database } = loginOf(source);
  const [first] = views;
  const parts = first === undefined ? [] : relationParts(first);
  const schema = parts.length > 1 ? (parts[0] ?? 'guarita') : 'guarita';
  const named = standardViews.filter(({ name }) => views.some((view) => view.name === name));
  return databaseScript(source.engine, ['revoke'], { schema, database, user, from, views: named });
}

/** The agent's own user in the state database. */
export function loginOf(source: SourceConfig): { readonly user: string; readonly database: string } {
  if (source.engine === 'sqlite') return { user: '', database: source.file };
  return source.engine === 'postgres' ? postgresLogin(source.url) : source;
}
