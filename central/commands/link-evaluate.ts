import { GuaritaError } from '../../shared/errors.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { readRun } from '../link-files/read-run.ts';
import { openTruth } from '../link-files/read-truth.ts';
import { type Evaluation, evaluate } from '../treat/link/evaluate/evaluate.ts';
import { evaluationText } from './link-words.ts';
import { type TableOptions, tableFormOf } from './table-options.ts';

export interface LinkEvaluateOptions extends TableOptions {
  readonly of?: string;
  readonly json?: boolean;
}

/** Told by `--help`. */
export const linkEvaluateHelp = `
O arquivo é um CSV com cabeçalho, de uma destas três formas:
  a,b,same         pares de ids: 1 (sim) se são a mesma pessoa, 0 (não) se não
  id,person        de quem é, de verdade, cada registro
  id,person,truth  o que alguém juntou (person), ao lado da verdade (truth);
                   não precisa de --of
Conta só o que a verdade diz; do resto não se sabe.`;

/** Holds what was linked against the truth. Throws `option-invalid`, `table-invalid`. */
export async function linkEvaluate(
  file: string,
  options: LinkEvaluateOptions,
  context: ProgramContext,
): Promise<void> {
  const evaluation = await evaluationOf(file, options);
  context.print(options.json === true ? JSON.stringify(evaluation, null, 2) : evaluationText(evaluation));
}

async function evaluationOf(file: string, options: LinkEvaluateOptions): Promise<Evaluation> {
  const opened = await openTruth(file, tableFormOf(options));
  if (opened.has === 'both') {
    if (options.of === undefined) return evaluate(...(await opened.read()));
    throw new GuaritaError('option-invalid', '--of: o arquivo já traz o que avaliar (person, truth).');
  }
  if (options.of === undefined) {
    throw new GuaritaError('option-invalid', 'Diga com --of a pasta de link import a avaliar.');
  }
  const run = await readRun(options.of);
  return evaluate(run, await opened.truthOf(run.placeOf));
}
