import type { Command } from 'commander';
import type { ProgramContext } from '../../shared/program.ts';
import type { CentralOptions } from '../central.ts';
import { type AttentionOptions, type DecideOptions, decideAttention, listAttentions } from './attention.ts';
import { type ForgetOptions, forgetByOrder, forgetHelp } from './forget.ts';
import { cancelJob, type JobsOptions, listJobs } from './jobs.ts';
import { exportQuarantined, listQuarantined, type QuarantineOptions } from './quarantine.ts';

/** What waits for a person, and what a person orders. */
export function addDecisions(program: Command, context: ProgramContext): void {
  addAttention(program, context);
  addQuarantine(program, context);
  addJobs(program, context);
  addForget(program, context);
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
