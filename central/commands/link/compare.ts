import { availableParallelism } from 'node:os';
import { count } from '../../../shared/count-format.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import type { Base } from '../../base/base.ts';
import { type KnownRegister, knownRegisters } from '../../base/national-layer/known-registers.ts';
import { linkageWaiting } from '../../base/national-layer/linkage-waiting.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../../central.ts';
import { wrapped } from '../../status/wrapped.ts';
import type { ChangedPersons } from '../../treat/link/evaluate/changed-persons.ts';
import { thresholds } from '../../treat/link/model/thresholds.ts';
import { compareModel, type ModelCompared, readForComparing } from '../../treat/linking/compare-model.ts';
import { linkerInForce } from '../../treat/linking/linker.ts';
import { requireModel } from './models.ts';
import { registerText } from './named-registers.ts';

export interface CompareModelOptions extends CentralOptions {
  readonly json?: boolean;
}

/** Told by `--help`. */
export const compareModelHelp = `
Liga todos os registros por esse modelo, na memória, com as decisões de agora, e
diz que pessoas mudariam. Nada é gravado. --json lista todas.
Sem servidor (PGlite), com o serviço parado.`;

/** Cases of each kind that are listed; programs are told all. */
const mostListed = 10;

/** Tells which persons would change if a model took the place of what is. Throws `model-unknown`, `model-unusable`. */
export async function compareLinkModel(
  version: string,
  options: CompareModelOptions,
  context: ProgramContext,
): Promise<void> {
  const config = readCentralConfig(options, context);
  const { locale } = config.treat;
  await withBase(config, context, async (base) => {
    const { model, inForce, waiting, read } = await base.snapshot(
      async (questions) => {
        const model = await requireModel(questions, version, locale);
        const linker = await linkerInForce(questions, locale);
        const waiting = await linkageWaiting(questions, linker.version);
        return {
          model,
          inForce: linker.model.version,
          waiting,
          read: await readForComparing(questions, model),
        };
      },
      { use: 'treating', signal: context.stop },
    );
    const compared = await compareModel(read, model, thresholds, { threads: availableParallelism() });
    if (options.json === true)
      return context.print(JSON.stringify({ version, inForce, waiting, ...compared }));
    const lines = [
      ...wrapped(`Modelo "${version}" no lugar do que é hoje ("${inForce}"): ${figures(compared)}`, ''),
      ...(waiting
        ? wrapped(
            '→ Há registros à espera do tratamento: o que ele mudaria também conta aqui. Trate antes ("guarita-central treat").',
            '',
          )
        : []),
      ...(await changeLines(base, compared.changes)),
    ];
    context.print(lines.join('\n'));
  });
}

function figures({ registers, persons, review, changes, tooLarge }: ModelCompared): string {
  const kinds = Object.entries(titles).map(([kind, title]) => {
    const cases = changes.filter((change) => change.kind === kind).length;
    return `${title.toLowerCase()}: ${count.format(cases)}`;
  });
  return `${count.format(registers)} registros; pessoas, hoje ${count.format(persons.now)}, seriam ${count.format(persons.would)}; ${kinds.join('; ')}; pares para revisão: ${count.format(review)}; grupos grandes demais: ${count.format(tooLarge.length)}.`;
}

const titles: Readonly<Record<ChangedPersons['kind'], string>> = {
  merged: 'Juntam-se',
  split: 'Separam-se',
  mixed: 'Trocam registros',
};

async function changeLines(base: Base, changes: readonly ChangedPersons[]): Promise<readonly string[]> {
  const shown = (Object.keys(titles) as ChangedPersons['kind'][]).map((kind) => {
    const all = changes.filter((change) => change.kind === kind);
    return { kind, all, listed: all.slice(0, mostListed) };
  });
  const ids = shown.flatMap(({ listed }) => listed.flatMap(({ before }) => before.flat()));
  // What a register is called never changes: these may be asked for later.
  const known = await base.snapshot((questions) => knownRegisters(questions, ids));
  const byId = new Map(known.map((register) => [register.id, register]));
  return shown.flatMap(({ kind, all, listed }) =>
    all.length === 0
      ? []
      : [
          '',
          `${titles[kind]} (${count.format(all.length)}):`,
          ...listed.flatMap((change, at) => caseLines(change, at + 1, byId)),
          ...(all.length > listed.length
            ? [`  … e mais ${count.format(all.length - listed.length)} (--json)`]
            : []),
        ],
  );
}

/** Registers, each with the letter of whose it is and the number of whose it would be. */
function caseLines(
  { before, after }: ChangedPersons,
  number: number,
  byId: ReadonlyMap<string, KnownRegister>,
): readonly string[] {
  const now = (id: string) => before.findIndex((group) => group.includes(id)) + 1;
  const then = (id: string) => after.findIndex((group) => group.includes(id)) + 1;
  return before.flat().flatMap((id, at) => {
    const register = byId.get(id);
    const start = at === 0 ? `${number}.`.padStart(5) : ' '.repeat(5);
    const text = register === undefined ? '' : registerText(register, false);
    return [`${start} ${id}  pessoa ${now(id)} → ${then(id)}`, `      ${text}`];
  });
}
