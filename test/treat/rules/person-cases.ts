import type { Case } from './case.ts';

const long = 'Maria Aparecida da Conceição de Albuquerque Cavalcanti';
const open = { entrada: '2020-05-10' };
const born = (data_nascimento: string, ...notes: string[]) => [{ data_nascimento, notes }];

export const personCases: readonly Case[] = [
  {
    rule: 'P01',
    breaks: { custodiado: [{ nome: null, notes: ['nome:placeholder'] }] },
    nearly: [{ custodiado: [{ nome: 'Ana' }] }, { custodiado: [{ nome: null, notes: ['nome:too-long'] }] }],
  },
  {
    rule: 'P02',
    breaks: { custodiado: [{ nome: 'João Silva 2' }, { nome: 'João' }] },
    finds: ['1', '2'],
    nearly: [
      { custodiado: [{ nome: 'João Silva' }, { nome: null }, { nome: 'J. D’Ávila' }] },
      { custodiado: [{ nome: 'Maria Aparecida da Conceição de Albuquerque Cavalc' }] },
    ],
  },
  {
    rule: 'P04',
    breaks: { custodiado: [{ nome: 'Ana Lima' }] },
    nearly: [{ custodiado: [{ nome_mae: 'Rita Lima' }, { notes: ['nome_mae:too-long'] }] }],
  },
  {
    rule: 'P05',
    breaks: { custodiado: [{ nome: 'José  da Conceição', nome_mae: 'JOSE DA CONCEICAO' }] },
    nearly: [{ custodiado: [{ nome: 'José da Conceição', nome_mae: 'Josefa da Conceição' }, {}] }],
  },
  {
    // Cut at fifty characters in one column and not in the other.
    rule: 'P05',
    breaks: { custodiado: [{ nome: long, nome_mae: long.slice(0, 50) }] },
    nearly: [
      {
        custodiado: [
          { nome: long, nome_mae: long.slice(0, 49) },
          { nome: '?', nome_mae: '-' },
        ],
      },
    ],
  },
  {
    rule: 'P06',
    breaks: {
      custodiado: [
        { nome: 'Rui Lima', nome_pai: 'RUI LIMA' },
        { nome_mae: 'Eva Lima', nome_pai: 'Eva Lima' },
      ],
    },
    finds: ['1 nome', '2 nome_mae'],
    nearly: [{ custodiado: [{ nome: 'Rui Lima Filho', nome_mae: 'Eva Lima', nome_pai: 'Rui Lima' }, {}] }],
  },
  {
    rule: 'P07',
    breaks: { custodiado: [{}, { notes: ['data_nascimento:placeholder'] }] },
    finds: ['1', '2'],
    nearly: [{ custodiado: [{ notes: ['data_nascimento:invalid'] }, { data_nascimento: '1990-01-02' }] }],
  },
  {
    rule: 'P08',
    breaks: { custodiado: [{ notes: ['data_nascimento:invalid'] }] },
    nearly: [{ custodiado: [{ notes: ['data_nascimento:unreadable'] }] }, { custodiado: [] }],
  },
  {
    rule: 'P08',
    breaks: { custodiado: born('2026-12-01'), today: '2026-11-30' },
    nearly: [{ custodiado: born('2026-11-30'), today: '2026-11-30' }],
  },
  {
    rule: 'P08',
    breaks: { custodiado: born('1915-11-30'), today: '2026-11-30', custodia: [open] },
    nearly: [
      { custodiado: born('1915-12-01'), today: '2026-11-30', custodia: [open] },
      // Released long ago.
      { custodiado: born('1915-11-30'), custodia: [{ ...open, entrada: '1960-01-01', saida: '1970-01-01' }] },
      { custodiado: born('1900-01-01', 'data_nascimento:default-date'), custodia: [open] },
    ],
  },
  {
    rule: 'P08',
    breaks: {
      custodiado: born('1850-01-10'),
      custodia: [{ entrada: '1961-01-10', saida: '1961-01-11' }],
    },
    nearly: [
      { custodiado: born('1850-01-10'), custodia: [{ entrada: '1961-01-09', saida: '1961-01-11' }] },
      { custodiado: born('1850-01-10'), custodia: [{ saida: '1961-01-11' }] },
    ],
  },
  {
    rule: 'P08',
    breaks: { custodiado: born('1850-01-10') },
    nearly: [{ custodiado: born('1950-01-10') }],
  },
  {
    rule: 'P09',
    breaks: { custodiado: born('2002-05-11'), custodia: [open] },
    finds: ['1 1'],
    nearly: [
      { custodiado: born('2002-05-10'), custodia: [open] },
      { custodiado: born('2020-05-11'), custodia: [open] },
      { custodiado: born('2002-05-11', 'data_nascimento:default-date'), custodia: [open] },
      { custodiado: born('2002-05-11'), custodia: [{ ...open, notes: ['entrada:default-date'] }] },
    ],
  },
  {
    rule: 'P09',
    breaks: {
      custodiado: born('2000-02-29'),
      custodia: [{ entrada: '2018-02-28' }, { entrada: '2000-02-29' }],
    },
    finds: ['1 1', '1 2'],
    nearly: [{ custodiado: born('2000-02-29'), custodia: [{ entrada: '2018-03-01' }] }],
  },
  {
    rule: 'P10',
    breaks: { custodiado: born('1980-01-01', 'data_nascimento:default-date') },
    nearly: [{ custodiado: born('1980-01-01', 'data_nascimento:century-inferred') }],
  },
  {
    rule: 'P11',
    breaks: { custodiado: [{}, { notes: ['sexo:unknown-code'] }] },
    finds: ['1', '2'],
    nearly: [{ custodiado: [{ sexo: 'feminino' }] }],
  },
  {
    rule: 'P12',
    breaks: { custodiado: [{ notes: ['cpf:invalid'] }, { notes: ['cpf:unreadable'] }] },
    finds: ['1', '2'],
    nearly: [{ custodiado: [{ notes: ['cpf:placeholder'] }, { cpf: '52998224725' }, {}] }],
  },
  {
    rule: 'P15',
    breaks: { custodiado: [{ notes: ['rji:invalid'] }] },
    nearly: [{ custodiado: [{ notes: ['rji:placeholder'] }, { rji: '201234567-89' }] }],
  },
  {
    rule: 'P17',
    breaks: { custodiado: [{ rg: '123' }] },
    nearly: [{ custodiado: [{ rg: '123', rg_uf: 'AL' }, {}, { rg: '1', notes: ['rg_uf:invalid'] }] }],
  },
  {
    rule: 'P18',
    breaks: { custodiado: [{ notes: ['naturalidade_ibge:invalid'] }] },
    nearly: [{ custodiado: [{ naturalidade_ibge: '2704302' }, {}] }],
  },
];
