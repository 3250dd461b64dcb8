import type { Questions } from '../base.ts';

/** The model that was adopted last, as it was recorded; null where none was. */
export async function adoptedModel(questions: Questions): Promise<unknown> {
  const [adopted] = await questions.query<{ model: unknown }>(
    `SELECT m.modelo AS model FROM decidido.modelo_adotado a JOIN decidido.modelo m USING (versao)
      ORDER BY a.numero DESC LIMIT 1`,
  );
  return adopted?.model ?? null;
}
