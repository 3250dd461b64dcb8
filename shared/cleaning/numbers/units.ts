import { codeForm } from '../../dictionary/codes/code-form.ts';

/** How what is counted is written behind a number. */
const words: Readonly<Record<string, readonly string[]>> = {
  anos: ['A', 'ANO', 'ANOS'],
  meses: ['M', 'MES', 'MESES'],
  dias: ['D', 'DIA', 'DIAS'],
  horas: ['H', 'HORA', 'HORAS'],
  vagas: ['VAGA', 'VAGAS'],
};

/** What a column counts by its name: `pena_minima_meses` counts months, `dias_remidos` days. */
export function unitOf(column: string): string | null {
  return column.split('_').find((word) => Object.hasOwn(words, word)) ?? null;
}

const behind = /^([-+]?[\d.,]+) ?([\p{L}() ]{1,12})\.?$/u;

/** `12` of `12 anos` where years are counted; else the text. */
export function withoutUnit(text: string, unit: string | null): string {
  if (unit === null) return text;
  const [, number, said] = behind.exec(text) ?? [];
  if (number === undefined || said === undefined) return text;
  // `ano(s)`, `mês(es)`
  return words[unit]?.includes(codeForm(said)) === true ? number : text;
}
