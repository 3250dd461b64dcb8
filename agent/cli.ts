import type { Command } from 'commander';
import { environmentHelp, sampleYaml } from '../shared/options.ts';
import { createProgram, type ProgramContext } from '../shared/program.ts';
import { type GrantOptions, grant } from './commands/grant.ts';
import { key } from './commands/key.ts';
import { serve } from './commands/serve.ts';
import { agentConfigSchema, agentEnvironmentPrefix } from './config.ts';

const configOption = ['-c, --config <arquivo>', 'arquivo de configuração (YAML)'] as const;

/** The commands of the agent; each is one file under `commands/`. */
export function createAgentProgram(context: ProgramContext): Command {
  const program = createProgram('guarita-agent', 'Entrega à SENAPPEN, só para leitura, as visões acordadas.');
  program
    .command('serve')
    .description('atende a central até ser parado (Ctrl-C ou SIGTERM)')
    .requiredOption(...configOption)
    .addHelpText('after', environmentHelp(agentConfigSchema, agentEnvironmentPrefix))
    .action((options: { config: string }) => serve(options.config, context));
  program
    .command('key')
    .description('mostra a chave pública deste agente (cria o par de chaves se não houver)')
    .requiredOption(...configOption)
    .action((options: { config: string }) => key(options.config, context));
  program
    .command('grant')
    .description('emite a autorização com que a central lê as visões durante o acordo (ACT)')
    .requiredOption(...configOption)
    .requiredOption('--central <arquivo>', 'chave pública da central (JWK)')
    .requiredOption('--act <número>', 'número do acordo')
    .requiredOption('--begin <dia>', 'primeiro dia do acordo (AAAA-MM-DD)')
    .option('--months <n>', 'duração em meses', '60')
    .option('--views <a,b>', 'visões autorizadas; sem isto, todas as da configuração')
    .option('--out <arquivo>', 'grava a autorização neste arquivo em vez de mostrá-la')
    .action((options: GrantOptions) => grant(options, context));
  const config = program.command('config').description('modelo e esquema da configuração');
  config
    .command('sample')
    .description('mostra uma configuração comentada, para começar')
    .action(() => context.print(sampleYaml(agentConfigSchema, 'Configuração do guarita-agent')));
  config
    .command('schema')
    .description('mostra o JSON Schema da configuração')
    .action(() => context.print(JSON.stringify(agentConfigSchema, null, 2)));
  return program;
}
