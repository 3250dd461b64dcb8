import type { Command } from 'commander';
import type { ProgramContext } from '../../../shared/program.ts';
import type { AccessOptions } from './ask.ts';
import { listWatched, unwatchRegister, type WatchOptions, watchRegister } from './watched.ts';

/** Registers at which nobody looks without an auditor seeing it. */
export function addWatch(access: Command, context: ProgramContext): void {
  const watch = access.command('watch').description('registros vigiados: cada consulta levanta um alarme');
  const ofRegister = (name: string, description: string) =>
    watch
      .command(name)
      .description(description)
      .argument('<registro>', 'como a auditoria o mostra (natal_id)')
      .requiredOption('--reason <texto>', 'por quê; fica na auditoria');
  ofRegister('add', 'passa a vigiar um registro').action(
    (register: string, _options: unknown, command: Command) =>
      watchRegister(register, command.optsWithGlobals<WatchOptions>(), context),
  );
  ofRegister('remove', 'deixa de vigiar um registro').action(
    (register: string, _options: unknown, command: Command) =>
      unwatchRegister(register, command.optsWithGlobals<WatchOptions>(), context),
  );
  watch
    .command('list')
    .description('mostra os registros vigiados')
    .option('--json', 'mostra o resultado em JSON')
    .action((_options: unknown, command: Command) =>
      listWatched(command.optsWithGlobals<AccessOptions>(), context),
    );
}
