import { type Custodia, isMissing } from './rows.ts';

/** Whether a custody is surely still open: nothing says that it ended. */
export function isOpen(custodia: Custodia): boolean {
  return isMissing(custodia, 'saida') && isMissing(custodia, 'motivo_saida');
}

/** Home custody is no place in a cell. */
export function isHome(custodia: Custodia): boolean {
  return custodia.regime === 'domiciliar';
}
