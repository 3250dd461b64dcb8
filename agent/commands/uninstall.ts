import { ExitCode, type ProgramContext } from '../../shared/program.ts';
import { confirm } from '../../shared/prompts.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { keepJournal } from '../service/keep-journal.ts';
import { layout } from '../service/layout.ts';
import { toolRunner } from '../service/run-tool.ts';
import { requireRoot, requireSystemd } from '../service/systemd.ts';
import { removeEverything } from '../service/uninstall.ts';

export interface UninstallOptions {
  readonly config: string;
  readonly yes?: boolean;
}

/** Leaves nothing of the agent but its journal. Cut short, it is run again, and does the rest. */
export async function uninstall(options: UninstallOptions, context: ProgramContext): Promise<void> {
  const run = toolRunner(context.environment);
  await requireSystemd(run);
  requireRoot();
  const { config: configFile } = options;
  const config = readAgentConfig(configFile, context.environment);
  if (options.yes !== true && !(await confirmed(config.id, config.state))) {
    context.print('Nada foi removido.');
    throw new ExitCode(1);
  }
  const { journal, left } = await removeEverything({ config, configFile, run, keepJournal });
  context.print('✓ serviço, programa, usuário, configuração, chaves e senhas removidos');
  context.print(journal === null ? 'Não havia diário.' : `✓ diário guardado: ${journal}`);
  for (const file of left) context.print(`  fica, por não ser do agente: ${file}`);
  context.print('→ Peça ao DBA que revogue o usuário do banco (guarita-agent sql --part revoke).');
}

/** Throws `option-invalid` where nobody can be asked. */
function confirmed(id: string, state: string): Promise<boolean> {
  return confirm(
    `Remover o agente ${id}: serviço, ${layout.settings}, chaves e ${state}, menos o diário? (--yes)`,
  );
}
