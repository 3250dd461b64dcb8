import { readFile } from 'node:fs/promises';
import Value from 'typebox/value';
import { GuaritaError } from '../../shared/errors.ts';
import type { Model } from '../treat/link/model/model.ts';
import { modelSchema } from '../treat/link/model/model-schema.ts';

/** Reads a model that was written as JSON. @throws GuaritaError `option-invalid` where it is none */
export async function readModelFile(file: string): Promise<Model> {
  let told: unknown;
  try {
    told = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new GuaritaError('option-invalid', `--model: não se pode ler "${file}" como JSON.`, {
      cause: error,
    });
  }
  if (Value.Check(modelSchema, told)) return told;
  throw new GuaritaError('option-invalid', `--model: "${file}" não é um modelo de vínculo.`);
}
