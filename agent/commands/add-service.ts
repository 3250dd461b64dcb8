import { Argument, type Command } from 'commander';
import type { ProgramContext } from '../../shared/program.ts';
import { layout } from '../service/layout.ts';
import { type TrialMoment, trialMoments } from '../service/trial-moments.ts';
import type { InstallOptions } from './install.ts';
import type { UninstallOptions } from './uninstall.ts';
import type { UpgradeOptions } from './upgrade.ts';

const configOption = ['-c, --config <arquivo>', 'arquivo de configuração (YAML)', layout.config] as const;

/**
 * The commands that make a service of the program on a machine with systemd. Each is loaded when it is asked for: an
 * agent that serves needs none of them.
 */
export function addService(program: Command, context: ProgramContext): void {
  program
    .command('install')
    .description('instala o serviço nesta máquina (systemd), inicia-o e roda "doctor"')
    .option(...configOption)
    .option('--binary <arquivo>', 'instala este programa em vez do que está rodando')
    .option('--no-doctor', 'não roda "doctor" no fim')
    .addHelpText('after', installHelp)
    .action(async (options: InstallOptions) => {
      const { install } = await import('./install.ts');
      return install(options, context);
    });
  program
    .command('upgrade')
    .description(
      'troca o programa instalado por uma versão mais nova, assinada; se não ficar pronta, volta à anterior',
    )
    .argument('<arquivo>', 'a nova versão; ao lado dela, <arquivo>.release.json')
    .option(...configOption)
    .option('--check', 'só confere assinatura e versão; nada muda')
    .action(async (file: string, options: UpgradeOptions) => {
      const { upgrade } = await import('./upgrade.ts');
      return upgrade(file, options, context);
    });
  program
    .command('uninstall')
    .description('remove serviço, programa, usuário, configuração, chaves e senhas; fica só o diário')
    .option(...configOption)
    .option('--yes', 'não pergunta')
    .action(async (options: UninstallOptions) => {
      const { uninstall } = await import('./uninstall.ts');
      return uninstall(options, context);
    });
  program
    .command('trial', { hidden: true })
    .addArgument(new Argument('<momento>').choices(trialMoments))
    .action(async (moment: TrialMoment) => {
      const { trial } = await import('./trial.ts');
      return trial(moment, context);
    });
}

const installHelp = `
Rode como root (sudo). Rode de novo depois de mudar a configuração. O serviço lê a senha do banco de
${layout.credentials}/NOME (só root), citada na configuração como { credential: NOME }.`;
