import { GuaritaError } from '../../shared/errors.ts';

/** Where in a file something is wrong; never what stands there. */
export interface TablePlace {
  readonly line?: number;
  readonly column?: string;
}

/** `table-invalid`: what is wrong with a file, as people read it. @param wrong without a value of any row */
export function tableFault(
  file: string,
  wrong: string,
  { line, column }: TablePlace = {},
  cause?: unknown,
): GuaritaError {
  const at = [
    `Arquivo "${file}"`,
    ...(line === undefined ? [] : [`linha ${line}`]),
    ...(column === undefined ? [] : [`coluna "${column}"`]),
  ];
  return new GuaritaError('table-invalid', `${at.join(', ')}: ${wrong}`, { cause });
}
