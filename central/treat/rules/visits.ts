import { visitedOutsideCustody } from '../../base/national-layer/suspects.ts';
import { isHome } from './custody-state.ts';
import { dayOf, secondOf } from './dates.ts';
import { custodySpans, unitSpans } from './dossier-days.ts';
import { remembered } from './remembered.ts';
import { sure, type Visita } from './rows.ts';
import type { Dossier, Rule, VisitorRule, VisitRule } from './rule.ts';
import { possibleDays, possibleSpan, Spans } from './spans.ts';
import { thresholds } from './thresholds.ts';

function visitDay(visit: Visita): string | null {
  const instant = sure(visit, 'instante');
  return instant === null ? null : dayOf(instant);
}

/** The days on which the person may have been held at home: where it was visited then is not the state's to tell. */
const homeSpans = remembered(({ custodia }: Dossier) => new Spans(custodia.filter(isHome).map(possibleSpan)));

/** By visitor: the days on which a link to it may have held. */
const linkSpans = remembered(({ vinculo }: Dossier): ReadonlyMap<string | null, Spans> => {
  const toVisitors = vinculo.filter(({ pessoa_tipo }) => pessoa_tipo !== 'advogado');
  const byVisitor = Map.groupBy(toVisitors, ({ pessoa_id }) => pessoa_id);
  return new Map(
    [...byVisitor].map(([visitor, links]) => [
      visitor,
      new Spans(links.map((row) => possibleDays(sure(row, 'inicio'), sure(row, 'fim')))),
    ]),
  );
});

const visits: readonly VisitRule[] = [
  {
    code: 'V01',
    scope: 'visit',
    severity: 'grave',
    view: 'visita',
    needs: ['visita.instante', 'custodia.entrada', 'custodia.saida'],
    wrong: 'A pessoa visitada não estava em custódia no dia da visita.',
    todo: 'Confira a data da visita e de quem ela foi, ou registre a custódia que falta.',
    broken: (visit, dossier) => {
      const day = visitDay(visit);
      return day !== null && !custodySpans(dossier).covers(day);
    },
    suspects: visitedOutsideCustody(thresholds.slackDays.value),
  },
  {
    code: 'V02',
    scope: 'visit',
    severity: 'medium',
    view: 'visita',
    needs: [
      ...['visita.instante', 'visita.unidade_id'],
      ...['custodia.unidade_id', 'custodia.entrada', 'custodia.saida', 'custodia.regime'],
    ],
    wrong: 'A visita foi numa unidade em que a pessoa não estava nesse dia.',
    todo: 'Confira a unidade da visita e a da custódia.',
    broken: (visit, dossier) => {
      const [day, unit] = [visitDay(visit), visit.unidade_id];
      if (day === null || unit === null || homeSpans(dossier).covers(day)) return false;
      const there = [unit, null].some((each) => unitSpans(dossier).get(each)?.covers(day) ?? false);
      return !there && custodySpans(dossier).covers(day);
    },
  },
  {
    code: 'V03',
    scope: 'visit',
    severity: 'medium',
    view: 'visita',
    needs: ['visita.instante', 'visita.visitante_id', 'vinculo.pessoa_id'],
    wrong: 'Quem visitou não tinha vínculo ativo com a pessoa no dia da visita.',
    todo: 'Registre o vínculo, ou confira de quem e a quem foi a visita.',
    broken: (visit, dossier) => {
      const [day, visitor] = [visitDay(visit), visit.visitante_id];
      if (day === null || visitor === null) return false;
      // A link to nobody knows whom may be to this visitor.
      return ![visitor, null].some((each) => linkSpans(dossier).get(each)?.covers(day) ?? false);
    },
  },
];

/** An instant of which only the day was given reads as midnight. */
const midnight = '00:00:00';

const visitors: readonly VisitorRule[] = [
  {
    code: 'V04',
    scope: 'visitor',
    severity: 'grave',
    view: 'visita',
    needs: ['visita.instante', 'visita.visitante_id', 'visita.unidade_id'],
    wrong: 'A mesma pessoa visitou duas unidades com menos de 2 horas entre as visitas.',
    todo: 'Confira as horas e quem fez cada visita.',
    broken: (before, visit) => {
      const [one, other] = [sure(before, 'instante'), sure(visit, 'instante')];
      if (one === null || other === null || [one, other].some((each) => each.slice(11) === midnight))
        return false;
      const apart = before.unidade_id !== null && visit.unidade_id !== null;
      const seconds = Math.abs(secondOf(other) - secondOf(one));
      return (
        apart && before.unidade_id !== visit.unidade_id && seconds < thresholds.betweenPlaces.value * 3600
      );
    },
  },
];

export const visitRules: readonly Rule[] = [...visits, ...visitors];
