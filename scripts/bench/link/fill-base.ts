import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Base } from '../../../central/base/base.ts';
import { natalId } from '../../../central/base/national-layer/natal-id.ts';
import { enqueueKeys } from '../../../central/base/national-layer/queue.ts';
import { encodeField, nullField } from '../../../shared/sources/reading/lines.ts';
import { registerOf } from './read-registers.ts';

const atOnce = 20_000;

/**
 * Writes made-up registers into a base as typing does, and sets down that they are to be linked.
 * @param isChosen by the place in the file
 */
export async function fillBase(
  base: Base,
  file: string,
  isChosen: (place: number) => boolean,
): Promise<number> {
  let [place, written, rows] = [0, 0, [] as string[]];
  let ids: string[] = [];
  const flush = () =>
    base.transaction(async (tx) => {
      await tx.copyIn(
        `nacional.registro (fonte, papel, id, nome, nome_mae, data_nascimento, sexo, cpf, rg, rg_uf, naturalidade_ibge,
           natal_id, pessoa_id, primeira_vez, desde_mudanca, desde)`,
        Buffer.from(rows.join('')),
      );
      await enqueueKeys(tx, 'registro', 'AL', ids);
    });
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (!isChosen(place++)) continue;
    const { id, name, mother, birth, sex, cpf, rg, rgUf, birthplace } = registerOf(line).register;
    const natal = natalId('AL', 'custodiado', id);
    const values = [name, mother, birth, sex, cpf, rg, rgUf, birthplace].map((value) => value ?? null);
    const fields = ['AL', 'custodiado', id, ...values, natal, natal, '2026-01-01', '1', '2026-01-01'];
    rows.push(`${fields.map((value) => (value === null ? nullField : encodeField(value))).join('\t')}\n`);
    ids.push(natal);
    written++;
    if (rows.length < atOnce) continue;
    await flush();
    [rows, ids] = [[], []];
  }
  if (rows.length > 0) await flush();
  return written;
}
