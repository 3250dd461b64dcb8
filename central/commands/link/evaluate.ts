import { GuaritaError } from '../../../shared/errors.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import type { CentralOptions } from '../../central.ts';
import { readRun } from '../../link-files/read-run.ts';
import { openTruth, type TruthFile } from '../../link-files/read-truth.ts';
import { type Evaluation, evaluate } from '../../treat/link/evaluate/evaluate.ts';
import { type TableOptions, tableFormOf } from '../table-options.ts';
import { baseEvaluationText, evaluateBase } from './evaluate-base.ts';
import { evaluationText } from './words.ts';

export interface LinkEvaluateOptions extends TableOptions, CentralOptions {
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
Sem --of, avalia a base nacional, no todo e por estado: cada id é o de "link", ou
"UF visão id" (AL custodiado 123). De um estado contam os pares em que há
registro dele, também com os de outros, e, por registro, os dele.
Conta só o que a verdade diz; do resto não se sabe.`;

/** Holds what was linked against the truth. Throws `option-invalid`, `table-invalid`. */
export async function linkEvaluate(
  file: string,
  options: LinkEvaluateOptions,
  context: ProgramContext,
): Promise<void> {
  const form = tableFormOf(options);
  const opened = await openTruth(file, form);
  const { of, json = false } = options;
  if (opened.has === 'truth' && of === undefined) {
    const ofBase = await evaluateBase(file, form, opened, options, context);
    return context.print(json ? JSON.stringify(ofBase, null, 2) : baseEvaluationText(ofBase));
  }
  const evaluation = await evaluationOf(opened, of);
  context.print(json ? JSON.stringify(evaluation, null, 2) : evaluationText(evaluation));
}

async function evaluationOf(opened: TruthFile, of: string | undefined): Promise<Evaluation> {
  if (opened.has === 'both') {
    if (of === undefined) return evaluate(...(await opened.read()));
    throw new GuaritaError('option-invalid', '--of: o arquivo já traz o que avaliar (person, truth).');
  }
  const run = await readRun(of ?? '');
  return evaluate(run, await opened.truthOf(run.placeOf));
}
