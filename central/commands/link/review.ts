import { isatty } from 'node:tty';
import { GuaritaError } from '../../../shared/errors.ts';
import { ExitCode, type ProgramContext } from '../../../shared/program.ts';
import { askText, choose } from '../../../shared/prompts.ts';
import type { Base } from '../../base/base.ts';
import { decideLinks } from '../../base/national-layer/decide-links.ts';
import { knownRegisters } from '../../base/national-layer/known-registers.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../../central.ts';
import { heldSources } from '../../service/held-sources.ts';
import { linkerInForce } from '../../treat/linking/linker.ts';
import { allReviewQuestions, type ReviewQuestion, reviewQuestions } from '../../treat/linking/review.ts';
import { printOrWrite } from '../print-or-write.ts';
import { whoCommands } from '../who-commands.ts';
import { groupLines } from './group-words.ts';
import { answerChoices, askEach } from './review-asking.ts';
import { reviewCsv } from './review-csv.ts';
import { importReview, type ReviewImportOptions } from './review-import.ts';
import { questionLines } from './review-words.ts';

export interface ReviewLinkOptions extends CentralOptions, ReviewImportOptions {
  /** File that the questions are written into. */
  readonly csv?: string;
  /** File of answers. */
  readonly import?: string;
  readonly most?: string;
  readonly reveal?: boolean;
  readonly json?: boolean;
}

/** Told by `--help`. */
export const reviewLinkHelp = `
Pares de registros que podem ser de uma pessoa só, e ninguém disse: primeiro os
em que a resposta muda mais. No terminal pergunta um a um; sem terminal, mostra.
Cada resposta é uma decisão, que vale contra qualquer modelo até ser desfeita.
No fim, os grupos grandes demais para juntar sem alguém olhar.

Por planilha: --csv grava os pares; quem revisa preenche "resposta" (mesma,
distintas ou incerto), "motivo" e "quem"; --import lê o arquivo de volta e diz o
que fez de cada linha. Sem resposta, a linha fica para depois; respondida duas
vezes, conta uma. Em "motivo", nunca o nome ou um número da pessoa.
Sem servidor (PGlite), com o serviço parado.`;

/** Shows what people are asked of registers, and takes their answers. Throws `option-invalid`, `table-invalid`. */
export async function reviewLink(
  name: string | undefined,
  options: ReviewLinkOptions,
  context: ProgramContext,
): Promise<void> {
  const { csv, json = false, reveal = false } = options;
  if (csv !== undefined && options.import !== undefined) {
    throw new GuaritaError('option-invalid', '--csv ou --import, não os dois.');
  }
  const most = mostOf(options.most);
  const config = readCentralConfig(options, context);
  await withBase(config, context, async (base) => {
    if (options.import !== undefined) {
      const isWhole = await importReview(base, options.import, { ...options, json }, context);
      if (!isWhole) throw new ExitCode(1);
      return;
    }
    const [uf = null] = name === undefined ? [] : await heldSources(base, [name]);
    const { locale } = config.treat;
    if (csv !== undefined) {
      return base.snapshot(
        async (questions) => {
          const by = await linkerInForce(questions, locale);
          await printOrWrite(
            reviewCsv(questions, allReviewQuestions(questions, uf, by), reveal),
            { csv },
            context,
          );
          printLines(await groupLines(questions, uf, reveal), context);
        },
        { use: 'treating', signal: context.stop },
      );
    }
    const { found, groups } = await base.snapshot(async (questions) => {
      const by = await linkerInForce(questions, locale);
      return {
        found: await reviewQuestions(questions, uf, most, by),
        groups: await groupLines(questions, uf, reveal),
      };
    });
    if (json) return context.print(JSON.stringify(found.map(({ pair, because }) => ({ ...pair, because }))));
    if (found.length === 0) {
      context.print('✓ Nenhum par à espera de revisão.');
      return printLines(groups, context);
    }
    if (!isatty(0) || context.isTerminal !== true) {
      for (const question of found) context.print((await told(base, question, reveal)).join('\n'));
      context.print('→ Para responder: num terminal, ou por planilha (--csv, --import).');
      return printLines(groups, context);
    }
    await askEach(found, {
      show: async (question) => context.print((await told(base, question, reveal)).join('\n')),
      print: context.print,
      choose: () => choose('São a mesma pessoa?', answerChoices),
      askReason: (before) => askText('Por quê? (sem nome nem número da pessoa)', { preset: before }),
      record: async (said) => {
        const author = { who: whoCommands(context), through: 'command' };
        const [decided] = await base.transaction((tx) => decideLinks(tx, [{ ...said, ...author }]));
        return decided;
      },
    });
    printLines(groups, context);
  });
}

function printLines(lines: readonly string[], { print }: ProgramContext): void {
  if (lines.length > 0) print(lines.join('\n'));
}

/** Pairs that are shown where nobody says how many. */
const usualMost = 20;

function mostOf(text = String(usualMost)): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new GuaritaError('option-invalid', `--most: "${text}" não é um número de 1 a 9999.`);
}

async function told(base: Base, question: ReviewQuestion, reveal: boolean): Promise<readonly string[]> {
  const ids = [question.pair.a, question.pair.b];
  const registers = await base.snapshot((questions) => knownRegisters(questions, ids));
  return questionLines(question, new Map(registers.map((register) => [register.id, register])), reveal);
}
