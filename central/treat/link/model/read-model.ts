import Value from 'typebox/value';
import { GuaritaError } from '../../../../shared/errors.ts';
import type { Comparison } from '../compare/comparison.ts';
import { locales } from '../locale/locales.ts';
import type { Model } from './model.ts';
import { modelSchema } from './model-schema.ts';

/**
 * A model as it was recorded, held against what this version compares registers by: another version of the program may
 * have recorded it.
 *
 * @throws GuaritaError `model-unusable`
 */
export function readModel(recorded: unknown, comparisons: readonly Comparison[]): Model {
  if (!Value.Check(modelSchema, recorded))
    throw new GuaritaError('model-unusable', 'O que está gravado não é um modelo.');
  const model: Model = recorded;
  const unusable = (why: string) => new GuaritaError('model-unusable', `Modelo "${model.version}": ${why}`);
  if (!Object.hasOwn(locales, model.locale)) throw unusable(`língua "${model.locale}" desconhecida.`);
  const known = comparisons.map(formOf);
  const other = model.comparisons.map(formOf).find((form, place) => form !== known[place]);
  if (other !== undefined || model.comparisons.length !== comparisons.length) {
    throw unusable('compara os registros de outro modo.');
  }
  return model;
}

/** What its levels mean is told by their names, and by their order. */
function formOf({ name, levels }: { name: string; levels: readonly { name: string }[] }): string {
  return JSON.stringify([name, ...levels.map((level) => level.name)]);
}
