import type { Command } from 'commander';
import { environmentHelp } from '../shared/options/declared.ts';
import { sampleYaml } from '../shared/options/sample.ts';
import { createProgram, type ProgramContext } from '../shared/program.ts';
import type { CentralOptions } from './central.ts';
import { addDecisions } from './commands/add-decisions.ts';
import { addProof } from './commands/add-proof.ts';
import { addSource } from './commands/add-source.ts';
import { addTreatment } from './commands/add-treatment.ts';
import { type CollectOptions, collect } from './commands/collect.ts';
import { type DoctorOptions, doctor, doctorHelp } from './commands/doctor.ts';
import { key } from './commands/key.ts';
import { type ReconcileOptions, reconcile } from './commands/reconcile.ts';
import { type ServeOptions, serve } from './commands/serve.ts';
import { type StatusOptions, status, statusHelp } from './commands/status.ts';
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
  addSource(program, context);
  addProof(program, context);
  addDecisions(program, context);
  program
    .command('status')
    .description('mostra a situação de cada estado e visão')
    .argument('[uf...]', 'siglas das fontes')
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', statusHelp)
    .action((names: string[], _options: unknown, command: Command) =>
      status(names, command.optsWithGlobals<StatusOptions>(), context),
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

/** From each state's words to the national record, and what the rules find in it. */
function addTreatment(program: Command, context: ProgramContext): void {
  program
    .command('treat')
    .description('trata o que mudou: limpa, tipa, confere e consolida na base nacional')
    .argument('[uf...]', 'siglas; sem isto, todos de que a base tem algo')
    .option('--full', 'trata tudo de novo, desde a primeira linha')
    .option('--step <passo>', 'só este passo: type, check ou consolidate')
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', treatHelp)
    .action((names: string[], _options: unknown, command: Command) =>
      treat(names, command.optsWithGlobals<TreatOptions>(), context),
    );
}

/** What the rules found: to look at it is the command itself, to send it to the state its subcommand. */
function addFindings(program: Command, context: ProgramContext): void {
  const findings = program
    .command('findings')
    .description('mostra o que as regras acharam e está aberto')
    .argument('[uf]', 'sigla; sem isto, todos')
    .option('--rule <código>', 'as linhas que esta regra achou')
    .option('--history', 'como foi dia a dia: abertos, novos, resolvidos e a nota')
    .option('--days <n>', 'com --history, quantos dias (30 sem isto)')
    .option('--reveal', 'mostra os ids por inteiro (dado pessoal)')
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', findingsHelp)
    .action((uf: string | undefined, _options: unknown, command: Command) =>
      listFindings(uf, command.optsWithGlobals<FindingsOptions>(), context),
    );
  findings
    .command('export')
    .description('grava os achados abertos para o estado (CSV)')
    .argument('<uf>', 'sigla do estado')
    .option('--out <arquivo>', 'arquivo a gravar; sem isto, mostra')
    .option('--reveal', 'inclui ids e valores por inteiro (dados pessoais)')
    .action((uf: string, _options: unknown, command: Command) =>
      exportFindings(uf, command.optsWithGlobals<FindingsOptions>(), context),
    );
}

/** Words without a national value: to list them is the command itself, to say what one means its subcommand. */
function addCodes(program: Command, context: ProgramContext): void {
  const codes = program
    .command('codes')
    .description('mostra o que os estados escrevem em colunas de códigos sem valor nacional')
    .argument('[uf]', 'sigla; sem isto, todos')
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', codesHelp)
    .action((uf: string | undefined, _options: unknown, command: Command) =>
      listCodes(uf, command.optsWithGlobals<CodesOptions>(), context),
    );
  codes
    .command('map')
    .summary('dá valor a uma palavra')
    .description('diz o que uma palavra de um estado significa')
    .argument('<uf>', 'sigla do estado')
    .argument('<coluna>', 'visão e coluna, como custodia.regime')
    .argument('<palavra>', 'como o estado escreve')
    .argument('[valor]', 'o valor nacional')
    .option('--nothing', 'a palavra não diz nada: fica sem valor')
    .option('--reason <texto>', 'por quê; fica na base, com o nome do usuário')
    .addHelpText('after', mapCodeHelp)
    .action(
      (uf: string, column: string, word: string, value: string | undefined, _o: unknown, command: Command) =>
        mapCode([uf, column, word, value], command.optsWithGlobals<MapCodeOptions>(), context),
    );
}

/** States: to invite, to enrol, to follow. */
function addSource(program: Command, context: ProgramContext): void {
  const source = program.command('source').description('estados: convidar, cadastrar, renovar');
  source
    .command('invite')
    .description('grava o convite de um estado, a enviar à TI dele')
    .argument('<uf>', 'sigla do estado; BR, o sistema penitenciário federal')
    .requiredOption('--act <número>', 'número do acordo (ACT)')
    .requiredOption('--begin <dia>', 'primeiro dia do acordo (AAAA-MM-DD)')
    .option('--months <n>', 'duração em meses', '60')
    .option('--views <a,b>', 'visões pedidas; sem isto, todas as do dicionário')
    .option('--from <a,b>', 'de onde a central conecta (endereços ou redes), para o estado só aceitar dali')
    .option('--out <arquivo>', 'onde gravar; sem isto, UF.convite.json')
    .action((uf: string, _options: unknown, command: Command) =>
      inviteSource(uf, command.optsWithGlobals<InviteOptions>(), context),
    );
  source
    .command('accept')
    .description('cadastra um estado por sua resposta: mostra o código a comparar e lê uma página')
    .argument('<arquivo>', 'a resposta (UF.resposta.json)')
    .option('--code <números>', 'o código que o estado leu ao telefone, em vez de perguntar')
    .option('--schedule <cron>', 'horário próprio de coleta')
    .option('--again', 'troca o cadastro que já existe')
    .action((file: string, _options: unknown, command: Command) =>
      acceptSource(file, command.optsWithGlobals<AcceptOptions>(), context),
    );
  source
    .command('renew')
    .description('busca a autorização como está agora (aditivo) e retoma fontes encerradas')
    .argument('[uf...]', 'siglas; sem isto, todas')
    .action((names: string[], _options: unknown, command: Command) =>
      renewSources(names, command.optsWithGlobals<CentralOptions>(), context),
    );
  source
    .command('list')
    .description('mostra os estados cadastrados')
    .option('--json', 'em JSON')
    .action((_options: unknown, command: Command) =>
      listSources(command.optsWithGlobals<CentralOptions & { json?: boolean }>(), context),
    );
  source
    .command('versions')
    .description('mostra o que uma linha foi, da mais antiga para a atual')
    .argument('<uf>', 'sigla da fonte')
    .argument('<visão>', 'nome da visão')
    .argument('<chave...>', 'a chave da linha')
    .option('--reveal', 'mostra chave e valores por inteiro (dados pessoais)')
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', versionsHelp)
    .action((uf: string, view: string, key: string[], _options: unknown, command: Command) =>
      listVersions(uf, view, key, command.optsWithGlobals<VersionsOptions>(), context),
    );
}

/** From a row of the base to the signature of its agent. */
function addTrace(program: Command, context: ProgramContext): void {
  program
    .command('trace')
    .description('prova que o agente entregou uma linha, e diz o que o tratamento fez dela')
    .argument('<uf>', 'sigla da fonte')
    .argument('<visão>', 'nome da visão')
    .argument('<chave...>', 'a chave da linha; de várias colunas, um argumento para cada')
    .option('--number <n>', 'versão, como "source versions" as numera; sem isto, a atual')
    .option('--on <dia>', 'em vez da prova, o que a linha era ao fim desse dia (AAAA-MM-DD)')
    .option('--key <arquivo>', 'chave pública do agente (o que "guarita-agent key" mostra)')
    .option('--reveal', 'mostra chave e valores por inteiro (dados pessoais)')
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', traceHelp)
    .action((uf: string, view: string, key: string[], _options: unknown, command: Command) =>
      trace(uf, view, key, command.optsWithGlobals<TraceOptions>(), context),
    );
}

/** A court's order about one person. */
function addForget(program: Command, context: ProgramContext): void {
  program
    .command('forget')
    .description('apaga, por ordem judicial, tudo o que um estado enviou sobre uma pessoa')
    .argument('<uf>', 'sigla da fonte')
    .argument('<visão>', 'custodiado, visitante ou advogado')
    .argument('<chave...>', 'a chave da pessoa nessa visão')
    .requiredOption('--order <texto>', 'processo e data da ordem')
    .option('--yes', 'não pergunta')
    .option('--json', 'mostra o resultado em JSON (com --yes)')
    .addHelpText('after', forgetHelp)
    .action((uf: string, view: string, key: string[], _options: unknown, command: Command) =>
      forgetByOrder(uf, view, key, command.optsWithGlobals<ForgetOptions>(), context),
    );
}

/** What the agents have signed: to be checked offline, and compared with their journals. */
function addReceipts(program: Command, context: ProgramContext): void {
  const receipts = program.command('receipts').description('recibos: as respostas assinadas pelos agentes');
  receipts
    .command('verify')
    .description('confere a assinatura de cada recibo')
    .argument('[uf...]', 'siglas; sem isto, todas')
    .action((names: string[], _options: unknown, command: Command) =>
      verifyReceipts(names, command.optsWithGlobals<CentralOptions>(), context),
    );
  receipts
    .command('compare')
    .description('compara os recibos com o diário que o agente exportou')
    .argument('<arquivo>', 'o diário (UF.journal)')
    .option('--uf <uf>', 'sigla do estado, se o nome do arquivo não a diz')
    .action((file: string, _options: unknown, command: Command) =>
      compareWithJournal(file, command.optsWithGlobals<CompareCommandOptions>(), context),
    );
}

function addKeys(program: Command, context: ProgramContext): void {
  const keys = program.command('keys').description('chave e certificado da central');
  keys
    .command('show', { isDefault: true })
    .description('mostra chave e certificado, e a próxima, se houver')
    .action((_options: unknown, command: Command) =>
      showKeys(command.optsWithGlobals<CentralOptions>(), context),
    );
  keys
    .command('rotate')
    .description('prepara a próxima chave; os estados a recebem sem novo cadastro')
    .action((_options: unknown, command: Command) =>
      rotateKeys(command.optsWithGlobals<CentralOptions>(), context),
    );
}

/** Views that wait for a person: to list them is the command itself, to decide are its subcommands. */
function addAttention(program: Command, context: ProgramContext): void {
  const attention = program
    .command('attention')
    .description('mostra as visões que aguardam decisão: encolheram, perderam coluna ou foram restauradas')
    .option('--json', 'mostra o resultado em JSON')
    .action((_options: unknown, command: Command) =>
      listAttentions(command.optsWithGlobals<AttentionOptions>(), context),
    );
  const decisions = [
    ['accept', 'accepted', 'aceita o que foi mostrado'],
    ['refuse', 'refused', 'recusa: a visão fica como está'],
  ] as const;
  for (const [name, decision, description] of decisions) {
    attention
      .command(name)
      .description(description)
      .argument('<uf>', 'sigla da fonte')
      .argument('[referências...]', 'as que "attention" mostra; sem isto, as que aguardam, se não mudaram')
      .option('--view <visão>', 'só esta visão')
      .option('--reason <texto>', 'por quê; fica na base, com o nome do usuário')
      .action((uf: string, refs: string[], _options: unknown, command: Command) =>
        decideAttention(uf, refs, decision, command.optsWithGlobals<DecideOptions>(), context),
      );
  }
}

/** Rows that break the contract: to look at here, and to send to the state. */
function addQuarantine(program: Command, context: ProgramContext): void {
  const quarantine = program.command('quarantine').description('linhas que não seguem o acordado');
  const view = ['--view <visão>', 'só esta visão'] as const;
  quarantine
    .command('list')
    .description('mostra as linhas em quarentena, as mais antigas primeiro')
    .argument('[uf]', 'sigla da fonte; sem isto, todas')
    .option(...view)
    .option('--reveal', 'mostra as chaves por inteiro (dado pessoal)')
    .option('--json', 'mostra o resultado em JSON')
    .action((uf: string | undefined, _options: unknown, command: Command) =>
      listQuarantined(uf, command.optsWithGlobals<QuarantineOptions>(), context),
    );
  quarantine
    .command('export')
    .description('grava o relatório das linhas em quarentena para o estado (CSV)')
    .argument('<uf>', 'sigla da fonte')
    .option(...view)
    .option('--out <arquivo>', 'arquivo a gravar; sem isto, mostra')
    .option('--reveal', 'inclui as chaves e os valores por inteiro (dados pessoais)')
    .action((uf: string, _options: unknown, command: Command) =>
      exportQuarantined(uf, command.optsWithGlobals<QuarantineOptions>(), context),
    );
}

/** What waits, is under way, or was done: to list them is the command itself, to end one its subcommand. */
function addJobs(program: Command, context: ProgramContext): void {
  const jobs = program
    .command('jobs')
    .description('mostra o que espera, está em andamento ou foi feito por último')
    .option('--json', 'mostra o resultado em JSON')
    .action((_options: unknown, command: Command) =>
      listJobs(command.optsWithGlobals<JobsOptions>(), context),
    );
  jobs
    .command('cancel')
    .description('cancela um trabalho que espera ou está em andamento')
    .argument('<número>', 'o número que "jobs" mostra')
    .action((number: string, _options: unknown, command: Command) =>
      cancelJob(number, command.optsWithGlobals<CentralOptions>(), context),
    );
}
