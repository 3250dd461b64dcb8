import { isOpen } from './custody-state.ts';
import { dayOf, daysLater } from './dates.ts';
import { deathDay } from './dossier-days.ts';
import { eachRow, found, hit, nothing } from './finding.ts';
import { type Custodia, sure } from './rows.ts';
import type { Dossier, DossierRule, Hit, Rule, VisitRule } from './rule.ts';
import { thresholds } from './thresholds.ts';

interface Period {
  readonly row: Custodia;
  readonly from: string;
  /** Null while it is open. */
  readonly to: string | null;
}

/** Custodies of which it is sure when they began, and that and when they ended or have not, always in one order. */
function periodsOf({ custodia }: Dossier): readonly Period[] {
  const periods: Period[] = [];
  for (const row of custodia) {
    const [from, to] = [sure(row, 'entrada'), sure(row, 'saida')];
    if (from !== null && (to === null ? isOpen(row) : from <= to)) periods.push({ row, from, to });
  }
  const orderOf = ({ row, from, to }: Period) => `${from} ${to ?? 'open'} ${row.id}`;
  return periods.length < 2 ? periods : periods.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

/** Whether both are open in units that differ, which is another rule's. */
function openInTwo(one: Period, other: Period): boolean {
  return one.to === null && other.to === null && one.row.unidade_id !== other.row.unidade_id;
}

/** The day after which nothing happens to the person any more; null where no death is known. */
function afterDeath(dossier: Dossier): string | null {
  const death = deathDay(dossier);
  return death === null ? null : daysLater(death, thresholds.slackDays.value);
}

/** Custodies of one person beside each other, and beside its death. */
const rules: readonly DossierRule[] = [
  {
    code: 'C06',
    scope: 'dossier',
    severity: 'grave',
    view: 'custodia',
    needs: ['custodia.unidade_id', 'custodia.saida'],
    wrong: 'A pessoa tem custódia aberta em mais de uma unidade.',
    todo: 'Registre a saída da unidade em que a pessoa não está.',
    find: ({ custodia }) => {
      const open = custodia.filter((row) => row.unidade_id !== null && isOpen(row));
      const units = new Set(open.map(({ unidade_id }) => unidade_id));
      return units.size < 2 ? [] : open.map(({ id }) => hit('custodia', id, null));
    },
  },
  {
    code: 'C08',
    scope: 'dossier',
    severity: 'medium',
    view: 'custodia',
    needs: ['custodia.entrada', 'custodia.saida'],
    wrong: 'A custódia começa antes de terminar outra da mesma pessoa.',
    todo: 'Confira as datas das duas custódias, ou junte-as se forem a mesma.',
    find: (dossier) => {
      const hits: Hit[] = [];
      let longest: Period | null = null;
      for (const period of periodsOf(dossier)) {
        const overlaps = longest !== null && (longest.to === null || period.from < longest.to);
        if (longest !== null && overlaps && !openInTwo(longest, period))
          hits.push(hit('custodia', period.row.id, longest.row.id));
        if (longest === null || (longest.to !== null && (period.to === null || period.to > longest.to)))
          longest = period;
      }
      return hits;
    },
  },
];

const afterDeathRule = {
  code: 'C10',
  severity: 'critical',
  needs: ['custodia.saida', 'custodia.motivo_saida'],
  wrong: 'Há registro depois do óbito da pessoa.',
  todo: 'Confira a certidão de óbito e de quem é o registro; corrija o que for de outra pessoa.',
} as const;

const deaths: readonly (DossierRule | VisitRule)[] = [
  {
    ...afterDeathRule,
    scope: 'dossier',
    view: 'custodia',
    find: eachRow('custodia', (row, dossier, today) => {
      const after = afterDeath(dossier);
      if (after === null) return nothing;
      const [entrada, saida] = [sure(row, 'entrada'), sure(row, 'saida')];
      const later = (entrada !== null && entrada > after) || (saida !== null && saida > after);
      return found(later || (isOpen(row) && today.reached(daysLater(after, 1))));
    }),
  },
  {
    ...afterDeathRule,
    scope: 'dossier',
    view: 'movimentacao',
    needs: [...afterDeathRule.needs, 'movimentacao.instante'],
    find: eachRow('movimentacao', (row, dossier) => {
      const [after, instant] = [afterDeath(dossier), sure(row, 'instante')];
      return found(after !== null && instant !== null && dayOf(instant) > after);
    }),
  },
  ...(['trabalho_estudo', 'falta_disciplinar'] as const).map(
    (view): DossierRule => ({
      ...afterDeathRule,
      scope: 'dossier',
      view,
      needs: [...afterDeathRule.needs, `${view}.inicio`],
      find: eachRow(view, (row, dossier) => {
        const [after, begin] = [afterDeath(dossier), sure(row, 'inicio')];
        return found(after !== null && begin !== null && begin > after);
      }),
    }),
  ),
  {
    ...afterDeathRule,
    scope: 'visit',
    view: 'visita',
    needs: [...afterDeathRule.needs, 'visita.instante'],
    broken: (visit, dossier) => {
      const [after, instant] = [afterDeath(dossier), sure(visit, 'instante')];
      return after !== null && instant !== null && dayOf(instant) > after;
    },
  },
];

export const custodyBesideRules: readonly Rule[] = [...rules, ...deaths];
