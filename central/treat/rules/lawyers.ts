import { foundOf, nothing } from './finding.ts';
import type { RowRule, Rule } from './rule.ts';

const rules: readonly RowRule<'advogado'>[] = [
  {
    code: 'A01',
    scope: 'row',
    severity: 'grave',
    view: 'advogado',
    needs: ['advogado.oab_numero', 'advogado.oab_uf'],
    wrong: 'A inscrição na OAB não é válida, ou está sem o número ou o estado.',
    todo: 'Informe o número e o estado da carteira da OAB; se é defensor público, informe a categoria.',
    basis: 'Lei 8.906/1994, art. 3; STF, Tema 1074',
    find: ({ categoria, oab_numero, oab_uf }) => {
      // Public defenders need none.
      if (categoria === 'defensor_publico') return nothing;
      return foundOf({ oab_numero: oab_numero === null, oab_uf: oab_uf === null });
    },
  },
];

export const lawyerRules: readonly Rule[] = rules;
