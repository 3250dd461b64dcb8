import { nameForm } from '../../../shared/cleaning/name-form.ts';
import {
  allIf,
  differing,
  foundRegister,
  heldInSeveral,
  heldVisitor,
  isConfined,
  ofRole,
  twoStates,
} from './registers.ts';
import type { BothRule, Hit, PersonRule, Register, Rule } from './rule.ts';

/** What registers of one person should agree in, where it is not in doubt. */
const agreed: readonly (readonly [string, (register: Register) => string | null])[] = [
  [
    'data_nascimento',
    ({ data_nascimento: birth, notes }) => (isDoubtful(notes, 'data_nascimento') ? null : birth),
  ],
  ['nome_mae', ({ nome_mae: mother, notes }) => (isDoubtful(notes, 'nome_mae') ? null : nameForm(mother))],
];
function isDoubtful(notes: readonly string[], column: string): boolean {
  return notes.some((note) => note.startsWith(`${column}:`) && !note.endsWith(':encoding-mended'));
}

/** One CPF is V05a; one name, mother and birth without two of them, V05b. */
function isSeenOtherwise(visitor: Register, held: readonly Register[]): boolean {
  const { cpf, identidade } = visitor;
  const isNamesake = (other: Register) =>
    visitor.role === 'visitante' && identidade !== null && other.identidade === identidade;
  return held.some(
    (other) =>
      (cpf !== null && other.cpf === cpf) || (isNamesake(other) && (cpf === null || other.cpf === null)),
  );
}

const persons: readonly PersonRule[] = [
  {
    code: 'P14',
    scope: 'person',
    severity: 'grave',
    view: 'custodiado',
    needs: ['custodiado.cpf'],
    wrong: 'A mesma pessoa está com CPFs diferentes.',
    todo: 'Confira o CPF no documento e corrija o que não for da pessoa.',
    find: (registers) => {
      const having = ofRole(registers, 'custodiado').filter(({ cpf }) => cpf !== null);
      return allIf(having, differing(having, ({ cpf }) => cpf) > 1);
    },
  },
  {
    code: 'P16b',
    scope: 'person',
    severity: 'grave',
    view: 'custodiado',
    needs: ['custodiado.rji'],
    wrong: 'A mesma pessoa está com RJIs diferentes.',
    todo: 'Confira no BNMP qual é o RJI da pessoa e peça a unificação se houver dois.',
    find: (registers) => {
      const having = ofRole(registers, 'custodiado').filter(({ rji }) => rji !== null);
      return allIf(having, differing(having, ({ rji }) => rji) > 1);
    },
  },
  {
    code: 'C07b',
    scope: 'person',
    ...twoStates,
    wrong: 'Há custódia aberta em mais de um estado para a mesma pessoa.',
    find: (registers) => {
      const held = heldInSeveral(registers);
      // All of them under one CPF are C07a.
      const oneCpf = differing(held, ({ cpf }) => cpf) === 1 && held.every(({ cpf }) => cpf !== null);
      return oneCpf ? [] : held.map(foundRegister);
    },
  },
  {
    code: 'P21',
    scope: 'person',
    severity: 'low',
    view: 'custodiado',
    needs: [],
    needsOne: ['custodiado.data_nascimento', 'custodiado.nome_mae'],
    wrong: 'Os cadastros da mesma pessoa não têm a mesma data de nascimento ou a mesma mãe.',
    todo: 'Confira os dados no documento da pessoa e corrija o cadastro que estiver errado.',
    find: (registers) =>
      agreed.flatMap(([column, of]) => {
        const having = ofRole(registers, 'custodiado').filter((register) => of(register) !== null);
        return differing(having, of) < 2
          ? []
          : having.map((each) => ({ ...foundRegister(each), item: column }));
      }),
  },
];

const both: readonly BothRule[] = [
  ...(['visitante', 'advogado'] as const).map(
    (role): BothRule => ({
      code: 'V05c',
      scope: 'both',
      ...heldVisitor,
      view: role,
      needs: ['custodia.saida', `${role}.nome`],
      wrong: 'Quem visita está em custódia: os dados dos dois cadastros são da mesma pessoa.',
      find: ({ own, inCustody }) => {
        const held = inCustody.filter(isConfined);
        const visitors = ofRole(own, role);
        return held.length === 0
          ? []
          : visitors.filter((one) => !isSeenOtherwise(one, held)).map(foundRegister);
      },
    }),
  ),
  {
    code: 'L02',
    scope: 'both',
    severity: 'grave',
    view: 'vinculo',
    needs: ['vinculo.pessoa_id', 'vinculo.pessoa_tipo'],
    wrong: 'O vínculo é com a própria pessoa presa, que também está entre os visitantes ou advogados.',
    todo: 'Corrija com quem é o vínculo, ou confira de quem é cada cadastro.',
    // Under one CPF it is L01.
    find: ({ toThemselves }) =>
      toThemselves
        .filter(({ sameCpf }) => !sameCpf)
        .map(({ source, id }): Hit => ({ view: 'vinculo', id, source })),
  },
];

export const linkedPersonRules: readonly Rule[] = [...persons, ...both];
