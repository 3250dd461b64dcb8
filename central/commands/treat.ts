import { GuaritaError } from '../../shared/errors.ts';
import { ExitCode, type ProgramContext } from '../../shared/program.ts';
import { type CentralOptions, readCentralConfig } from '../central.ts';
import { atCentral } from '../service/at-central.ts';
import { resultTold } from '../service/operations.ts';
import type { TreatKind } from '../state/jobs.ts';
import { createProgress } from './progress.ts';
import { treatmentJson, treatmentText } from './treatment-words.ts';

export interface TreatOptions extends CentralOptions {
  readonly json?: boolean;
  readonly full?: boolean;
  readonly step?: string;
}

/** Told by `--help`. */
export const treatHelp = `
O serviço trata sozinho depois de cada coleta. Interrompido (Ctrl-C), nada se
perde: o próximo tratamento continua de onde este parou.

Passos (--step): type limpa e tipa cada visão; link reconhece os cadastros de
uma mesma pessoa, de qualquer estado; check aplica as regras; consolidate faz as
pessoas nacionais. Sem --step, todos, nessa ordem.

Código de saída: 0 tudo tratado, 1 algum estado ou visão falhou.`;

const steps: Readonly<Record<string, TreatKind>> = {
  type: 'treat-type',
  link: 'treat-link',
  check: 'treat-check',
  consolidate: 'treat-consolidate',
};

/**
 * Treats what moved of the named sources since the last time, or of all that the base holds; exit code 1 where any of
 * them, or a view, failed. While the service is at work, it is the service that does it. Throws `option-invalid`.
 */
export async function treat(
  names: readonly string[],
  options: TreatOptions,
  context: ProgramContext,
): Promise<void> {
  const kind = kindOf(options);
  const config = readCentralConfig(options, context);
  const progress = createProgress([], 'partes');
  let told: Awaited<ReturnType<typeof atCentral<'treat'>>>;
  try {
    told = await atCentral(config, context, 'treat', { sources: [...names], kind }, progress.update);
  } finally {
    progress.stop();
  }
  const results = told.map((each) => resultTold(each));
  context.print(options.json === true ? treatmentJson(results) : treatmentText(results));
  if (results.some(({ outcome }) => outcome !== 'complete')) throw new ExitCode(1);
}

function kindOf({ full = false, step }: TreatOptions): TreatKind {
  if (step === undefined) return full ? 'treat-full' : 'treat';
  if (full) throw new GuaritaError('option-invalid', '--full faz todos os passos: use-o sem --step.');
  const kind = Object.hasOwn(steps, step) ? steps[step] : undefined;
  if (kind !== undefined) return kind;
  throw new GuaritaError('option-invalid', `--step: "${step}"; há: ${Object.keys(steps).join(', ')}.`);
}
