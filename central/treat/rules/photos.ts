import { isHome, isOpen } from './custody-state.ts';
import { daysLater } from './dates.ts';
import { eachRow, found, nothing } from './finding.ts';
import { sure } from './rows.ts';
import type { DossierRule, Rule } from './rule.ts';
import { thresholds } from './thresholds.ts';

const rules: readonly DossierRule[] = [
  {
    code: 'F01',
    scope: 'dossier',
    severity: 'medium',
    view: 'custodia',
    needs: ['foto.tipo', 'custodia.saida', 'custodia.regime'],
    wrong: 'A pessoa está em custódia sem foto de frente.',
    todo: 'Fotografe a pessoa de frente, ou informe qual das fotos é a de frente.',
    find: eachRow('custodia', (row, { foto }, today) => {
      // One whose kind is not known may be it.
      if (!isOpen(row) || isHome(row) || foto.some(({ tipo }) => tipo === 'frente' || tipo === null))
        return nothing;
      const entrada = sure(row, 'entrada');
      return found(entrada === null || today.reached(daysLater(entrada, thresholds.firstPhoto.value)));
    }),
  },
];

export const photoRules: readonly Rule[] = rules;
