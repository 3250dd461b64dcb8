import { hit } from './finding.ts';
import { givenName } from './names.ts';
import type { Hit, PersonRule, Register, Rule, SharedRule } from './rule.ts';

const found = (register: Register): Hit => ({
  ...hit(register.role, register.id, null),
  source: register.source,
});

function ofRole(registers: readonly Register[], role: Register['role']): readonly Register[] {
  return registers.filter((register) => register.role === role);
}

/** How many different ones there are, of those that have one. */
function differing(registers: readonly Register[], of: (register: Register) => string | null): number {
  return new Set(registers.map(of).filter((value) => value !== null)).size;
}

/**
 * Whether they are surely of different people: not of one national person, and of other given names or another birth.
 * Registers of one person in two states may not be linked yet.
 */
function areOthers(registers: readonly Register[]): boolean {
  const different = (of: (register: Register) => string | null) => differing(registers, of) > 1;
  return (
    different(({ person }) => person) &&
    (different(({ nome }) => givenName(nome)) || different(({ data_nascimento }) => data_nascimento))
  );
}

/** All of them, where there are more than one of something. */
const allIf = (registers: readonly Register[], many: boolean) => (many ? registers.map(found) : []);

const isHeld = ({ role, openRegimes }: Register) => role === 'custodiado' && openRegimes.length > 0;

/** Who serves in one of these comes and goes: a visit of theirs contradicts nothing. */
const outside: readonly string[] = ['aberto', 'tratamento_ambulatorial'];
const isConfined = (register: Register) =>
  isHeld(register) && register.openRegimes.some((regime) => !outside.includes(regime));

/** Those in custody, where they are so in several states. */
function heldInSeveral(registers: readonly Register[]): readonly Register[] {
  const held = registers.filter(isHeld);
  return differing(held, ({ source }) => source) > 1 ? held : [];
}

const twoStates = {
  severity: 'critical',
  view: 'custodiado',
  needs: ['custodia.saida'],
  todo: 'Os estados conferem entre si onde a pessoa está, e o outro registra a saída.',
} as const;

const heldVisitor = {
  severity: 'critical',
  todo: 'Confira a identidade de quem visita e, se a pessoa já saiu, registre a saída da custódia.',
} as const;

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
    find: (registers) => heldInSeveral(registers).map(found),
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
      find: (registers) => (registers.some(isConfined) ? ofRole(registers, role).map(found) : []),
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
      return held.length === 0 ? [] : visitors.filter(({ cpf }) => cpf === null || free).map(found);
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
      return oneCpf ? [] : held.map(found);
    },
  },
];

export const sharedDocumentRules: readonly Rule[] = [...shared, ...persons];
