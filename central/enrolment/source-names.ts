/** The states and the Federal District, by their two letters: a prison administration each. */
const ufs = [
  ...['AC', 'AL', 'AM', 'AP', 'BA', 'CE', 'DF', 'ES', 'GO', 'MA', 'MG', 'MS', 'MT', 'PA', 'PB', 'PE', 'PI'],
  ...['PR', 'RJ', 'RN', 'RO', 'RR', 'RS', 'SC', 'SE', 'SP', 'TO'],
];

/**
 * Every source that there can be, by name: the 27 states, and `BR`, the federal prison system, which is a source like
 * each of them (`fonte_br` in the base). What is of the whole nation is named `nacional` and never `BR`.
 */
export const sourceNames: readonly string[] = [...ufs, 'BR'];
