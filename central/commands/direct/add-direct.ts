import type { Command } from 'commander';
import { addScriptOptions, engineOption } from '../../../shared/database-scripts/script-options.ts';
import { addSourceOptions } from '../../../shared/enrolment/database/source-options.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import { type ActOptions, actHelp, sourceAct } from './act.ts';
import { type AddOptions, addDirect, addHelp } from './add.ts';
import { type ScriptOptions, scriptHelp, sourceScript } from './script.ts';

/** States whose database central reads itself: to enrol, to prepare, to declare their agreement. */
export function addDirectSources(source: Command, context: ProgramContext): void {
  const add = source
    .command('add')
    .description('cadastra um estado sem agente: a central lê o banco dele (regras 1 e 5)')
    .argument('<uf>', 'sigla do estado; BR, o sistema penitenciário federal')
    .requiredOption('--rule <n>', '1, pela VPN; 5, pela internet')
    .requiredOption('--act <número>', 'número do acordo (ACT)')
    .requiredOption('--begin <dia>', 'primeiro dia do acordo (AAAA-MM-DD)')
    .option('--months <n>', 'duração em meses', '60')
    .option('--views <a,b>', 'visões pedidas; sem isto, todas as do dicionário')
    .option('--without <a,b>', 'visões que se combinou deixar de fora');
  addSourceOptions(add)
    .option('--schedule <cron>', 'horário próprio de coleta')
    .option('--again', 'troca o cadastro que já existe')
    .option('--even-so', 'cadastra mesmo que haja o que corrigir')
    .addHelpText('after', addHelp)
    .action((uf: string, _options: unknown, command: Command) => {
      const { password, ...options } = command.optsWithGlobals<AddOptions & { password?: boolean }>();
      return addDirect(uf, { ...options, noPassword: password === false }, context);
    });
  const sql = source
    .command('sql')
    .description('mostra ao DBA do estado o SQL das visões, do usuário só de leitura e da revogação')
    .argument('<uf>', 'sigla do estado')
    .addOption(engineOption());
  addScriptOptions(sql, 'a central')
    .addHelpText('after', scriptHelp)
    .action((uf: string, _options: unknown, command: Command) =>
      sourceScript(uf, command.optsWithGlobals<ScriptOptions>(), context),
    );
  source
    .command('act')
    .description('o acordo de um estado sem agente: situação, aditivo, suspensão, revogação')
    .argument('<uf>', 'sigla do estado')
    .option('--extend <dia>', 'aditivo: o acordo vai até o fim deste dia (AAAA-MM-DD)')
    .option('--document <texto>', 'número do aditivo')
    .option('--suspend', 'suspende: nada se lê até retomar')
    .option('--resume', 'retoma o que foi suspenso')
    .option('--revoke', 'revoga: não se lê mais nada')
    .option('--reason <texto>', 'por que se suspende ou revoga')
    .addHelpText('after', actHelp)
    .action((uf: string, _options: unknown, command: Command) =>
      sourceAct(uf, command.optsWithGlobals<ActOptions>(), context),
    );
}
