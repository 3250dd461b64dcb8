import { standardViews } from '../dictionary/standard-views.ts';
import { postgresLogin } from '../sources/postgres-client/address.ts';
import type { SourceConfig } from '../sources/source-config.ts';
import { relationParts, type ViewConfig } from '../sources/view-config.ts';
import type { Reader, ScriptNames } from './dialect.ts';
import { databaseScript } from './script.ts';

/** Where views are read, and which. */
interface ConfiguredViews {
  readonly source: SourceConfig;
  readonly views: readonly ViewConfig[];
}

/**
 * What the state's DBA runs when the agreement is over: ends the sessions of Guarita's user, takes its access away.
 * @param from the host of the user, which MySQL asks for; not known without asking the server
 */
export function revocationScript(
  configured: ConfiguredViews,
  reader: Reader,
  from: string | null = null,
): string {
  return databaseScript(configured.source.engine, ['revoke'], { ...namesOf(configured), from, reader });
}

/** What a script is made for, of views that are configured already. */
export function namesOf({ source, views }: ConfiguredViews): Omit<ScriptNames, 'from' | 'reader'> {
  const { user, database } = loginOf(source);
  const [first] = views;
  const parts = first === undefined ? [] : relationParts(first);
  const schema = parts.length > 1 ? (parts[0] ?? 'guarita') : 'guarita';
  const named = standardViews.filter(({ name }) => views.some((view) => view.name === name));
  return { schema, database, user, views: named };
}

/** Guarita's user in the state database. */
export function loginOf(source: SourceConfig): { readonly user: string; readonly database: string } {
  if (source.engine === 'sqlite') return { user: '', database: source.file };
  return source.engine === 'postgres' ? postgresLogin(source.url) : source;
}
