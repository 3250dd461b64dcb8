import { wordForm } from '../../shared/cleaning/codes/word-form.ts';
import { count } from '../../shared/count-format.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { plainText } from '../../shared/plain-text.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { recordCodeMap } from '../base/decided-layer/code-maps.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../central.ts';
import { codedColumn, requireNational } from '../codes/assignable.ts';
import { rowsWith, type UnknownWords, unknownWords } from '../codes/unknown-words.ts';
import { heldSources } from '../service/held-sources.ts';
import { keyText } from '../words/mask.ts';
import { whoCommands } from './who-commands.ts';

export interface CodesOptions extends CentralOptions {
  readonly json?: boolean;
}

export interface MapCodeOptions extends CentralOptions {
  /** The word means nothing: there is no value. */
  readonly nothing?: boolean;
  readonly reason?: string;
}

/** Told by `--help`. */
export const codesHelp = `
Sem servidor (PGlite), com o serviço parado.`;

/** Told by `codes map --help`. */
export const mapCodeHelp = `
Vale para todas as grafias da palavra (maiúsculas, acentos, pontuação), só neste
estado. Fica registrado com o nome do usuário; o último registro vale. O próximo
tratamento trata de novo as linhas que têm ou tiveram a palavra.

Exemplos:
  guarita-central codes map AL custodia.regime "SEMI AB." semiaberto
  guarita-central codes map AL custodia.regime "A DEFINIR" --nothing`;

/** Shown of one column; programs are told more. */
const mostShown = 30;

/** Lists the words of coded columns for which no national value is known. Throws `option-invalid`. */
export async function listCodes(
  name: string | undefined,
  { json = false, ...options }: CodesOptions,
  context: ProgramContext,
): Promise<void> {
  const config = readCentralConfig(options, context);
  await withBase(config, context, async (base) => {
    const found: UnknownWords[] = [];
    for (const source of await heldSources(base, name === undefined ? [] : [name])) {
      found.push(...(await unknownWords(base, source, context.stop)));
    }
    if (json) return context.print(JSON.stringify(found));
    if (found.length === 0)
      return context.print('Nenhuma palavra sem valor nacional nas colunas de códigos.');
    context.print(found.map(wordsText).join('\n'));
  });
}

function wordsText({ source, column, words, more }: UnknownWords): string {
  const [shown, rest] = [words.slice(0, mostShown), words.slice(mostShown)];
  const rows = (of: UnknownWords['words']) => of.reduce((sum, each) => sum + each.rows, 0);
  const left = { words: rest.length + more.words, rows: rows(rest) + more.rows };
  const lines = shown.map((each) => `  ${count.format(each.rows).padStart(11)}  ${shownWord(each.word)}`);
  const total = `${wordCount(words.length + more.words)}, em ${rowCount(rows(words) + more.rows)}`;
  if (left.words > 0) lines.push(`  e mais ${wordCount(left.words)}, em ${rowCount(left.rows)}`);
  return [`${source} ${column}: ${total}`, ...lines].join('\n');
}

const wordCount = (words: number) => `${count.format(words)} ${words === 1 ? 'palavra' : 'palavras'}`;
const rowCount = (rows: number) => `${count.format(rows)} ${rows === 1 ? 'linha' : 'linhas'}`;

/** Without what would act on a terminal. */
function shownWord(word: string): string {
  return keyText([plainText(word)], true);
}

/**
 * Records what a person says that a state's word means, for the next treatment. Throws `option-invalid` for what is no
 * coded column, no word and no national value.
 */
export async function mapCode(
  [uf, name, word, text]: readonly [uf: string, column: string, word: string, value: string | undefined],
  options: MapCodeOptions,
  context: ProgramContext,
): Promise<void> {
  const { nothing = false, reason = null } = options;
  const coded = codedColumn(name);
  if ((text === undefined) !== nothing) {
    throw new GuaritaError('option-invalid', 'Dê o valor nacional, ou --nothing se a palavra não diz nada.');
  }
  const code = text === undefined ? null : requireNational(coded, text);
  const form = wordForm(word);
  if (form === null) {
    throw new GuaritaError('option-invalid', 'A palavra não tem letras nem números, ou é longa demais.');
  }
  const config = readCentralConfig(options, context);
  await withBase(config, context, async (base) => {
    const [source = ''] = await heldSources(base, [uf]);
    const rows = await rowsWith(base, source, name, form, context.stop);
    const said = { code, who: whoCommands(context), through: 'command', reason };
    await base.transaction((tx) => recordCodeMap(tx, { source, column: name, word: form, ...said }));
    const meaning = code ?? 'nada (sem valor)';
    context.print(`${source} ${name}: "${shownWord(word)}" → ${meaning}\n${touched(source, rows)}`);
  });
}

function touched(source: string, rows: number): string {
  if (rows === 0) return 'Nenhuma linha tem essa palavra agora.';
  return `${rowCount(rows)}, no próximo tratamento ("guarita-central treat ${source}").`;
}
