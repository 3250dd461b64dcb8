import type { Command } from 'commander';
import { environmentHelp, sampleYaml } from '../shared/options.ts';
import { createProgram, type ProgramContext } from '../shared/program.ts';
import type { CentralOptions } from './central.ts';
import { collect, type CollectOptions } from './commands/collect.ts';
import { key } from './commands/key.ts';
import { serve, type ServeOptions } from './commands/serve.ts';
import { centralConfigSchema, centralEnvironmentPrefix } from './config.ts';

/** The commands of central; each is one file under `commands/`. */
export function createCentralProgram(context: ProgramContext): Command {
  const program = createProgram('guarita-central', 'Coleta dos agentes dos estados para a base nacional.');
  program
    .requiredOption('-c, --config <arquivo>', 'arquivo de configuração (YAML)', 'guarita-central.yaml')
    .option('--base <endereço>', 'PostgreSQL da base nacional, sem senha; sem isto, o da configuração')
    .addHelpText('after', environmentHelp(centralConfigSchema, centralEnvironmentPrefix));
  program
    .command('collect')
    .description('coleta uma vez as fontes citadas, ou todas')
    .argument('[uf...]', 'siglas das fontes')
    .option('--json', 'mostra o resultado em JSON')
    .action((names: string[], _options: unknown, command: Command) =>
      collect(names, command.optsWithGlobals<CollectOptions>(), context),
    );
  program
    .command('serve')
    .description('coleta cada fonte nos seus horários até ser parado (Ctrl-C ou SIGTERM)')
    .option('--now', 'coleta todas já ao iniciar')
    .action((_options: unknown, command: Command) => serve(command.optsWithGlobals<ServeOptions>(), context));
  program
    .command('key')
    .description('mostra a chave pública da central (cria o par de chaves se não houver)')
    .action((_options: unknown, command: Command) => key(command.optsWithGlobals<CentralOptions>(), context));
  const config = program.command('config').description('modelo e esquema da configuração');
  config
    .command('sample')
    .description('mostra uma configuração comentada, para começar')
    .action(() => context.print(sampleYaml(centralConfigSchema, 'Configuração do guarita-central')));
  config
    .command('schema')
    .description('mostra o JSON Schema da configuração')
    .action(() => context.print(JSON.stringify(centralConfigSchema, null, 2)));
  return program;
}
