import { custodySpans } from './dossier-days.ts';
import { eachRow, foundOf } from './finding.ts';
import { sure } from './rows.ts';
import type { DossierRule, Rule } from './rule.ts';

/** What lasts from a day to a day while somebody is in custody, and which of the two has to lie within custody. */
const episodes = [
  { view: 'trabalho_estudo', within: ['inicio', 'fim'] },
  // A sanction may be planned to last longer.
  { view: 'falta_disciplinar', within: ['inicio'] },
  // An illness is older than custody, and goes on after it.
  { view: 'saude', within: [] },
] as const;

export const episodeRules: readonly Rule[] = episodes.map(({ view, within }): DossierRule => {
  const custody = within.length > 0;
  const isWithin = (column: string) => within.some((name) => name === column);
  return {
    code: 'E01',
    scope: 'dossier',
    severity: 'grave',
    view,
    needs: custody
      ? [`${view}.inicio`, 'custodia.entrada', 'custodia.saida']
      : [`${view}.inicio`, `${view}.fim`],
    wrong: `O registro termina antes de começar${custody ? ', ou está fora do tempo em que a pessoa esteve em custódia' : ''}.`,
    todo: `Confira as datas do registro${custody ? ' e as da custódia' : ''}.`,
    find: eachRow(view, (row, dossier) => {
      const [begin, end] = [sure(row, 'inicio'), sure(row, 'fim')];
      const spans = custodySpans(dossier);
      const backwards = begin !== null && end !== null && end < begin;
      const outside = (column: string, day: string | null) =>
        isWithin(column) && day !== null && !spans.covers(day);
      return foundOf({
        inicio: !backwards && outside('inicio', begin),
        fim: backwards || outside('fim', end),
      });
    }),
  };
});
