import { count } from '../../../shared/count-format.ts';
import { daysAgo } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { ExitCode, type ProgramContext } from '../../../shared/program.ts';
import { changeModelsAlone, listModels, recordModel } from '../../base/decided-layer/models.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../../central.ts';
import { wrapped } from '../../status/wrapped.ts';
import { rulesOf } from '../../treat/link/block/rules.ts';
import { comparisonsOf } from '../../treat/link/compare/comparisons.ts';
import { firstModel } from '../../treat/link/model/first-model.ts';
import type { Model } from '../../treat/link/model/model.ts';
import { train } from '../../treat/link/train/train.ts';
import { readAllRegisters, readPersons } from '../../treat/linking/read-all.ts';
import { whoCommands } from '../who-commands.ts';
import { modelLines } from './model-words.ts';

export interface TrainLinkOptions extends CentralOptions {
  readonly seed?: string;
  readonly json?: boolean;
}

/** Told by `--help`. */
export const trainLinkHelp = `
Aprende dos registros da base, sem a palavra de ninguém, quanto vale cada
comparação. Grava o modelo, que só passa a valer com "link adopt". Com a mesma
base e o mesmo --seed, o mesmo modelo. Nomes que menos de cinco pessoas têm não
ficam no modelo. Sem servidor (PGlite), com o serviço parado.`;

/** Trains a model on all registers of the base, and records it. Ends with 1 where there are too few. */
export async function trainLink(options: TrainLinkOptions, context: ProgramContext): Promise<void> {
  const { json = false } = options;
  const seed = seedOf(options.seed);
  const config = readCentralConfig(options, context);
  const { locale } = config.treat;
  await withBase(config, context, async (base) => {
    const { registers, persons } = await base.snapshot(
      async (questions) => ({
        registers: await readAllRegisters(questions, locale),
        persons: await readPersons(questions),
      }),
      { use: 'treating', signal: context.stop },
    );
    const numbers = new Map([...new Set(persons.values())].map((person, number) => [person, number]));
    const personOf = registers.ids.map((id) => numbers.get(persons.get(id) ?? '') ?? -1);
    const date = daysAgo(0);
    const { blockCap } = firstModel(locale);
    const how = { comparisons: comparisonsOf(), rules: rulesOf(), blockCap, personOf };
    const trained = train(registers, { version: date, date, seed, locale, ...how });
    if (trained.lessons.length === 0) {
      context.print(json ? JSON.stringify({ registers: trained.registers, model: null }) : tooFew(trained));
      throw new ExitCode(1);
    }
    const model = await base.transaction(async (tx) => {
      await changeModelsAlone(tx);
      const taken = (await listModels(tx)).map(({ version }) => version);
      const named = { ...trained, version: freeVersion(date, taken) };
      await recordModel(tx, named, { who: whoCommands(context), through: 'command' });
      return named;
    });
    context.print(
      json ? JSON.stringify({ registers: model.registers, model }) : trainedLines(model).join('\n'),
    );
  });
}

/** Throws `option-invalid`. */
function seedOf(text = '1'): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new GuaritaError('option-invalid', `--seed: "${text}" não é um número de até nove algarismos.`);
}

/** The day, and a number behind it where that day has one already. */
function freeVersion(date: string, taken: readonly string[]): string {
  for (let number = 2, version = date; ; version = `${date}.${number++}`) {
    if (!taken.includes(version)) return version;
  }
}

function tooFew({ registers }: Model): string {
  const text = `Registros de menos: há ${count.format(registers)}, e nenhuma busca traz pares bastantes para aprender. Nada foi gravado; continua o modelo em vigor.`;
  return wrapped(text, '').join('\n');
}

function trainedLines(model: Model): string[] {
  const { version } = model;
  return [
    ...modelLines(model),
    '',
    `✓ Modelo "${version}" gravado. Ainda não vale. Agora:`,
    `→ guarita-central link compare ${version}   (quem mudaria)`,
    `→ guarita-central link adopt ${version} --reason "…"   (passa a valer)`,
  ];
}
