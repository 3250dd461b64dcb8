import type { Command } from 'commander';
import { environmentHelp } from '../shared/options/declared.ts';
import { sampleYaml } from '../shared/options/sample.ts';
import { createProgram, type ProgramContext } from '../shared/program.ts';
import type { CentralOptions } from './central.ts';
import { addAccess } from './commands/access/add-access.ts';
import { addConsole } from './commands/add-console.ts';
import { addDecisions } from './commands/add-decisions.ts';
import { addNotices } from './commands/add-notices.ts';
import { addProof } from './commands/add-proof.ts';
import { addSource } from './commands/add-source.ts';
import { addTreatment } from './commands/add-treatment.ts';
import { addAudit } from './commands/audit/add-audit.ts';
import { type CollectOptions, collect } from './commands/collect.ts';
import { type DoctorOptions, doctor, doctorHelp } from './commands/doctor.ts';
import { key } from './commands/key.ts';
import { addLinkage } from './commands/link/add-linkage.ts';
import { type ReconcileOptions, reconcile } from './commands/reconcile.ts';
import { type ServeOptions, serve } from './commands/serve.ts';
import { type StatusOptions, statusHelp, statusWithBase } from './commands/status.ts';
import { centralConfigSchema, centralEnvironmentPrefix } from './config.ts';

/** The commands of central; each is one file under `commands/`, where `add-*` declares those of one subject. */
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
    .command('reconcile')
    .description(
      'coleta e confere por inteiro as fontes citadas, ou todas: acha o que a coleta diária não vê',
    )
    .argument('[uf...]', 'siglas das fontes')
    .option('--view <visão>', 'só esta visão')
    .option('--json', 'mostra o resultado em JSON')
    .action((names: string[], _options: unknown, command: Command) =>
      reconcile(names, command.optsWithGlobals<ReconcileOptions>(), context),
    );
  addTreatment(program, context);
  addLinkage(program, context);
  addSource(program, context);
  addProof(program, context);
  addDecisions(program, context);
  addAudit(program, context);
  addNotices(program, context);
  addConsole(program, context);
  addAccess(program, context);
  program
    .command('status')
    .description('mostra a situação de cada estado')
    .argument('[uf...]', 'siglas das fontes')
    .option('--views', 'mostra também cada visão')
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', statusHelp)
    .action((names: string[], _options: unknown, command: Command) =>
      statusWithBase(names, command.optsWithGlobals<StatusOptions>(), context),
    );
  program
    .command('doctor')
    .description('confere tudo de que a central precisa e diz o que fazer')
    .option('--repair', 'refaz um arquivo de marcas d’água danificado ou perdido')
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', doctorHelp)
    .action((_options: unknown, command: Command) =>
      doctor(command.optsWithGlobals<DoctorOptions>(), context),
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
