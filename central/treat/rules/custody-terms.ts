import type { Calendar } from './calendar.ts';
import { isOpen } from './custody-state.ts';
import { daysLater } from './dates.ts';
import { eachRow, found, nothing } from './finding.ts';
import { remembered } from './remembered.ts';
import { type Custodia, sure } from './rows.ts';
import type { Dossier, DossierRule, Rule } from './rule.ts';
import { type Threshold, thresholds } from './thresholds.ts';

const ofSentences: readonly string[] = ['fechado', 'semiaberto', 'aberto'];

/** Whether a custody can only be the serving of a sentence, of which there is one. */
function servesSentence({ natureza, regime }: Custodia): boolean {
  return natureza === null ? regime !== null && ofSentences.includes(regime) : natureza === 'condenacao';
}

/** The day on which the last sentence ends; null where one has no end that can be believed, and where there is none. */
const lastEnd = remembered(({ pena }: Dossier): string | null => {
  let last: string | null = null;
  for (const row of pena) {
    const [begin, end] = [sure(row, 'inicio'), sure(row, 'termino_previsto')];
    if (end === null || (begin !== null && end < begin)) return null;
    if (last === null || end > last) last = end;
  }
  return last;
});

/** Whether another kind of custody is open, or one of which the kind is not known. */
const heldForOther = remembered(({ custodia }: Dossier): boolean =>
  custodia.some((row) => isOpen(row) && !servesSentence(row)),
);

/** The kind of all custodies that are open, where it is one. */
const onlyKind = remembered(({ custodia }: Dossier): string | null => {
  const kinds = new Set(custodia.filter(isOpen).map(({ natureza }) => natureza));
  const [kind = null] = kinds;
  return kinds.size === 1 ? kind : null;
});

/**
 * Whether an open custody of a kind has lasted longer than so many days, the day of the arrest counted. Only its own days
 * count: what another unit had before may have been for another reason.
 */
function lastsBeyond(row: Custodia, kind: string, days: Threshold, today: Calendar): boolean {
  if (row.natureza !== kind || !isOpen(row)) return false;
  const begin = sure(row, 'data_prisao') ?? sure(row, 'entrada');
  return begin !== null && today.reached(daysLater(begin, days.value));
}

const { temporary, temporaryHeinous, civilArrest, preventiveReview, provisionalLong } = thresholds;
const needsTerm = ['custodia.natureza', 'custodia.entrada', 'custodia.saida'] as const;

/** How long a person is held, and for what. */
const rules: readonly DossierRule[] = [
  {
    code: 'C14',
    scope: 'dossier',
    severity: 'critical',
    view: 'custodia',
    needs: ['pena.termino_previsto', 'custodia.saida', 'custodia.natureza'],
    wrong: 'A pessoa continua presa depois do término previsto de todas as suas penas.',
    todo: 'Confira hoje o cálculo da pena; se terminou, peça o alvará ao juízo da execução.',
    basis: 'CP art. 10; LEP art. 109',
    find: eachRow('custodia', (row, dossier, today) => {
      if (!isOpen(row) || !servesSentence(row) || heldForOther(dossier)) return nothing;
      const end = lastEnd(dossier);
      return found(end !== null && today.reached(daysLater(end, 1)));
    }),
  },
  {
    code: 'C15',
    scope: 'dossier',
    severity: 'medium',
    view: 'custodia',
    needs: ['custodia.natureza', 'custodia.saida', 'pena.custodiado_id'],
    wrong: 'A prisão é por condenação, e não há pena registrada.',
    todo: 'Registre a pena, ou corrija a natureza da prisão.',
    basis: 'Lei 12.714/2012, art. 2',
    find: eachRow('custodia', (row, { pena }) =>
      found(pena.length === 0 && row.natureza === 'condenacao' && isOpen(row)),
    ),
  },
  {
    code: 'C16a',
    scope: 'dossier',
    severity: 'low',
    view: 'custodia',
    needs: needsTerm,
    wrong: 'A prisão provisória dura mais de 90 dias: o juízo deve rever se ela ainda é necessária.',
    todo: 'Confira se a revisão foi feita; se não, lembre o juízo. O prazo não solta ninguém por si.',
    basis: preventiveReview.source,
    find: eachRow('custodia', (row, _, today) =>
      found(lastsBeyond(row, 'provisoria', preventiveReview, today)),
    ),
  },
  {
    code: 'C16b',
    scope: 'dossier',
    severity: 'critical',
    view: 'custodia',
    needs: needsTerm,
    wrong: 'A prisão temporária dura mais de 60 dias, o máximo para qualquer crime.',
    todo: 'Confira hoje se há outra ordem de prisão; se não há, cumpra-se a soltura.',
    basis: `${temporaryHeinous.source}; Lei 7.960/1989, art. 2, § 7`,
    find: eachRow('custodia', (row, dossier, today) =>
      found(lastsBeyond(row, 'temporaria', temporaryHeinous, today) && onlyKind(dossier) === 'temporaria'),
    ),
  },
  {
    code: 'C16e',
    scope: 'dossier',
    severity: 'critical',
    view: 'custodia',
    needs: needsTerm,
    wrong: 'A prisão civil dura mais de três meses, o máximo que a lei permite.',
    todo: 'Confira hoje se há outra ordem de prisão; se não há, peça o alvará ao juízo.',
    basis: civilArrest.source,
    find: eachRow('custodia', (row, dossier, today) =>
      found(lastsBeyond(row, 'civil', civilArrest, today) && onlyKind(dossier) === 'civil'),
    ),
  },
  {
    code: 'C16c',
    scope: 'dossier',
    severity: 'low',
    view: 'custodia',
    needs: needsTerm,
    wrong: 'A prisão provisória dura mais de 180 dias.',
    todo: 'Confira o andamento do processo e se a natureza da prisão ainda é essa.',
    find: eachRow('custodia', (row, _, today) =>
      found(lastsBeyond(row, 'provisoria', provisionalLong, today)),
    ),
  },
  {
    code: 'C16d',
    scope: 'dossier',
    severity: 'grave',
    view: 'custodia',
    needs: needsTerm,
    wrong: 'A prisão temporária dura mais de 10 dias, o que só cabe em crime hediondo ou equiparado.',
    todo: 'Confira o crime e a prorrogação; sem eles, cumpra-se a soltura.',
    basis: `${temporary.source}; ${temporaryHeinous.source}`,
    find: eachRow('custodia', (row, dossier, today) =>
      found(
        onlyKind(dossier) === 'temporaria' &&
          lastsBeyond(row, 'temporaria', temporary, today) &&
          !lastsBeyond(row, 'temporaria', temporaryHeinous, today),
      ),
    ),
  },
];

export const custodyTermRules: readonly Rule[] = rules;
