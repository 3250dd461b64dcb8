import { givenName } from './names.ts';
import {
  allIf,
  areOthers,
  differing,
  foundRegister,
  heldInSeveral,
  heldVisitor,
  isConfined,
  ofRole,
  twoStates,
} from './registers.ts';
import type { Rule, SharedRule } from './rule.ts';

const shared: readonly SharedRule[] = [
  {
    code: 'P13',
    scope: 'shared',
    by: 'cpf',
    severity: 'grave',
    view: 'custodiado',
    needs: ['custodiado.cpf'],
    wrong: 'O mesmo CPF está em pessoas diferentes.',
    todo: 'Confira o CPF no documento da pessoa e corrija-o onde não for dela.',
    find: (registers) => {
      const inCustody = ofRole(registers, 'custodiado');
      return allIf(inCustody, areOthers(inCustody));
    },
  },
  {
    code: 'P16a',
    scope: 'shared',
    by: 'rji',
    severity: 'grave',
    view: 'custodiado',
    needs: ['custodiado.rji'],
    wrong: 'O mesmo RJI está em pessoas diferentes.',
    todo: 'Confira no BNMP de quem é o RJI e corrija-o onde não for dessa pessoa.',
    find: (registers) => {
      const inCustody = ofRole(registers, 'custodiado');
      return allIf(inCustody, areOthers(inCustody));
    },
  },
  {
    code: 'P19',
    scope: 'shared',
    by: 'identity',
    severity: 'grave',
    view: 'custodiado',
    needs: ['custodiado.nome', 'custodiado.nome_mae', 'custodiado.data_nascimento'],
    wrong: 'A pessoa está cadastrada mais de uma vez no estado, com o mesmo nome, mãe e nascimento.',
    todo: 'Confira os cadastros e junte num só os que forem da mesma pessoa.',
    find: (registers) => {
      const bySource = Map.groupBy(ofRole(registers, 'custodiado'), ({ source }) => source);
      return [...bySource.values()].flatMap((own) => allIf(own, own.length > 1));
    },
  },
  {
    code: 'C07a',
    scope: 'shared',
    by: 'cpf',
    ...twoStates,
    needs: [...twoStates.needs, 'custodiado.cpf'],
    wrong: 'Há custódia aberta em mais de um estado para o mesmo CPF.',
    find: (registers) => heldInSeveral(registers).map(foundRegister),
  },
  ...(['visitante', 'advogado'] as const).map(
    (role): SharedRule => ({
      code: 'V05a',
      scope: 'shared',
      by: 'cpf',
      ...heldVisitor,
      view: role,
      needs: ['custodia.saida', `${role}.cpf`, 'custodiado.cpf'],
      wrong: 'Quem visita está em custódia: há custódia aberta para o mesmo CPF.',
      find: (registers) => (registers.some(isConfined) ? ofRole(registers, role).map(foundRegister) : []),
    }),
  ),
  {
    code: 'V05b',
    scope: 'shared',
    by: 'identity',
    ...heldVisitor,
    view: 'visitante',
    needs: ['custodia.saida', ...['nome', 'nome_mae', 'data_nascimento'].map((name) => `visitante.${name}`)],
    wrong: 'Quem visita está em custódia: há custódia aberta para o mesmo nome, mãe e nascimento.',
    find: (registers) => {
      const held = registers.filter(isConfined);
      // One CPF is V05a; two of them are two people of one name.
      const free = held.some(({ cpf }) => cpf === null);
      const visitors = ofRole(registers, 'visitante');
      return held.length === 0 ? [] : visitors.filter(({ cpf }) => cpf === null || free).map(foundRegister);
    },
  },
  {
    code: 'A02',
    scope: 'shared',
    by: 'oab',
    severity: 'grave',
    view: 'advogado',
    needs: ['advogado.oab_numero', 'advogado.oab_uf'],
    wrong: 'A mesma inscrição na OAB está em advogados diferentes.',
    todo: 'Confira a inscrição na carteira da OAB e corrija-a onde não for dessa pessoa.',
    find: (registers) => {
      const lawyers = ofRole(registers, 'advogado');
      // Surnames change by marriage and are cut; registers of one lawyer may not be linked yet.
      const names = differing(lawyers, ({ nome }) => givenName(nome));
      return allIf(lawyers, names > 1 && differing(lawyers, ({ person }) => person) > 1);
    },
  },
];

export const sharedDocumentRules: readonly Rule[] = shared;
