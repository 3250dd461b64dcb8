import { standardViews } from '../dictionary/standard-views.ts';
import { GuaritaError } from '../errors.ts';
import type { Reader } from './dialect.ts';
import { databaseScript, type ScriptEngine, type ScriptPart } from './script.ts';

/** What `addScriptOptions` makes of a command line. */
export interface ToldScript {
  /** Without one: all that the beginning of the agreement needs. */
  readonly part?: ScriptPart;
  readonly schema: string;
  readonly database: string;
  readonly user: string;
  readonly from?: string;
  /** Names of standard views, parted by commas; without it, all of them. */
  readonly views?: string;
}

/** The statements for the state's DBA, as told on a command line. Throws `view-unknown`. */
export function toldScript(engine: ScriptEngine, told: ToldScript, reader: Reader): string {
  const { schema, database, user, from = null } = told;
  const views = wantedViews(told.views);
  return databaseScript(engine, partsOf(told), { schema, database, user, from, views, reader });
}

export function partsOf({ part }: Pick<ToldScript, 'part'>): readonly ScriptPart[] {
  return part === undefined ? ['views', 'user'] : [part];
}

function wantedViews(list: string | undefined): typeof standardViews {
  const names = list?.split(',');
  const unknown = names?.filter((name) => !standardViews.some((view) => view.name === name)) ?? [];
  if (unknown.length > 0) throw new GuaritaError('view-unknown', `"${unknown.join('", "')}".`);
  return standardViews.filter(({ name }) => names?.includes(name) ?? true);
}
