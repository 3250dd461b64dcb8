import { GuaritaError } from '../../shared/errors.ts';
import { encodings } from '../tables/encoding.ts';
import { type Separator, separators } from '../tables/separator.ts';
import type { TableForm } from '../tables/table.ts';

/** How a file is read, where a person says so. */
export interface TableOptions {
  readonly encoding?: string;
  readonly separator?: string;
}

/** As they are declared with a command. */
export const tableOptionHelp = {
  encoding: ['--encoding <nome>', `codificação do arquivo: ${encodings.join(', ')}; sem isto, descobre`],
  separator: ['--separator <sinal>', 'separador: ";", "," ou tab; sem isto, descobre'],
} as const;

/** @throws GuaritaError `option-invalid` */
export function tableFormOf({ encoding, separator }: TableOptions): TableForm {
  const known = encodings.find((each) => each === encoding?.toLowerCase());
  if (encoding !== undefined && known === undefined) {
    throw new GuaritaError('option-invalid', `--encoding: "${encoding}"; há: ${encodings.join(', ')}.`);
  }
  return { encoding: known, separator: separatorOf(separator) };
}

function separatorOf(text: string | undefined): Separator | undefined {
  if (text === undefined) return undefined;
  const found = text === 'tab' ? '\t' : separators.find((each) => each === text);
  if (found === undefined)
    throw new GuaritaError('option-invalid', `--separator: "${text}"; há: ";", "," e tab.`);
  return found;
}
