import type { Note } from '../../../shared/cleaning/cleaner.ts';
import type { SurvivingColumn } from '../../base/national-layer/persons.ts';

/**
 * By what one value of several registers survives: of those that yield to nothing, the one that most registers have, then
 * the most recent, then the first by source and key.
 */
export interface Survivor {
  /** Columns whose values go together: all of one register. One that has not all of them yields to one that has. */
  readonly columns: readonly SurvivingColumn[];
  /** Which values count as one: names as names are compared, anything else where it is the same. */
  readonly as: 'name' | 'value';
  /** Values of which cleaning says this yield to those of which it does not. */
  readonly yields: readonly Note[];
}

/** Letters of the shortest name that a system may have cut: JOSE is no JOSEFA that was. */
export const shortestCut = 30;

/** A name that another one goes on from, where it was cut, yields as well. */
const name = (column: SurvivingColumn): Survivor => ({
  columns: [column],
  as: 'name',
  yields: ['encoding-doubtful'],
});
const value = (...columns: readonly SurvivingColumn[]): Survivor => ({ columns, as: 'value', yields: [] });

/** Every column of a person, once. Documents that are not valid are none: cleaning has left them out. */
export const survivors: readonly Survivor[] = [
  ...[name('nome'), name('nome_social'), name('nome_mae'), name('nome_pai')],
  { ...value('data_nascimento'), yields: ['default-date', 'century-inferred'] },
  ...[value('sexo'), value('cpf'), value('rg', 'rg_uf'), value('rji'), value('oab_numero', 'oab_uf')],
];
