import type { Questions } from '../base.ts';

/** Whether a treatment would still change who is who: registers to be found, compared or put together. */
export async function linkageWaiting(questions: Questions): Promise<boolean> {
  const [found] = await questions.query<{ waits: boolean }>(
    `SELECT EXISTS (SELECT FROM nacional.fila WHERE assunto IN ('registro', 'par', 'grupo') AND fonte = '')
         OR EXISTS (SELECT FROM nacional.varredura WHERE assunto IN ('registro', 'par', 'grupo') AND fonte = '') AS waits`,
  );
  return found?.waits === true;
}
