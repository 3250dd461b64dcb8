import { expected } from '../../../central/treat/rules/expected.ts';
import { pastColumns } from '../../../central/treat/rules/future.ts';
import type { ViewName } from '../../../central/treat/rules/rows.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import type { Case } from './case.ts';
import { columnsOf } from './scene.ts';

// Rules over every view: `id` is a column of each, of which no rule of its own speaks.

const views = standardViews.map(({ name }) => name as ViewName);

const notes = {
  T01: 'unreadable',
  T02: 'invalid',
  T03: 'unknown-code',
  T04: 'too-long',
  T06: 'default-date',
  P03: 'encoding-doubtful',
};

const ofNotes = views.flatMap((view) =>
  Object.entries(notes).map(
    ([rule, note]): Case => ({
      rule,
      view,
      breaks: { [view]: [{}, { notes: [`id:${note}`] }] },
      finds: ['2 id'],
      nearly: [
        { [view]: [{}, { notes: ['id:placeholder', 'id:implied', 'id:legacy', 'id:century-inferred'] }] },
      ],
    }),
  ),
);

const ofExpected = Object.entries(expected).flatMap(([name, columns]): Case[] => {
  const view = name as ViewName;
  const [first = '', ...others] = columns;
  return [
    {
      rule: 'T05',
      view,
      breaks: { [view]: [{}] },
      finds: columns.map((column) => `1 ${column}`),
      nearly: [
        { [view]: [{ notes: columns.map((column) => `${column}:unreadable`) }] },
        { [view]: [{}], shown: columnsOf(view).filter((column) => !columns.includes(column)) },
      ],
    },
    {
      rule: 'T05',
      view,
      breaks: { [view]: [{ notes: [`${first}:placeholder`] }], shown: ['id', first] },
      finds: [`1 ${first}`],
      nearly: [
        { [view]: [{ notes: [`${first}:invalid`] }], shown: ['id', first] },
        { [view]: [{}], shown: ['id'] },
      ],
    },
    ...others.map(
      (column): Case => ({
        rule: 'T05',
        view,
        breaks: { [view]: [{}], shown: [column] },
        finds: [`1 ${column}`],
        nearly: [{ [view]: [{ notes: [`${column}:too-long`] }], shown: [column] }],
      }),
    ),
  ];
});

const ofPersons = [
  ...(['outro_nome', 'movimentacao', 'processo', 'pena', 'remicao', 'trabalho_estudo'] as const),
  ...(['falta_disciplinar', 'saude', 'vinculo', 'foto', 'visita'] as const),
].map(
  (view): Case => ({
    rule: 'T07',
    view,
    breaks: { custodiado: [], [view]: [{}] },
    nearly: [{ [view]: [{}] }],
  }),
);

const unidade = [{ id: '7' }];

export const genericCases: readonly Case[] = [
  ...[...ofNotes, ...ofExpected, ...ofPersons],
  {
    rule: 'P03',
    view: 'custodiado',
    breaks: {
      custodiado: [{ notes: ['nome:encoding-mended', 'nome:encoding-doubtful', 'cpf:encoding-mended'] }],
    },
    finds: ['1 nome', '1 cpf'],
    nearly: [{ custodiado: [{ nome: 'Ana Ã Lima' }] }],
  },
  {
    // What has a rule of its own is found by that alone.
    rule: 'T02',
    view: 'custodiado',
    breaks: { custodiado: [{ notes: ['rg_uf:invalid'] }] },
    finds: ['1 rg_uf'],
    nearly: [
      {
        custodiado: [
          { notes: ['cpf:invalid', 'rji:invalid', 'naturalidade_ibge:invalid', 'data_nascimento:invalid'] },
        ],
      },
    ],
  },
  {
    rule: 'T08',
    view: 'movimentacao',
    breaks: { unidade, movimentacao: [{ unidade_origem_id: '6', unidade_destino_id: '8' }] },
    finds: ['1 unidade_origem_id', '1 unidade_destino_id'],
    nearly: [{ unidade, movimentacao: [{ unidade_origem_id: '7', unidade_destino_id: '7' }, {}] }],
  },
  {
    rule: 'T08',
    view: 'visita',
    breaks: { unidade, visita: [{ unidade_id: '8' }] },
    nearly: [{ unidade, visita: [{ unidade_id: '7' }, {}] }],
  },
  {
    rule: 'T09',
    breaks: { processo: [{ id: '3' }], pena: [{ processo_id: '4' }] },
    nearly: [{ processo: [{ id: '3' }], pena: [{ processo_id: '3' }, {}] }],
  },
  ...(['custodiado', 'custodia', 'movimentacao', 'visita'] as const).flatMap((view): Case[] => [
    {
      rule: 'X01',
      view,
      breaks: { volume: { rows: 799, most: 1000 } },
      finds: [' volume'],
      nearly: [
        { volume: { rows: 800, most: 1000 } },
        { volume: { rows: 0, most: 99 } },
        { volume: { rows: 5 } },
      ],
    },
    {
      rule: 'X01',
      view,
      breaks: { volume: { rows: 100, still: 8 } },
      finds: [' parada'],
      nearly: [{ volume: { rows: 100, still: 7 } }, { volume: { rows: 99, still: 8 } }],
    },
  ]),
  ...views.flatMap((view): Case[] => {
    const columns = pastColumns(view);
    if (columns.length === 0) return [];
    const all = (day: string) => Object.fromEntries(columns.map((column) => [column, `${day} 10:00:00`]));
    return [
      {
        rule: 'T10',
        view,
        breaks: { today: '2026-11-30', [view]: [all('2026-12-01')] },
        finds: columns.map((column) => `1 ${column}`),
        nearly: [{ today: '2026-11-30', [view]: [all('2026-11-30'), {}] }],
      },
    ];
  }),
];
