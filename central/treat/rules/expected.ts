import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import type { ViewName } from './rows.ts';

/** Of what is missing here, rules of their own speak. */
const ofTheirOwn: ReadonlySet<string> = new Set([
  ...['nome', 'nome_mae', 'data_nascimento', 'sexo'].map((name) => `custodiado.${name}`),
  ...['advogado.oab_numero', 'advogado.oab_uf'],
]);

/** What each row should tell and the base can do without: as the dictionary says. */
export const expected: Readonly<Partial<Record<ViewName, readonly string[]>>> = Object.fromEntries(
  standardViews.flatMap(({ name: view, columns }) => {
    const names = columns
      .filter(({ name, expected, required }) => expected && !required && !ofTheirOwn.has(`${view}.${name}`))
      .map(({ name }) => name);
    return names.length === 0 ? [] : [[view, names]];
  }),
);

/** What Lei 12.714/2012, art. 2, asks for of a custody besides. */
export const askedByLaw: readonly string[] = ['data_prisao', 'aviso_familia', 'aviso_defensor'];
