import { type Command, InvalidArgumentError, Option } from 'commander';
import { environmentHelp, sampleYaml } from '../shared/options.ts';
import { createProgram, type ProgramContext } from '../shared/program.ts';
import { addService } from './commands/add-service.ts';
import { doctor, doctorHelp, type DoctorOptions } from './commands/doctor.ts';
import { type GrantOptions, grant } from './commands/grant.ts';
import { key } from './commands/key.ts';
import { serve } from './commands/serve.ts';
import { sql, sqlHelp, type SqlOptions } from './commands/sql.ts';
import { agentConfigSchema, agentConfigSchemaFor, agentEnvironmentPrefix } from './config.ts';
import { nameRule } from './database-scripts/dialect.ts';
import { type ScriptEngine, scriptEngines, scriptParts } from './database-scripts/script.ts';
import { withCredentials } from './service/credentials.ts';

const configOption = ['-c, --config <arquivo>', 'arquivo de configuração (YAML)'] as const;

/** The commands of the agent; each is one file under `commands/`. */
export function createAgentProgram(given: ProgramContext): Command {
  const context = { ...given, environment: withCredentials(given.environment) };
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
  program
    .command('doctor')
    .description('confere o caminho até o banco, o usuário, cada visão e o próprio agente, e diz o que fazer')
    .requiredOption(...configOption)
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', doctorHelp)
    .action((options: DoctorOptions) => doctor(options, context));
  addSql(program, context);
  addService(program, context);
  const config = program.command('config').description('modelo e esquema da configuração');
  config
    .command('sample')
    .description('mostra uma configuração comentada, para começar')
    .addOption(new Option('--engine <banco>', 'para este banco').choices(scriptEngines).default('postgres'))
    .action(({ engine }: { engine: ScriptEngine }) =>
      context.print(sampleYaml(agentConfigSchemaFor(engine), 'Configuração do guarita-agent')),
    );
  config
    .command('schema')
    .description('mostra o JSON Schema da configuração')
    .action(() => context.print(JSON.stringify(agentConfigSchema, null, 2)));
  return program;
}

function addSql(program: Command, context: ProgramContext): void {
  const named = (flags: string, what: string, preset: string) =>
    new Option(flags, what).default(preset).argParser(matching(nameRule));
  program
    .command('sql')
    .description('mostra ao DBA do estado o SQL das visões, do usuário só de leitura e da revogação')
    .addOption(new Option('--engine <banco>', 'banco do estado').choices(scriptEngines).makeOptionMandatory())
    .addOption(new Option('--part <parte>', 'só esta parte').choices(scriptParts))
    .addOption(named('--schema <nome>', 'esquema das visões', 'guarita'))
    .addOption(
      new Option('--database <nome>', 'banco do estado').default('siap').argParser(matching(databaseRule)),
    )
    .addOption(named('--user <nome>', 'usuário do agente', 'guarita_leitura'))
    .addOption(
      new Option('--from <endereço>', 'de onde o agente conecta (MySQL)').argParser(matching(hostRule)),
    )
    .option('--views <a,b>', 'só estas visões; sem isto, todas as do dicionário')
    .addHelpText('after', sqlHelp)
    .action((options: SqlOptions) => sql(options, context));
}

/** No quotes of any kind: the name stands in comments, too. */
const databaseRule = /^[^'"`\p{Cc}]{1,255}$/u;
const hostRule = /^[\w.:%-]{1,60}(\/[\d.]+)?$/;

function matching(rule: RegExp): (value: string) => string {
  return (value) => {
    if (!rule.test(value)) throw new InvalidArgumentError('');
    return value;
  };
}
