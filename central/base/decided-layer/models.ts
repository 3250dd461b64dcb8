import { GuaritaError } from '../../../shared/errors.ts';
import { storableText } from '../../../shared/storable-text.ts';
import type { Questions, Transaction } from '../base.ts';
import { instantToSecond } from '../instants.ts';
import { holdLock } from '../locks.ts';
import type { Author } from './write-links.ts';

/** A model that was recorded. */
export interface RecordedModel {
  readonly version: string;
  readonly who: string;
  /** ISO 8601 in UTC, to the second. */
  readonly at: string;
  /** When it was adopted last, by whom and why; null where nobody did. */
  readonly adopted: { readonly at: string; readonly who: string; readonly reason: string } | null;
  readonly inForce: boolean;
}

/** The model that was adopted last, as it was recorded; null where none was. */
export async function adoptedModel(questions: Questions): Promise<unknown> {
  const [adopted] = await questions.query<{ model: unknown }>(
    `SELECT m.modelo AS model FROM decidido.modelo_adotado a JOIN decidido.modelo m USING (versao)
      ORDER BY a.numero DESC LIMIT 1`,
  );
  return adopted?.model ?? null;
}

/** A model as it was recorded; null where there is none of that version. */
export async function recordedModel(questions: Questions, version: string): Promise<unknown> {
  const [recorded] = await questions.query<{ model: unknown }>(
    'SELECT modelo AS model FROM decidido.modelo WHERE versao = $1',
    [version],
  );
  return recorded?.model ?? null;
}

/** All that were recorded, the last one first. */
export function listModels(questions: Questions): Promise<RecordedModel[]> {
  return questions.query(
    `SELECT m.versao AS version, m.quem AS who, ${instantToSecond('m.quando')} AS at,
            CASE WHEN a.numero IS NULL THEN NULL
                 ELSE json_build_object('at', ${instantToSecond('a.quando')}, 'who', a.quem, 'reason', a.motivo) END AS adopted,
            a.numero IS NOT NULL AND a.numero = (SELECT max(numero) FROM decidido.modelo_adotado) AS "inForce"
       FROM decidido.modelo m
       LEFT JOIN LATERAL (
         SELECT * FROM decidido.modelo_adotado a WHERE a.versao = m.versao ORDER BY a.numero DESC LIMIT 1) a ON true
      ORDER BY m.quando DESC, m.versao DESC`,
  );
}

/** Whoever records or adopts a model does so alone, until the transaction ends. */
export async function changeModelsAlone(tx: Transaction): Promise<void> {
  await holdLock(tx, 'deciding');
}

/** Records a model, of which the version is a new one. */
export async function recordModel(
  tx: Transaction,
  model: { readonly version: string },
  { who, through }: Omit<Author, 'reason'>,
): Promise<void> {
  await tx.query(
    'INSERT INTO decidido.modelo (versao, modelo, quem, por_meio, quando) VALUES ($1, $2::jsonb, $3, $4, now())',
    [model.version, JSON.stringify(model), storableText(who), through],
  );
}

/**
 * Has linkage go by a model from the commit on: the next treatment links all registers by it. Throws `model-unknown`. One
 * that is in force already stays so, and false is returned.
 */
export async function adoptModel(
  tx: Transaction,
  version: string,
  { who, through, reason }: Author,
): Promise<boolean> {
  await changeModelsAlone(tx);
  const models = await listModels(tx);
  const model = models.find((each) => each.version === version);
  if (model === undefined) throw new GuaritaError('model-unknown', `"${version}".`);
  if (model.inForce) return false;
  await tx.query(
    `INSERT INTO decidido.modelo_adotado (versao, quem, por_meio, motivo, quando) VALUES ($1, $2, $3, $4, now())`,
    [version, storableText(who), through, storableText(reason)],
  );
  return true;
}
