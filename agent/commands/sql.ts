import type { ScriptEngine } from '../../shared/database-scripts/script.ts';
import { type ToldScript, toldScript } from '../../shared/database-scripts/told-script.ts';
import type { ProgramContext } from '../../shared/program.ts';

export interface SqlOptions extends ToldScript {
  readonly engine: ScriptEngine;
}

/** Told by `--help`. */
export const sqlHelp = `
Nada é executado: o roteiro é mostrado, para o DBA revisar e rodar. Senhas não aparecem nele.
Sem --part: visões e usuário. A visão do log de mudanças, se o sistema tem um,
só com --part log; a revogação, para o fim do acordo, só com --part revoke.`;

/** Prints the statements for the state's DBA. Throws `view-unknown`. */
export function sql(options: SqlOptions, context: ProgramContext): void {
  context.print(toldScript(options.engine, options, 'agent'));
}
