import { readFile } from 'node:fs/promises';
import Value from 'typebox/value';
import { GuaritaError } from '../../shared/errors.ts';
import type { Model } from '../treat/link/model/model.ts';

const table = Type.Object({
  agree: Type.Number({ exclusiveMinimum: 0 }),
  floor: Type.Number({ exclusiveMinimum: 0 }),
  shares: Type.Record(Type.String(), Type.Number({ exclusiveMinimum: 0 })),
});

const level = Type.Object({
  ...{ name: Type.String(), m: Type.Number(), u: Type.Number(), weight: Type.Number() },
  ...{ error: Type.Union([Type.Number(), Type.Null()]), seenM: Type.Number(), seenU: Type.Number() },
  kept: Type.Union([Type.Literal('none'), Type.Literal('m'), Type.Literal('u'), Type.Literal('both')]),
});

const lesson = Type.Object({
  ...{ rule: Type.String(), pairs: Type.Number(), matches: Type.Number(), rounds: Type.Number() },
});

const schema = Type.Object({
  ...{ version: Type.String(), date: Type.String(), seed: Type.Number(), locale: Type.String() },
  ...{ registers: Type.Number(), randomPairs: Type.Number(), lessons: Type.Array(lesson) },
  prior: Type.Number(),
  comparisons: Type.Array(Type.Object({ name: Type.String(), levels: Type.Array(level) })),
  frequencies: Type.Object({
    ...{ given: table, further: table, motherGiven: table, birthplace: table },
    own: Type.Optional(Type.Array(table)),
  }),
  blockCap: Type.Integer({ minimum: 2 }),
});

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
