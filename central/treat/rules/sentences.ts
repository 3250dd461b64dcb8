import { numberMonthsLater, numberOf } from './dates.ts';
import { keepsPresentOnly } from './dossier-days.ts';
import { eachRow, found } from './finding.ts';
import { hasOneOf, isMissing, type Rows, sure } from './rows.ts';
import type { DossierRule, RowRule, Rule } from './rule.ts';
import { thresholds } from './thresholds.ts';

type Sentence = Rows['pena'];

const parts = ['anos', 'meses', 'dias'] as const;

/** Whether its term is known: none of its parts was lost, and it has one. */
function isTermKnown(row: Sentence): boolean {
  return (
    parts.some((part) => row[part] !== null) &&
    parts.every((part) => row[part] !== null || isMissing(row, part))
  );
}

/**
 * Whether its end cannot follow from its beginning and term. What was remitted or served before brings it nearer,
 * interruptions put it off: where one of these is not known, it may have been any, in its own direction.
 */
function hasWrongEnd(row: Sentence): boolean {
  const [begin, end] = [sure(row, 'inicio'), sure(row, 'termino_previsto')];
  if (begin === null || end === null || end < begin || !isTermKnown(row)) return false;
  const { dias_remidos: remitted, dias_detracao: served, dias_interrupcao: interrupted } = row;
  const months = (row.anos ?? 0) * 12 + (row.meses ?? 0);
  // The first day counts: CP art. 10.
  const full = numberMonthsLater(begin, months) + (row.dias ?? 0) - 1;
  const late = numberOf(end) - (full - (remitted ?? 0) - (served ?? 0) + (interrupted ?? 0));
  const tolerance = thresholds.sentenceEnd.value;
  const tooLate = interrupted !== null && late > tolerance;
  const tooEarly = remitted !== null && served !== null && late < -tolerance;
  return tooLate || tooEarly;
}

const rows: readonly RowRule<'pena'>[] = [
  {
    code: 'S01',
    scope: 'row',
    severity: 'grave',
    view: 'pena',
    needs: ['pena.inicio', 'pena.termino_previsto'],
    wrong: 'O término previsto da pena é anterior ao início.',
    todo: 'Confira as duas datas no cálculo da pena.',
    find: (row) => {
      const [begin, end] = [sure(row, 'inicio'), sure(row, 'termino_previsto')];
      return found(begin !== null && end !== null && end < begin);
    },
  },
  {
    code: 'S02',
    scope: 'row',
    severity: 'medium',
    view: 'pena',
    needs: ['pena.inicio', 'pena.termino_previsto'],
    needsOne: parts.map((part) => `pena.${part}`),
    wrong:
      'O término previsto não corresponde ao início, à pena e aos dias remidos, detraídos e de interrupção.',
    todo: 'Refaça o cálculo da pena e informe também a detração e as interrupções, zero se não houver.',
    basis: 'CP arts. 10 e 42; LEP art. 126',
    find: (row) => found(hasWrongEnd(row)),
  },
  {
    code: 'S03',
    scope: 'row',
    severity: 'medium',
    view: 'pena',
    needs: [],
    needsOne: parts.map((part) => `pena.${part}`),
    wrong: 'A pena é zero, ou tem anos, meses ou dias negativos.',
    todo: 'Informe a pena que consta da sentença.',
    find: (row) => {
      const wrong = parts.filter((part) => (row[part] ?? 0) < 0 || hasOneOf(row, part, ['invalid']));
      return wrong.length > 0 ? wrong : found(isTermKnown(row) && parts.every((part) => !row[part]));
    },
  },
];

const unearned = {
  code: 'S04',
  scope: 'dossier',
  severity: 'low',
  wrong: 'Há dias remidos sem nenhum trabalho ou estudo registrado.',
  todo: 'Registre o trabalho, o estudo ou a leitura que deu direito à remição.',
  basis: 'LEP art. 126, § 1',
} as const;

const dossiers: readonly DossierRule[] = [
  {
    ...unearned,
    view: 'pena',
    needs: ['pena.dias_remidos', 'trabalho_estudo.custodiado_id'],
    find: eachRow('pena', ({ dias_remidos }, dossier) => {
      const none = dossier.trabalho_estudo.length === 0 && dossier.remicao.length === 0;
      return found(none && (dias_remidos ?? 0) > 0 && !keepsPresentOnly(dossier));
    }),
  },
  {
    ...unearned,
    view: 'remicao',
    needs: ['remicao.dias', 'trabalho_estudo.custodiado_id'],
    find: eachRow('remicao', ({ dias }, dossier) =>
      found(dossier.trabalho_estudo.length === 0 && (dias ?? 0) > 0 && !keepsPresentOnly(dossier)),
    ),
  },
];

export const sentenceRules: readonly Rule[] = [...rows, ...dossiers];
