import { eachRow, found, foundOf } from './finding.ts';
import { remembered } from './remembered.ts';
import type { Dossier, DossierRule, DossierView, Rule, VisitRule } from './rule.ts';

/** References of other views than custodies and links, which have rules of their own (C01, C02, L01). */
const noPerson = {
  code: 'T07',
  severity: 'grave',
  wrong: 'O registro é de uma pessoa que não está no cadastro.',
  todo: 'Inclua a pessoa na visão de pessoas, ou corrija o código dela neste registro.',
} as const;

const noUnit = {
  code: 'T08',
  severity: 'medium',
  wrong: 'O registro cita uma unidade que não está no cadastro.',
  todo: 'Inclua a unidade na visão de unidades, ou corrija o código dela neste registro.',
} as const;

const views: readonly DossierView[] = [
  ...(['outro_nome', 'movimentacao', 'processo', 'pena', 'remicao'] as const),
  ...(['trabalho_estudo', 'falta_disciplinar', 'saude', 'vinculo', 'foto'] as const),
];

const persons: readonly (DossierRule | VisitRule)[] = [
  ...views.map(
    (view): DossierRule => ({
      ...noPerson,
      scope: 'dossier',
      view,
      needs: ['custodiado.id', `${view}.custodiado_id`],
      find: eachRow(view, (_, { custodiado }) => found(custodiado === null)),
    }),
  ),
  {
    ...noPerson,
    scope: 'visit',
    view: 'visita',
    needs: ['custodiado.id', 'visita.custodiado_id'],
    broken: (_, { custodiado }) => custodiado === null,
  },
];

const units: readonly (DossierRule | VisitRule)[] = [
  {
    ...noUnit,
    scope: 'dossier',
    view: 'movimentacao',
    needs: ['unidade.id'],
    needsOne: ['movimentacao.unidade_origem_id', 'movimentacao.unidade_destino_id'],
    find: eachRow('movimentacao', (row, { unidade }) => {
      const { unidade_origem_id: from, unidade_destino_id: to } = row;
      return foundOf({
        unidade_origem_id: from !== null && unidade(from) === undefined,
        unidade_destino_id: to !== null && unidade(to) === undefined,
      });
    }),
  },
  {
    ...noUnit,
    scope: 'visit',
    view: 'visita',
    needs: ['unidade.id', 'visita.unidade_id'],
    broken: ({ unidade_id }, { unidade }) => unidade_id !== null && unidade(unidade_id) === undefined,
  },
];

const processIds = remembered(({ processo }: Dossier) => new Set(processo.map(({ id }) => id)));

const sentences: readonly DossierRule[] = [
  {
    code: 'T09',
    scope: 'dossier',
    severity: 'medium',
    view: 'pena',
    needs: ['pena.processo_id', 'processo.id'],
    wrong: 'A pena é de um processo que não está entre os da pessoa.',
    todo: 'Registre o processo, ou corrija de qual deles é a pena.',
    find: eachRow('pena', ({ processo_id }, dossier) =>
      found(processo_id !== null && !processIds(dossier).has(processo_id)),
    ),
  },
];

export const referenceRules: readonly Rule[] = [...persons, ...units, ...sentences];
