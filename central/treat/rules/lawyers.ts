import { foundOf } from './finding.ts';
import type { RowRule, Rule } from './rule.ts';

const rules: readonly RowRule<'advogado'>[] = [
  {
    code: 'A01',
    scope: 'row',
    severity: 'grave',
    view: 'advogado',
    needs: ['advogado.oab_numero', 'advogado.oab_uf'],
    wrong: 'A inscrição na OAB não é válida, ou está sem o número ou o estado.',
    todo: 'Informe o número e o estado que constam da carteira da OAB.',
    find: ({ oab_numero, oab_uf }) => foundOf({ oab_numero: oab_numero === null, oab_uf: oab_uf === null }),
  },
];

export const lawyerRules: readonly Rule[] = rules;
