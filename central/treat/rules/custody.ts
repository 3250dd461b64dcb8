import { isHome, isOpen } from './custody-state.ts';
import { eachRow, found, foundOf, nothing } from './finding.ts';
import { isMissing, sure } from './rows.ts';
import type { DossierRule, Rule } from './rule.ts';

/** What a custody refers to, its dates, and what it says of itself. */
const rules: readonly DossierRule[] = [
  {
    code: 'C01',
    scope: 'dossier',
    severity: 'grave',
    view: 'custodia',
    needs: ['custodiado.id', 'custodia.custodiado_id'],
    wrong: 'A custódia é de uma pessoa que não está no cadastro.',
    todo: 'Inclua a pessoa na visão de pessoas, ou corrija o código dela na custódia.',
    find: eachRow('custodia', (_, { custodiado }) => found(custodiado === null)),
  },
  {
    code: 'C02',
    scope: 'dossier',
    severity: 'grave',
    view: 'custodia',
    needs: ['unidade.id', 'custodia.unidade_id'],
    wrong: 'A custódia é numa unidade que não está no cadastro.',
    todo: 'Inclua a unidade na visão de unidades, ou corrija o código dela na custódia.',
    find: eachRow('custodia', ({ unidade_id }, { unidade }) =>
      found(unidade_id !== null && unidade(unidade_id) === undefined),
    ),
  },
  {
    code: 'C03',
    scope: 'dossier',
    severity: 'grave',
    view: 'custodia',
    needs: ['custodia.entrada', 'custodia.saida'],
    wrong: 'A saída é anterior à entrada.',
    todo: 'Confira as duas datas e corrija a que estiver errada.',
    find: eachRow('custodia', (row) => {
      const [entrada, saida] = [sure(row, 'entrada'), sure(row, 'saida')];
      return found(entrada !== null && saida !== null && saida < entrada);
    }),
  },
  {
    code: 'C04',
    scope: 'dossier',
    severity: 'grave',
    view: 'custodia',
    needs: ['custodia.entrada'],
    wrong: 'A entrada ou a saída está no futuro.',
    todo: 'Corrija a data; o que ainda vai acontecer não se registra como acontecido.',
    find: eachRow('custodia', (row, _, today) => {
      const [entrada, saida] = [sure(row, 'entrada'), sure(row, 'saida')];
      return foundOf({
        entrada: entrada !== null && !today.reached(entrada),
        saida: saida !== null && !today.reached(saida),
      });
    }),
  },
  {
    code: 'C05',
    scope: 'dossier',
    severity: 'grave',
    view: 'custodia',
    needs: ['custodia.entrada', 'custodiado.data_nascimento'],
    wrong: 'A entrada é anterior ao nascimento da pessoa.',
    todo: 'Confira a data da entrada e a de nascimento.',
    find: eachRow('custodia', (row, { custodiado }) => {
      const birth = custodiado === null ? null : sure(custodiado, 'data_nascimento');
      const entrada = sure(row, 'entrada');
      return found(birth !== null && entrada !== null && entrada < birth);
    }),
  },
  {
    code: 'C09',
    scope: 'dossier',
    severity: 'medium',
    view: 'custodia',
    needs: ['custodia.saida', 'custodia.motivo_saida'],
    wrong: 'Há saída sem motivo, ou motivo de saída sem a data.',
    todo: 'Informe a data e o motivo da saída, ou nenhum dos dois se a pessoa continua presa.',
    find: eachRow('custodia', (row) =>
      foundOf({
        saida: row.motivo_saida !== null && isMissing(row, 'saida'),
        motivo_saida: row.saida !== null && isMissing(row, 'motivo_saida'),
      }),
    ),
  },
  {
    code: 'C11',
    scope: 'dossier',
    severity: 'medium',
    view: 'custodia',
    needs: ['custodia.natureza', 'custodia.regime'],
    wrong: 'O regime não combina com a natureza da prisão.',
    todo: 'Confira a natureza da prisão e o regime na decisão judicial.',
    find: eachRow('custodia', ({ natureza, regime }) =>
      found(natureza !== null && regime !== null && (apart[natureza]?.includes(regime) ?? false)),
    ),
  },
  {
    code: 'C12',
    scope: 'dossier',
    severity: 'grave',
    view: 'custodia',
    needs: [
      ...['custodia.unidade_id', 'custodia.saida', 'custodia.regime'],
      ...['custodiado.sexo', 'unidade.sexo'],
    ],
    wrong: 'A pessoa está numa unidade que é para o outro sexo.',
    todo: 'Confira o sexo da pessoa e a unidade em que ela está.',
    basis: 'CF art. 5, XLVIII; LEP art. 82, § 1',
    find: eachRow('custodia', (row, { custodiado, unidade }) => {
      if (custodiado === null || !isOpen(row) || isHome(row)) return nothing;
      // Where a trans person is held is decided for each.
      if (custodiado.genero !== null && !cisgender.includes(custodiado.genero)) return nothing;
      const forWhom = unidade(row.unidade_id)?.sexo ?? 'misto';
      return found(custodiado.sexo !== null && forWhom !== 'misto' && custodiado.sexo !== forWhom);
    }),
  },
  {
    code: 'C13',
    scope: 'dossier',
    severity: 'medium',
    view: 'custodia',
    needs: ['custodia.unidade_id', 'custodia.saida', 'unidade.situacao'],
    wrong: 'Há custódia aberta numa unidade desativada.',
    todo: 'Registre a saída ou a unidade em que a pessoa está, ou corrija a situação da unidade.',
    basis: 'LEP art. 66, VIII',
    find: eachRow('custodia', (row, { unidade }) =>
      found(isOpen(row) && unidade(row.unidade_id)?.situacao === 'desativada'),
    ),
  },
];

/** Regimes that a kind of custody has in no case; what is disputed or a matter of appeals is not among them. */
const apart: Readonly<Record<string, readonly string[]>> = {
  provisoria: ['aberto', 'tratamento_ambulatorial'],
  temporaria: ['semiaberto', 'aberto', 'internacao', 'tratamento_ambulatorial'],
  condenacao: ['sem_regime', 'tratamento_ambulatorial'],
  medida_seguranca: ['fechado', 'semiaberto', 'aberto'],
  civil: ['internacao', 'tratamento_ambulatorial'],
};

const cisgender: readonly string[] = ['mulher_cis', 'homem_cis'];

export const custodyRules: readonly Rule[] = rules;
