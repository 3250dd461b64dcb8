import { yearsLater } from './dates.ts';
import { eachRow, found } from './finding.ts';
import { hasNote, hasOneOf, sure } from './rows.ts';
import type { DossierRule, RowRule, Rule } from './rule.ts';
import { isCourtOf, states } from './states.ts';
import { thresholds } from './thresholds.ts';

const rows: readonly RowRule<'processo'>[] = [
  {
    code: 'J01a',
    scope: 'row',
    severity: 'medium',
    view: 'processo',
    needs: ['processo.numero_cnj'],
    wrong: 'O número do processo não é um número do CNJ: faltam algarismos ou os verificadores não conferem.',
    todo: 'Copie o número do processo da decisão judicial, com os vinte algarismos.',
    basis: 'CNJ, Resolução 65/2008',
    find: (row) => found(hasOneOf(row, 'numero_cnj', ['unreadable', 'invalid', 'too-long'])),
  },
  {
    code: 'J01b',
    scope: 'row',
    severity: 'low',
    view: 'processo',
    needs: ['processo.numero_cnj'],
    wrong: 'O número do processo é de um tribunal que não é deste estado.',
    todo: 'Confira o número; se o processo é mesmo de outro estado, não é preciso mudar nada.',
    basis: 'CNJ, Resolução 65/2008',
    find: (row, _, { source }) => {
      const [number, state] = [row.numero_cnj, states.get(source)];
      if (number === null || state === undefined || hasNote(row, 'numero_cnj', 'legacy')) return [];
      return found(/^\d{20}$/.test(number) && !isCourtOf(state, number));
    },
  },
];

const dossiers: readonly DossierRule[] = [
  {
    code: 'J02',
    scope: 'dossier',
    severity: 'grave',
    view: 'processo',
    needs: ['processo.data_fato'],
    wrong: 'O fato está no futuro, ou a pessoa tinha menos de 18 anos quando ele aconteceu.',
    todo: 'Confira a data do fato e a de nascimento; se estiverem certas, avise o juízo.',
    basis: thresholds.adult.source,
    find: eachRow('processo', (row, { custodiado }, today) => {
      const fact = sure(row, 'data_fato');
      const birth = custodiado === null ? null : sure(custodiado, 'data_nascimento');
      if (fact === null) return [];
      const minor = birth !== null && fact < yearsLater(birth, thresholds.adult.value);
      return found(minor || !today.reached(fact));
    }),
  },
];

export const processRules: readonly Rule[] = [...rows, ...dossiers];
