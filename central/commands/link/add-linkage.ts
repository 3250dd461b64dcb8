import type { Command } from 'commander';
import type { ProgramContext } from '../../../shared/program.ts';
import { tableOptionHelp } from '../table-options.ts';
import { addBaseLinkage } from './add-base-linkage.ts';
import { type LinkEvaluateOptions, linkEvaluate, linkEvaluateHelp } from './evaluate.ts';
import { type LinkImportOptions, linkImport, linkImportHelp } from './import.ts';

/** Who is who. */
export function addLinkage(program: Command, context: ProgramContext): void {
  const link = program.command('link').description('vínculo: que registros são da mesma pessoa');
  addImport(link, context);
  addEvaluate(link, context);
  addBaseLinkage(link, context);
}

function addImport(link: Command, context: ProgramContext): void {
  link
    .command('import')
    .summary('vincula os registros de um arquivo CSV')
    .description('vincula os registros de um arquivo CSV, numa pasta à parte da base')
    .argument('<arquivo>', 'CSV com cabeçalho')
    .requiredOption('--columns <mapa>', 'o que é cada coluna, como abaixo')
    .requiredOption('--into <pasta>', 'pasta nova ou vazia, ou de um import anterior')
    .option('--locale <língua>', 'língua dos nomes: pt-BR (sem isto), en ou neutral')
    .option('--seed <n>', 'número de que parte o sorteio do treino (1 sem isto)')
    .option('--model <arquivo>', 'usa este modelo (model.json) em vez de treinar')
    .option('--truth <coluna>', 'coluna que diz de quem é cada registro: avalia também')
    .option(...tableOptionHelp.encoding)
    .option(...tableOptionHelp.separator)
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', linkImportHelp)
    .action((file: string, _options: unknown, command: Command) =>
      linkImport(file, command.optsWithGlobals<LinkImportOptions>(), context),
    );
}

function addEvaluate(link: Command, context: ProgramContext): void {
  link
    .command('evaluate')
    .summary('confere o que foi vinculado com a verdade')
    .description('confere o que foi vinculado com pares ou grupos de que se sabe a verdade')
    .argument('<arquivo>', 'CSV com a verdade')
    .option('--of <pasta>', 'pasta feita por link import; sem isto, a base nacional')
    .option(...tableOptionHelp.encoding)
    .option(...tableOptionHelp.separator)
    .option('--json', 'mostra o resultado em JSON')
    .addHelpText('after', linkEvaluateHelp)
    .action((file: string, _options: unknown, command: Command) =>
      linkEvaluate(file, command.optsWithGlobals<LinkEvaluateOptions>(), context),
    );
}
