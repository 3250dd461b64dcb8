import { type Command, Option } from 'commander';
import { type ScriptEngine, scriptEngines } from '../shared/database-scripts/script.ts';
import { addScriptOptions, engineOption } from '../shared/database-scripts/script-options.ts';
import { addSourceOptions } from '../shared/enrolment/database/source-options.ts';
import { environmentHelp } from '../shared/options/declared.ts';
import { sampleYaml } from '../shared/options/sample.ts';
import { createProgram, type ProgramContext } from '../shared/program.ts';
import {
  type ActOptions,
  actClock,
  actExtend,
  actResume,
  actRevoke,
  actStatus,
  actSuspend,
  type ExtendOptions,
  type RevokeOptions,
} from './commands/act.ts';
import type { ReportOptions } from './commands/act-report.ts';
import { addService } from './commands/add-service.ts';
import type { DoctorOptions } from './commands/doctor.ts';
import { type GrantOptions, grant } from './commands/grant.ts';
import type { InitOptions } from './commands/init.ts';
import { exportJournal, type JournalOptions, verifyOwnJournal } from './commands/journal.ts';
import { key } from './commands/key.ts';
import { type KeysOptions, rotateKeys, showKeys } from './commands/keys.ts';
import { serve } from './commands/serve.ts';
import { type SqlOptions, sql, sqlHelp } from './commands/sql.ts';
import type { SupportOptions } from './commands/support.ts';
import { agentConfigSchema, agentConfigSchemaFor, agentEnvironmentPrefix } from './config/config.ts';
import { withCredentials } from './service/credentials.ts';

const initHelp = `
Pergunta passo a passo o que não for dito nas opções. A senha nunca é uma opção: é digitada sem aparecer, ou
fica onde --password-env, --password-file ou --password-credential dizem.
Grava a configuração e, se o doctor não achar nada a corrigir, a resposta a enviar à central.`;

const doctorHelp = `
Cada visão é lida por inteiro duas vezes; nada é gravado. Valores de linhas nunca são mostrados.
Código de saída: 0 tudo em ordem, 1 atenção, 2 há o que corrigir.`;

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
    .action(async (options: DoctorOptions) => {
      // Loaded when it is asked for: with its number formats it would be 6 MB of an agent that serves.
      const { doctor } = await import('./commands/doctor.ts');
      return doctor(options, context);
    });
  program
    .command('support')
    .description('grava um arquivo para pedir ajuda: o estado do agente, sem segredos nem dados de presos')
    .requiredOption(...configOption)
    .option('--out <arquivo>', 'onde gravar; sem isto, guarita-suporte-DIA.json')
    .option('--no-doctor', 'não roda "doctor", que pode demorar')
    .action(async (options: SupportOptions) => {
      const { support } = await import('./commands/support.ts');
      return support(options, context);
    });
  addInit(program, context);
  addAct(program, context);
  addKeys(program, context);
  addJournal(program, context);
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

function addInit(program: Command, context: ProgramContext): void {
  const command = program
    .command('init')
    .description(
      'cadastra este agente pelo convite da central: pergunta, confere, grava configuração e resposta',
    )
    .requiredOption('--invite <arquivo>', 'o convite (UF.convite.json)')
    .option('-c, --config <arquivo>', 'configuração a gravar, ou que já existe')
    .option('--state <pasta>', 'pasta do agente');
  addSourceOptions(command)
    .option('--listen <endereço>', 'onde o agente atende (10.8.0.5:8443)')
    .option('--listen-anywhere', 'permite escutar em todas as redes')
    .option('--address <endereço>', 'por onde a central chega ao agente, se for outro')
    .option('--out <arquivo>', 'onde gravar a resposta; sem isto, UF.resposta.json')
    .option('--without <a,b>', 'responde sem estas visões que a central pede, em vez de perguntar')
    .option('--also <a,b>', 'publica estas visões, que a configuração ainda não tem, em vez de perguntar')
    .option('--even-so', 'responde mesmo que o doctor ache o que corrigir')
    .addHelpText('after', initHelp)
    .action(async ({ password, ...options }: InitOptions & { password?: boolean }) => {
      const { init } = await import('./commands/init.ts');
      return init({ ...options, noPassword: password === false }, context);
    });
}

function addAct(program: Command, context: ProgramContext): void {
  const act = program.command('act').description('o acordo (ACT): situação, aditivo, suspensão, revogação');
  const command = (name: string, description: string) =>
    act
      .command(name)
      .description(description)
      .requiredOption(...configOption);
  const yes = ['--yes', 'não pergunta'] as const;
  command('status', 'mostra o acordo e o que fazer')
    .option('--json', 'em JSON')
    .action((options: ActOptions) => actStatus(options, context));
  command('extend', 'registra um aditivo: o acordo vai até o fim de um dia')
    .requiredOption('--until <dia>', 'último dia (AAAA-MM-DD)')
    .requiredOption('--document <texto>', 'número do aditivo')
    .action((options: ExtendOptions) => actExtend(options, context));
  command('suspend', 'suspende: nada é entregue até retomar')
    .option('--reason <texto>', 'motivo')
    .action((options: ActOptions & { reason?: string }) => actSuspend(options, context));
  command('resume', 'retoma um acordo suspenso').action((options: ActOptions) => actResume(options, context));
  command('revoke', 'revoga o acordo, e mostra como tirar o acesso do usuário no banco')
    .requiredOption('--reason <texto>', 'motivo')
    .option('--database', 'tira também o acesso do usuário no banco, com o login de um DBA (perguntado)')
    .option('--dba-user <nome>', 'usuário do DBA, em vez de perguntar')
    .option(...yes)
    .action((options: RevokeOptions) => actRevoke(options, context));
  command('report', 'mostra o que foi entregue no acordo, por mês e visão')
    .option('--json', 'em JSON')
    .option('--csv', 'em CSV')
    .action(async (options: ReportOptions) => {
      const { actReport } = await import('./commands/act-report.ts');
      return actReport(options, context);
    });
  command('clock', 'adota o instante atual, se o relógio esteve adiantado e foi acertado')
    .option(...yes)
    .action((options: ActOptions) => actClock(options, context));
}

function addJournal(program: Command, context: ProgramContext): void {
  const journal = program.command('journal').description('o diário: tudo o que foi pedido e entregue');
  journal
    .command('verify')
    .description('confere o diário inteiro: nada removido, alterado ou fora de ordem')
    .requiredOption(...configOption)
    .option('--file <arquivo>', 'um diário exportado, em vez do diário deste agente')
    .action((options: JournalOptions) => verifyOwnJournal(options, context));
  journal
    .command('export')
    .description('grava o diário em um arquivo, para comparar com a central ou guardar')
    .requiredOption(...configOption)
    .option('--out <arquivo>', 'onde gravar; sem isto, UF.journal')
    .action((options: JournalOptions) => exportJournal(options, context));
}

function addKeys(program: Command, context: ProgramContext): void {
  const keys = program.command('keys').description('chave e certificado do agente');
  keys
    .command('show', { isDefault: true })
    .description('mostra chave e certificado, e a próxima, se houver')
    .requiredOption(...configOption)
    .action((options: KeysOptions) => showKeys(options, context));
  keys
    .command('rotate')
    .description('prepara a próxima chave; a central a recebe sem novo cadastro')
    .requiredOption(...configOption)
    .action((options: KeysOptions) => rotateKeys(options, context));
}

function addSql(program: Command, context: ProgramContext): void {
  const command = program
    .command('sql')
    .description('mostra ao DBA do estado o SQL das visões, do usuário só de leitura e da revogação')
    .addOption(engineOption().makeOptionMandatory());
  addScriptOptions(command, 'o agente')
    .addHelpText('after', sqlHelp)
    .action((options: SqlOptions) => sql(options, context));
}
