import type { Questions } from '../base.ts';
import { linking } from './subject.ts';

/**
 * Whether a treatment would still change who is who: registers that are to be found, compared or put together, or all of
 * them by another linker.
 *
 * @param version of the linker that is in force, as linkage marks what it has done
 */
export async function linkageWaiting(questions: Questions, version: string): Promise<boolean> {
  const [found] = await questions.query<{ waits: boolean }>(
    `SELECT EXISTS (SELECT FROM nacional.fila WHERE assunto = ANY ($1))
         OR EXISTS (SELECT FROM nacional.varredura WHERE assunto = ANY ($1))
         OR NOT EXISTS (SELECT FROM nacional.marca
                         WHERE fonte = '' AND visao = 'registro' AND passo = 'ligar' AND versao = $2) AS waits`,
    [linking, version],
  );
  return found?.waits === true;
}
