import type { Command } from 'commander';
import type { ProgramContext } from '../../shared/program.ts';
import {
  type CodesOptions,
  codesHelp,
  listCodes,
  type MapCodeOptions,
  mapCode,
  mapCodeHelp,
} from './codes.ts';
import { exportFindings, type FindingsOptions, findingsHelp, listFindings } from './findings.ts';
import { type TreatOptions, treat, treatHelp } from './treat.ts';

/** From each state's words to the national record: what the rules find in it, and what its words mean. */
export function addTreatment(program: Command, context: ProgramContext): void {
  addTreat(program, context);
  addFindings(program, context);
  addCodes(program, context);
}

/** All that moved, or what is named. */
function addTreat(program: Command, context: ProgramContext): void {
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
