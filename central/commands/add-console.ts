import type { Command } from 'commander';
import type { ProgramContext } from '../../shared/program.ts';
import { consoleRole } from '../base/access-layer/console-role.ts';
import type { CentralOptions } from '../central.ts';
import { baseSqlHelp, printBaseSql } from './base-sql.ts';
import { consoleHelp, serveConsoleAlone } from './console.ts';

/** The console by itself, and the login that it needs in the base. */
export function addConsole(program: Command, context: ProgramContext): void {
  program
    .command('console')
    .description('atende o console sem a coleta, nesta ou em outra máquina, até ser parado')
    .addHelpText('after', consoleHelp)
    .action((_options: unknown, command: Command) =>
      serveConsoleAlone(command.optsWithGlobals<CentralOptions>(), context),
    );
  const base = program.command('base').description('a base nacional num servidor PostgreSQL');
  base
    .command('sql')
    .description('mostra o script com que o DBA cria o usuário do console')
    .option('--role <nome>', 'nome do usuário', consoleRole)
    .addHelpText('after', baseSqlHelp)
    .action((_options: unknown, command: Command) =>
      printBaseSql(command.optsWithGlobals<{ role: string }>(), context),
    );
}
