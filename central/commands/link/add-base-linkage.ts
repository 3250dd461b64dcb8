import type { Command } from 'commander';
import type { ProgramContext } from '../../../shared/program.ts';
import { tableOptionHelp } from '../table-options.ts';
import { type CompareModelOptions, compareLinkModel, compareModelHelp } from './compare.ts';
import {
  type DecideLinkOptions,
  decideLink,
  decideLinkHelp,
  undoLink,
  type VerifyLinksOptions,
  verifyDecisions,
  verifyLinksHelp,
} from './decide.ts';
import { type ExplainLinkOptions, explainLink, explainLinkHelp } from './explain.ts';
import {
  type AdoptModelOptions,
  adoptLinkModel,
  adoptModelHelp,
  listLinkModels,
  type ModelsOptions,
} from './models.ts';
import { type ReviewLinkOptions, reviewLink, reviewLinkHelp } from './review.ts';
import { type TrainLinkOptions, trainLink, trainLinkHelp } from './train.ts';

/** Who is who in the national base: what people decide, why the rest is as it is, and by which model. */
export function addBaseLinkage(link: Command, context: ProgramContext): void {
  addDecided(link, context);
  addExplained(link, context);
  addModels(link, context);
  addReview(link, context);
}

/** What a person says of two registers. */
function addDecided(link: Command, context: ProgramContext): void {
  const reason = ['--reason <texto>', 'por quê; fica na base, com o nome do usuário'] as const;
  for (const [name, says, description] of [
    ['merge', 'same', 'decide que dois registros são da mesma pessoa'],
    ['split', 'distinct', 'decide que dois registros são de pessoas distintas'],
  ] as const) {
    link
      .command(name)
      .description(description)
      .argument('<registros...>', 'dois, cada um por "UF visão id" ou por um id')
      .requiredOption(...reason)
      .addHelpText('after', decideLinkHelp)
      .action((words: string[], _options: unknown, command: Command) =>
        decideLink(says, words, command.optsWithGlobals<DecideLinkOptions>(), context),
      );
  }
  link
    .command('undo')
    .description('desfaz uma decisão')
    .argument('<número>', 'o da decisão')
    .requiredOption(...reason)
    .action((number: string, _options: unknown, command: Command) =>
      undoLink(number, command.optsWithGlobals<DecideLinkOptions>(), context),
    );
  link
    .command('verify')
    .description('confere se as decisões são as que foram registradas')
    .option('--known <número:elo>', 'uma decisão e seu elo, como foram mostrados antes')
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', verifyLinksHelp)
    .action((_options: unknown, command: Command) =>
      verifyDecisions(command.optsWithGlobals<VerifyLinksOptions>(), context),
    );
}

/** Why it is so. */
function addExplained(link: Command, context: ProgramContext): void {
  link
    .command('explain')
    .description('mostra o que une os registros de uma pessoa, ou o que se sabe de dois')
    .argument('<registros...>', 'um ou dois, cada um por "UF visão id" ou por um id')
    .option('--reveal', 'mostra chaves e valores por inteiro (dados pessoais)')
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', explainLinkHelp)
    .action((words: string[], _options: unknown, command: Command) =>
      explainLink(words, command.optsWithGlobals<ExplainLinkOptions>(), context),
    );
}

/** By what registers are judged: a model is trained, looked at, and adopted by a person. */
function addModels(link: Command, context: ProgramContext): void {
  link
    .command('train')
    .description('treina um modelo com os registros da base')
    .option('--seed <n>', 'número de que parte o sorteio dos pares (1 sem isto)')
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', trainLinkHelp)
    .action((_options: unknown, command: Command) =>
      trainLink(command.optsWithGlobals<TrainLinkOptions>(), context),
    );
  link
    .command('models')
    .description('lista os modelos, e qual está em vigor')
    .option('--show <versão>', 'em vez da lista, os pesos deste')
    .option('--json', 'mostra o resultado em JSON')
    .action((_options: unknown, command: Command) =>
      listLinkModels(command.optsWithGlobals<ModelsOptions>(), context),
    );
  link
    .command('compare')
    .description('diz que pessoas mudariam se um modelo passasse a valer')
    .argument('<versão>', 'a do modelo')
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', compareModelHelp)
    .action((version: string, _options: unknown, command: Command) =>
      compareLinkModel(version, command.optsWithGlobals<CompareModelOptions>(), context),
    );
  link
    .command('adopt')
    .description('faz um modelo passar a valer')
    .argument('<versão>', 'a do modelo')
    .requiredOption('--reason <texto>', 'por quê; fica na base, com o nome do usuário')
    .addHelpText('after', adoptModelHelp)
    .action((version: string, _options: unknown, command: Command) =>
      adoptLinkModel(version, command.optsWithGlobals<AdoptModelOptions>(), context),
    );
}

/** What people are asked, and their answers. */
function addReview(link: Command, context: ProgramContext): void {
  link
    .command('review')
    .description('mostra os pares em dúvida e registra o que se decide deles')
    .argument('[uf]', 'sigla; sem isto, todas')
    .option('--most <n>', 'quantos pares (20 sem isto)')
    .option('--csv <arquivo>', 'grava todos os pares para quem revisa')
    .option('--import <arquivo>', 'lê as respostas de volta')
    .option('--reason <texto>', 'com --import, o motivo das linhas que não dizem nenhum')
    .option(...tableOptionHelp.encoding)
    .option(...tableOptionHelp.separator)
    .option('--reveal', 'mostra chaves e valores por inteiro (dados pessoais)')
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', reviewLinkHelp)
    .action((uf: string | undefined, _options: unknown, command: Command) =>
      reviewLink(uf, command.optsWithGlobals<ReviewLinkOptions>(), context),
    );
}
