import { availableParallelism } from 'node:os';
import { daysAgo } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { ExitCode, type ProgramContext } from '../../../shared/program.ts';
import { readColumnMap } from '../../link-files/column-map.ts';
import { readModelFile } from '../../link-files/model-file.ts';
import { readRegisters } from '../../link-files/read-registers.ts';
import { checkFolder, runFiles, writeRunFolder } from '../../link-files/run-folder.ts';
import { summarize } from '../../link-files/summarize.ts';
import { openTable } from '../../tables/table.ts';
import { tableFault } from '../../tables/table-fault.ts';
import { rulesOf } from '../../treat/link/block/rules.ts';
import type { Comparison } from '../../treat/link/compare/comparison.ts';
import { comparisonsOf } from '../../treat/link/compare/comparisons.ts';
import type { AskedPair } from '../../treat/link/evaluate/after-review.ts';
import { evaluate } from '../../treat/link/evaluate/evaluate.ts';
import { type Linked, link } from '../../treat/link/link.ts';
import type { Locale } from '../../treat/link/locale/locale.ts';
import { locales } from '../../treat/link/locale/locales.ts';
import { weightsOf } from '../../treat/link/model/compile.ts';
import type { Model } from '../../treat/link/model/model.ts';
import { thresholds } from '../../treat/link/model/thresholds.ts';
import { ownColumns } from '../../treat/link/registers/layout.ts';
import { train } from '../../treat/link/train/train.ts';
import { type TableOptions, tableFormOf } from '../table-options.ts';
import { personsCsv, reviewCsv } from './csv.ts';
import { importText } from './words.ts';

export interface LinkImportOptions extends TableOptions {
  readonly columns: string;
  readonly into: string;
  readonly locale?: string;
  readonly seed?: string;
  readonly model?: string;
  readonly truth?: string;
  readonly json?: boolean;
}

/** Told by `--help`. */
export const linkImportHelp = `
--columns diz o que é cada coluna, PAPEL=COLUNA com vírgulas entre elas:
  id           o que distingue cada registro (obrigatório; pode ser de várias)
  name         o nome inteiro; ou given (nome) e surnames (sobrenomes) à parte
  birth        data de nascimento; com a forma: birth=COLUNA:DD/MM/YYYY
  mother father other-names sex cpf rg rg-uf rji oab birthplace
  number:COLUNA  um número que é de uma pessoa só, como um documento
  code:COLUNA    um código que muitos têm em comum, como um CEP
  text:COLUNA    um texto de palavras, como um endereço
As outras colunas ficam de fora.

Grava na pasta, que ninguém mais pode ler: persons.csv (de quem é cada
registro), review.csv (pares para uma pessoa decidir, com o peso de cada
comparação), model.json e summary.json. Nada vai para a base.

Exemplo:
  guarita-central link import febrl4.csv --into febrl4 --locale en \\
    --columns id=rec_id,given=given_name,surnames=surname,\\
birth=date_of_birth:YYYYMMDD,number:soc_sec_id,code:postcode,text:suburb`;

/**
 * Links the registers of a file in a folder of its own, without any base. Throws `option-invalid`, `table-invalid`; the
 * folder is as it was then.
 */
export async function linkImport(
  file: string,
  options: LinkImportOptions,
  context: ProgramContext,
): Promise<void> {
  const { stop, print } = context;
  const layout = readColumnMap(options.columns);
  const given = options.model === undefined ? null : await readModelFile(options.model);
  const own = ownColumns(layout);
  const comparisons = comparisonsOf(own);
  const locale = localeOf(options.locale, given);
  const seed = seedOf(options.seed);
  if (given !== null) checkModel(given, comparisons);
  await checkFolder(options.into);

  const table = await openTable(file, tableFormOf(options));
  const read = await readRegisters(table, { layout, locale, truth: options.truth, stop });
  goOn(context);
  const { registers, truth } = read;
  if (registers.ids.length === 0) throw tableFault(file, 'só tem o cabeçalho.');
  const rules = rulesOf(own);
  const model =
    given ??
    train(registers, {
      ...{ version: 'import', date: daysAgo(0), seed, locale: locale.name, comparisons, rules, blockCap },
    });
  goOn(context);
  const threads = Math.min(mostThreads, availableParallelism());
  const linked = await link(registers, { model, thresholds, own, threads });
  goOn(context);
  const evaluation =
    truth === null
      ? null
      : evaluate(
          { groupOf: linked.personOf, asked: askedOf(registers.ids, linked) },
          { of: 'registers', ownerOf: truth },
        );
  const summary = summarize({
    ...{ table, layout, read, comparisons, model, trained: given === null, linked, evaluation },
  });
  await writeRunFolder(options.into, {
    persons: personsCsv(registers, linked),
    review: reviewCsv(registers, linked, model, comparisons),
    model: [jsonText(model)],
    summary: [jsonText(summary)],
  });
  if (options.json === true) print(JSON.stringify(summary, null, 2));
  else print(`${importText(summary)}\n\n✓ ${options.into}: ${Object.values(runFiles).join(', ')}`);
}

/** Registers of one blocking key, at most. */
const blockCap = 2000;
const mostThreads = 4;

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Nothing was written yet, so there is nothing to clear away. */
function goOn({ stop, print }: ProgramContext): void {
  if (!stop.aborted) return;
  print('Interrompido: nada foi gravado.');
  throw new ExitCode(1);
}

function localeOf(name: string | undefined, model: Model | null): Locale {
  const chosen = name ?? model?.locale ?? 'pt-BR';
  const locale = Object.hasOwn(locales, chosen) ? locales[chosen] : undefined;
  if (locale === undefined) {
    const there = Object.keys(locales).join(', ');
    throw new GuaritaError('option-invalid', `--locale: "${chosen}"; há: ${there}.`);
  }
  if (model !== null && model.locale !== chosen) {
    throw new GuaritaError('option-invalid', `--locale: o modelo foi treinado para ${model.locale}.`);
  }
  return locale;
}

function seedOf(text = '1'): number {
  const seed = Number(text);
  if (/^\d{1,9}$/.test(text)) return seed;
  throw new GuaritaError('option-invalid', '--seed: um número inteiro, de 0 a 999999999.');
}

function checkModel(model: Model, comparisons: readonly Comparison[]): void {
  try {
    weightsOf(model, comparisons);
  } catch (error) {
    const wrong = '--model: foi treinado para outras colunas (number, code e text, na mesma ordem).';
    throw new GuaritaError('option-invalid', wrong, { cause: error });
  }
}

function askedOf(ids: readonly string[], { review }: Linked): readonly AskedPair[] {
  const asked = new Set(review.flatMap(({ a, b }) => [a, b]));
  const placeOf = new Map<string, number>();
  for (const [place, id] of ids.entries()) if (asked.has(id)) placeOf.set(id, place);
  return review.map(({ a, b }) => [placeOf.get(a) ?? 0, placeOf.get(b) ?? 0]);
}
