import { writtenInstant } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import type { Questions } from '../../base/base.ts';
import {
  adoptModel,
  changeModelsAlone,
  listModels,
  recordedModel,
  recordModel,
} from '../../base/decided-layer/models.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../../central.ts';
import { comparisonsOf } from '../../treat/link/compare/comparisons.ts';
import { firstModel } from '../../treat/link/model/first-model.ts';
import type { Model } from '../../treat/link/model/model.ts';
import { readModel } from '../../treat/link/model/read-model.ts';
import { authorOf } from './decide.ts';
import { modelLines } from './model-words.ts';

export interface ModelsOptions extends CentralOptions {
  readonly json?: boolean;
  /** Of one version, what each level weighs. */
  readonly show?: string;
}

export interface AdoptModelOptions extends CentralOptions {
  readonly reason: string;
}

/** Told by `link adopt --help`. */
export const adoptModelHelp = `
O próximo tratamento liga de novo todos os registros por ele. As decisões valem
contra qualquer modelo. Antes, veja quem mudaria ("link compare"). Para voltar
atrás, adote o anterior: o primeiro, que vem com o programa, é "inicial".`;

/** Lists the models, and which is in force. Throws `model-unknown`, `model-unusable`. */
export async function listLinkModels(options: ModelsOptions, context: ProgramContext): Promise<void> {
  const { json = false, show: version } = options;
  const config = readCentralConfig(options, context);
  const { locale } = config.treat;
  await withBase(config, context, async (base) => {
    if (version !== undefined) {
      const model = await base.snapshot((questions) => requireModel(questions, version, locale));
      return context.print(json ? JSON.stringify(model) : modelLines(model).join('\n'));
    }
    const recorded = await base.snapshot((questions) => listModels(questions));
    const first = {
      ...{ version: firstModel(locale).version, who: null, at: null, adopted: null },
      inForce: !recorded.some(({ inForce }) => inForce),
    };
    const models = recorded.some((model) => model.version === first.version)
      ? recorded
      : [...recorded, first];
    if (json) return context.print(JSON.stringify(models));
    context.print(
      models
        .flatMap(({ version, who, at, adopted, inForce }) => [
          `${inForce ? '✓' : ' '} ${version.padEnd(16)} ${at === null ? 'vem com o programa' : `gravado por ${who}, ${writtenInstant(at)}`}`,
          ...(adopted === null
            ? []
            : [`    adotado por ${adopted.who}, ${writtenInstant(adopted.at)}: "${adopted.reason}"`]),
        ])
        .concat('✓: em vigor')
        .join('\n'),
    );
  });
}

/** A model by its version; the first one is there without being recorded. Throws `model-unknown`, `model-unusable`. */
export async function requireModel(questions: Questions, version: string, locale: string): Promise<Model> {
  const recorded = await recordedModel(questions, version);
  if (recorded !== null) return readModel(recorded, comparisonsOf());
  const first = firstModel(locale);
  if (version === first.version) return first;
  throw new GuaritaError('model-unknown', `"${version}".`);
}

/** Has linkage go by a model. Throws `model-unknown`, `model-unusable`, `option-invalid`. */
export async function adoptLinkModel(
  version: string,
  options: AdoptModelOptions,
  context: ProgramContext,
): Promise<void> {
  const author = authorOf(options, context);
  const config = readCentralConfig(options, context);
  const isNew = await withBase(config, context, (base) =>
    base.transaction(async (tx) => {
      await changeModelsAlone(tx);
      // What this program could not link by would stop all treatment.
      const model = await requireModel(tx, version, config.treat.locale);
      if ((await recordedModel(tx, version)) === null) {
        const models = await listModels(tx);
        if (!models.some(({ inForce }) => inForce)) return false;
        await recordModel(tx, model, author);
      }
      return adoptModel(tx, version, author);
    }),
  );
  context.print(
    isNew
      ? `✓ Modelo "${version}" em vigor. O próximo tratamento liga de novo todos os registros.`
      : `O modelo "${version}" já está em vigor.`,
  );
}
