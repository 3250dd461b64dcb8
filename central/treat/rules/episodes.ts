import { custodySpans } from './dossier-days.ts';
import { eachRow, foundOf } from './finding.ts';
import { sure } from './rows.ts';
import type { DossierRule, Rule } from './rule.ts';

/** Work and study, faults, health: what lasts from a day to a day while somebody is in custody. */
const views = ['trabalho_estudo', 'falta_disciplinar', 'saude'] as const;

export const episodeRules: readonly Rule[] = views.map(
  (view): DossierRule => ({
    code: 'E01',
    scope: 'dossier',
    severity: 'grave',
    view,
    needs: [`${view}.inicio`, 'custodia.entrada', 'custodia.saida'],
    wrong: 'O registro termina antes de começar, ou está fora do tempo em que a pessoa esteve em custódia.',
    todo: 'Confira as datas do registro e as da custódia.',
    find: eachRow(view, (row, dossier) => {
      const [begin, end] = [sure(row, 'inicio'), sure(row, 'fim')];
      const spans = custodySpans(dossier);
      const backwards = begin !== null && end !== null && end < begin;
      const outside = (day: string | null) => day !== null && !spans.covers(day);
      return foundOf({ inicio: !backwards && outside(begin), fim: backwards || outside(end) });
    }),
  }),
);
