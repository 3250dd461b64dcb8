import { databaseScript, type ScriptEngine, type ScriptPart } from '../../shared/database-scripts/script.ts';
import { standardViews } from '../../shared/dictionary/standard-views.ts';
import { GuaritaError } from '../../shared/errors.ts';
import type { ProgramContext } from '../../shared/program.ts';

export interface SqlOptions {
  readonly engine: ScriptEngine;
  /** Without one: all that the beginning of the agreement needs. */
  readonly part?: ScriptPart;
  readonly schema: string;
  readonly database: string;
  readonly user: string;
  readonly from?: string;
  /** Names of standard views, parted by commas; without it, all of them. */
  readonly views?: string;
}

/** Told by `--help`. */
export const sqlHelp = `
Nada é executado: o roteiro é mostrado, para o DBA revisar e rodar. Senhas não aparecem nele.
Sem --part: visões e usuário. A visão do log de mudanças, se o sistema tem um,
só com --part log; a revogação, para o fim do acordo, só com --part revoke.`;

/** Prints the statements for the state's DBA. Throws `view-unknown`. */
export function sql(options: SqlOptions, context: ProgramContext): void {
  const { engine, part, schema, database, user, from = null } = options;
  const parts: readonly ScriptPart[] = part === undefined ? ['views', 'user'] : [part];
  const views = wantedViews(options.views);
  context.print(databaseScript(engine, parts, { schema, database, user, from, views, reader: 'agent' }));
}

function wantedViews(list: string | undefined): typeof standardViews {
  const names = list?.split(',');
  const unknown = names?.filter((name) => !standardViews.some((view) => view.name === name)) ?? [];
  if (unknown.length > 0) throw new GuaritaError('view-unknown', `"${unknown.join('", "')}".`);
  return standardViews.filter(({ name }) => names?.includes(name) ?? true);
}
