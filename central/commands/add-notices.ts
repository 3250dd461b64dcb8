import type { Command } from 'commander';
import type { ProgramContext } from '../../shared/program.ts';
import type { CentralOptions } from '../central.ts';
import { showNotices, tryNotices } from './notices.ts';

/** What whoever operates central is told without asking. */
export function addNotices(program: Command, context: ProgramContext): void {
  const notices = program
    .command('notices')
    .description('avisos: o que sai por correio ou webhook, e a quem');
  notices
    .command('show', { isDefault: true })
    .description('mostra quem recebe avisos e o que espera para sair')
    .action((_options: unknown, command: Command) =>
      showNotices(command.optsWithGlobals<CentralOptions>(), context),
    );
  notices
    .command('try')
    .description('manda um aviso de teste a cada um que os recebe, e diz se chegou ao servidor')
    .action((_options: unknown, command: Command) =>
      tryNotices(command.optsWithGlobals<CentralOptions>(), context),
    );
}
