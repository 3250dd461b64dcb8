import { dayOf } from './dates.ts';
import { remembered } from './remembered.ts';
import { sure } from './rows.ts';
import type { Dossier } from './rule.ts';
import { possibleSpan, Spans } from './spans.ts';

/** The days on which the person may have been in custody. */
export const custodySpans = remembered((dossier: Dossier) => new Spans(dossier.custodia.map(possibleSpan)));

/** The same by unit; under null, where the unit is not known. */
export const unitSpans = remembered((dossier: Dossier): ReadonlyMap<string | null, Spans> => {
  const byUnit = Map.groupBy(dossier.custodia, ({ unidade_id }) => unidade_id);
  return new Map([...byUnit].map(([unit, custodies]) => [unit, new Spans(custodies.map(possibleSpan))]));
});

/** Whether the state keeps no custody of this person but the present one. */
export function keepsPresentOnly({ custodia }: Dossier): boolean {
  return custodia.some(({ so_atual }) => so_atual === true);
}

/** The first day on which the person is said to have died; null where none is said for certain. */
export const deathDay = remembered(({ custodia, movimentacao }: Dossier): string | null => {
  let first: string | null = null;
  const died = (day: string | null) => {
    if (day !== null && (first === null || day < first)) first = day;
  };
  for (const row of custodia) if (row.motivo_saida === 'obito') died(sure(row, 'saida'));
  for (const row of movimentacao) {
    const instant = row.tipo === 'obito' ? sure(row, 'instante') : null;
    died(instant === null ? null : dayOf(instant));
  }
  return first;
});
