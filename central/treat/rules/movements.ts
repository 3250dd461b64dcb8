import { dayOf, daysLater } from './dates.ts';
import { custodySpans, keepsPresentOnly, unitSpans } from './dossier-days.ts';
import { eachRow, found, hit, nothing } from './finding.ts';
import { isMissing, type Rows, sure } from './rows.ts';
import type { DossierRule, Hit, Rule } from './rule.ts';
import { thresholds } from './thresholds.ts';

type Movement = Rows['movimentacao'];

function moveDay(row: Movement): string | null {
  const instant = sure(row, 'instante');
  return instant === null ? null : dayOf(instant);
}

/** What surely comes in, and what surely goes out; after any other kind, save these, it is not known where somebody is. */
const goesOut: readonly (string | null)[] = ['saida', 'soltura'];
const staysWhere: readonly (string | null)[] = ['mudanca_cela'];

/** The movements by day, since what happens within one is not always written down in order. */
function byDay(movements: readonly Movement[]): readonly (readonly [day: string, rows: Movement[]])[] {
  const days = new Map<string, Movement[]>();
  for (const row of movements) {
    const day = moveDay(row);
    // One of an unknown day may lie between any others.
    if (day === null) return [];
    const rows = days.get(day);
    if (rows === undefined) days.set(day, [row]);
    else rows.push(row);
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Entries of those who are in, and exits of those who are out. */
function outOfTurn(movements: readonly Movement[]): readonly Hit[] {
  const hits: Hit[] = [];
  let where: 'in' | 'out' | null = null;
  let lastOut = '';
  for (const [day, rows] of byDay(movements)) {
    const moving = rows.filter(({ tipo }) => !staysWhere.includes(tipo));
    if (moving.length === 0) continue;
    const enters = moving.every(({ tipo }) => tipo === 'entrada');
    const leaves = moving.every(({ tipo }) => goesOut.includes(tipo));
    // A release and the exit that follows from it may be told a day apart.
    const again = where === 'out' && day > daysLater(lastOut, thresholds.slackDays.value);
    if ((enters && (where === 'in' || moving.length > 1)) || (leaves && again)) {
      hits.push(...moving.map(({ id }) => hit('movimentacao', id, null)));
    }
    where = enters ? 'in' : leaves ? 'out' : null;
    if (leaves) lastOut = day;
  }
  return hits;
}

const rules: readonly DossierRule[] = [
  {
    code: 'M01',
    scope: 'dossier',
    severity: 'medium',
    view: 'movimentacao',
    needs: ['movimentacao.instante', 'custodia.entrada', 'custodia.saida'],
    wrong: 'A movimentação não cai em nenhuma custódia da pessoa.',
    todo: 'Confira a data da movimentação, ou registre a custódia que falta.',
    find: eachRow('movimentacao', (row, dossier) => {
      const day = moveDay(row);
      return found(day !== null && !custodySpans(dossier).covers(day));
    }),
  },
  {
    code: 'M02',
    scope: 'dossier',
    severity: 'grave',
    view: 'movimentacao',
    needs: ['movimentacao.tipo', 'movimentacao.instante'],
    wrong: 'Há duas entradas sem saída entre elas, ou duas saídas sem entrada entre elas.',
    todo: 'Registre a movimentação que falta, ou retire a que foi repetida.',
    find: ({ movimentacao }) => outOfTurn(movimentacao),
  },
  {
    code: 'M03',
    scope: 'dossier',
    severity: 'medium',
    view: 'movimentacao',
    needs: ['movimentacao.tipo', 'movimentacao.unidade_destino_id'],
    wrong: 'A transferência está sem destino, ou vai para a mesma unidade.',
    todo: 'Informe a unidade para onde a pessoa foi.',
    find: eachRow('movimentacao', (row) => {
      if (row.tipo !== 'transferencia') return nothing;
      const { unidade_origem_id: from, unidade_destino_id: to } = row;
      return found(isMissing(row, 'unidade_destino_id') || (to !== null && to === from));
    }),
  },
  {
    code: 'M04',
    scope: 'dossier',
    severity: 'medium',
    view: 'movimentacao',
    needs: [
      ...['movimentacao.tipo', 'movimentacao.instante', 'movimentacao.unidade_destino_id'],
      ...['custodia.unidade_id', 'custodia.entrada', 'custodia.saida', 'unidade.id'],
    ],
    version: 2,
    wrong: 'Depois da transferência não há custódia na unidade de destino.',
    todo: 'Registre a chegada na unidade de destino, ou corrija a transferência que não houve.',
    find: eachRow('movimentacao', (row, dossier, today) => {
      const [day, to] = [moveDay(row), row.unidade_destino_id];
      if (row.tipo !== 'transferencia' || day === null || to === null || to === row.unidade_origem_id)
        return nothing;
      // To a unit that is not the state's, nothing follows here; and of what is past, only the present may be kept.
      if (dossier.unidade(to) === undefined || keepsPresentOnly(dossier)) return nothing;
      const until = daysLater(day, thresholds.afterTransfer.value);
      const follows = [to, null].some((unit) => unitSpans(dossier).get(unit)?.meets(day, until) ?? false);
      return found(!follows && today.reached(daysLater(until, 1)));
    }),
  },
];

export const movementRules: readonly Rule[] = rules;
