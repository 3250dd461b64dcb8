import type { Case } from './case.ts';

const number = (justice: string, court: string) => ({ numero_cnj: `0001234562026${justice}${court}0001` });
const known = { dias_remidos: 0, dias_detracao: 0, dias_interrupcao: 0 };
// Three years from 10 January 2020, the first day counted: to 9 January 2023.
const three = { anos: 3, inicio: '2020-01-10', ...known };
const worked = [{ tipo: 'estudo' }];
const episode = (inicio: string, fim: string | null = null) => ({ inicio, fim });
const stayed = { entrada: '2026-01-10', saida: '2026-02-10' };

export const sentenceCases: readonly Case[] = [
  {
    rule: 'J01a',
    breaks: { processo: [{ notes: ['numero_cnj:invalid'] }, { notes: ['numero_cnj:unreadable'] }] },
    finds: ['1', '2'],
    nearly: [{ processo: [{ ...number('8', '02'), notes: ['numero_cnj:legacy'] }, {}] }],
  },
  {
    rule: 'J01b',
    breaks: { processo: [number('8', '26'), number('4', '01'), number('9', '13')] },
    finds: ['1', '2', '3'],
    nearly: [
      { processo: [number('8', '02'), number('4', '05'), number('3', '00'), number('7', '00')] },
      { processo: [{ ...number('0', '03'), notes: ['numero_cnj:legacy'] }, {}] },
      { processo: [{ ...number('8', '26'), notes: ['numero_cnj:legacy'] }] },
      { processo: [number('8', '26')], source: 'BR' },
      { processo: [number('4', '01'), number('4', '06')], source: 'MG' },
    ],
  },
  {
    rule: 'J02',
    breaks: {
      today: '2026-11-30',
      custodiado: [{ data_nascimento: '2000-06-01' }],
      processo: [{ data_fato: '2026-12-01' }, { data_fato: '2018-05-31' }],
    },
    finds: ['1', '2'],
    nearly: [
      {
        today: '2026-11-30',
        custodiado: [{ data_nascimento: '2000-06-01' }],
        processo: [{ data_fato: '2026-11-30' }, { data_fato: '2018-06-01' }, {}],
      },
      {
        custodiado: [{ data_nascimento: '2000-01-01', notes: ['data_nascimento:default-date'] }],
        processo: [{ data_fato: '2017-01-01' }],
      },
    ],
  },
  {
    rule: 'S01',
    breaks: { pena: [{ inicio: '2020-01-10', termino_previsto: '2020-01-09' }] },
    nearly: [{ pena: [{ inicio: '2020-01-10', termino_previsto: '2020-01-10' }, {}] }],
  },
  {
    rule: 'S02',
    breaks: {
      pena: [
        { ...three, termino_previsto: '2023-02-10' },
        { ...three, termino_previsto: '2022-12-08' },
      ],
    },
    finds: ['1', '2'],
    nearly: [
      {
        pena: [
          { ...three, termino_previsto: '2023-02-09' },
          { ...three, termino_previsto: '2022-12-09' },
        ],
      },
      { pena: [{ ...three, dias_remidos: 100.5, dias_detracao: 300, termino_previsto: '2021-12-05' }] },
      { pena: [{ ...three, dias_interrupcao: 365, termino_previsto: '2024-01-09' }] },
      // What was served before may be any.
      { pena: [{ ...three, dias_detracao: null, termino_previsto: '2021-01-09' }] },
      { pena: [{ ...three, dias_remidos: null, termino_previsto: '2021-01-09' }] },
      { pena: [{ ...three, dias_interrupcao: null, termino_previsto: '2029-01-09' }] },
      { pena: [{ ...three, notes: ['meses:unreadable'], termino_previsto: '2029-01-09' }] },
      { pena: [{ ...known, inicio: '2020-01-10', termino_previsto: '2029-01-09' }] },
    ],
  },
  {
    rule: 'S02',
    breaks: {
      pena: [
        { ...known, meses: 6, dias: 10, inicio: '2026-01-31', termino_previsto: '2026-09-10' },
        { ...known, dias: 1, inicio: '2026-01-31', termino_previsto: '2026-03-04' },
      ],
    },
    finds: ['1', '2'],
    nearly: [
      { pena: [{ ...known, meses: 6, dias: 10, inicio: '2026-01-31', termino_previsto: '2026-09-09' }] },
      { pena: [{ ...known, dias: 1, inicio: '2026-01-31', termino_previsto: '2026-03-03' }] },
      { pena: [{ ...three, termino_previsto: '2020-01-09' }] },
      { pena: [{ ...three, dias_remidos: null, dias_detracao: null, termino_previsto: '2023-02-09' }] },
    ],
  },
  {
    rule: 'S02',
    breaks: {
      pena: [
        { ...three, dias_remidos: null, dias_detracao: null, termino_previsto: '2023-02-10' },
        { ...three, dias_interrupcao: null, termino_previsto: '2022-12-08' },
        { ...known, dias: 90, inicio: '2026-01-31', termino_previsto: '2026-01-31' },
      ],
    },
    finds: ['1', '2', '3'],
    nearly: [{ pena: [{ ...known, dias: 32, inicio: '2026-01-31', termino_previsto: '2026-01-31' }] }],
  },
  {
    // SEEU's thirty years are seven days shorter than the calendar's.
    rule: 'S02',
    breaks: { pena: [{ ...three, anos: 9000, termino_previsto: '2026-01-01' }] },
    nearly: [{ pena: [{ ...three, anos: 30, termino_previsto: '2050-01-02' }] }],
  },
  {
    rule: 'S03',
    breaks: {
      pena: [
        { anos: 0, meses: 0 },
        { anos: 1, dias: -3 },
        { anos: 1, notes: ['meses:invalid'] },
      ],
    },
    finds: ['1', '2 dias', '3 meses'],
    nearly: [{ pena: [{ anos: 130 }, { meses: 18 }, {}, { anos: 0, notes: ['meses:unreadable'] }] }],
  },
  {
    rule: 'S04',
    view: 'pena',
    breaks: { pena: [{ dias_remidos: 0.5 }] },
    nearly: [
      { pena: [{ dias_remidos: 12.5 }], trabalho_estudo: worked },
      { pena: [{ dias_remidos: 12.5 }], remicao: [{ dias: 12.5 }] },
      { pena: [{ dias_remidos: 0 }, {}] },
      { pena: [{ dias_remidos: 12.5 }], custodia: [{ so_atual: true }] },
    ],
  },
  {
    rule: 'S04',
    view: 'remicao',
    breaks: { remicao: [{ dias: 0.5 }] },
    nearly: [{ remicao: [{ dias: 12.5 }], trabalho_estudo: worked }, { remicao: [{ dias: 0 }, {}] }],
  },
  ...(
    [
      ['trabalho_estudo', ['1 fim', '2 inicio', '3 fim']],
      // A sanction may be planned to last longer; an illness is older than custody, and goes on after it.
      ['falta_disciplinar', ['1 fim', '2 inicio']],
      ['saude', ['1 fim']],
    ] as const
  ).map(
    ([view, finds]): Case => ({
      rule: 'E01',
      view,
      breaks: {
        custodia: [stayed],
        [view]: [
          episode('2026-01-20', '2026-01-19'),
          episode('2026-01-08', '2026-01-20'),
          episode('2026-01-20', '2026-02-12'),
        ],
      },
      finds,
      nearly: [
        {
          custodia: [stayed],
          [view]: [
            episode('2026-01-09', '2026-02-11'),
            episode('2026-01-20'),
            episode('2026-01-20', '2026-01-20'),
          ],
        },
        { custodia: [{ ...stayed, so_atual: true }], [view]: [episode('2020-01-09')] },
        { custodia: [{ entrada: '2026-01-10' }], [view]: [episode('2026-01-10', '2026-11-11')] },
      ],
    }),
  ),
];
