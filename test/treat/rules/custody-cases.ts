import type { Case } from './case.ts';

const unit = (given: object) => ({ unidade: [{ id: '7', ...given }] });
const inUnit = { unidade_id: '7', entrada: '2026-01-10' };
const woman = { sexo: 'feminino' };
const lasting = (entrada: string, saida: string | null, given?: object) => ({ entrada, saida, ...given });

export const custodyCases: readonly Case[] = [
  {
    rule: 'C01',
    breaks: { custodiado: [], custodia: [{}] },
    nearly: [{ custodia: [{}] }, { custodiado: [] }],
  },
  {
    rule: 'C02',
    breaks: { ...unit({}), custodia: [{ unidade_id: '8' }] },
    nearly: [{ ...unit({}), custodia: [inUnit, {}] }],
  },
  {
    rule: 'C03',
    breaks: { custodia: [lasting('2026-01-10', '2026-01-09')] },
    nearly: [
      { custodia: [lasting('2026-01-10', '2026-01-10'), lasting('2026-01-10', null)] },
      { custodia: [lasting('2026-01-10', '1900-01-01', { notes: ['saida:default-date'] })] },
    ],
  },
  {
    rule: 'C04',
    breaks: { today: '2026-11-30', custodia: [lasting('2026-12-01', '2026-12-02')] },
    finds: ['1 entrada', '1 saida'],
    nearly: [
      { today: '2026-11-30', custodia: [lasting('2026-11-30', '2026-11-30')] },
      { custodia: [lasting('2026-01-01', '9999-12-31', { notes: ['saida:default-date'] })] },
    ],
  },
  {
    rule: 'C05',
    breaks: { custodiado: [{ data_nascimento: '2026-01-11' }], custodia: [inUnit] },
    nearly: [
      { custodiado: [{ data_nascimento: '2026-01-10' }], custodia: [inUnit] },
      {
        custodiado: [{ data_nascimento: '2026-01-11', notes: ['data_nascimento:century-inferred'] }],
        custodia: [inUnit],
      },
    ],
  },
  {
    rule: 'C06',
    breaks: { custodia: [inUnit, { unidade_id: '8' }, { unidade_id: '9', saida: '2026-02-01' }] },
    finds: ['1', '2'],
    nearly: [
      { custodia: [inUnit, inUnit] },
      { custodia: [inUnit, { unidade_id: '8', motivo_saida: 'alvara' }] },
      { custodia: [inUnit, { unidade_id: '8', notes: ['saida:unreadable'] }] },
      { custodia: [inUnit, {}] },
    ],
  },
  {
    rule: 'C08',
    breaks: { custodia: [lasting('2026-01-01', '2026-03-01'), lasting('2026-02-28', null)] },
    finds: ['2 1'],
    nearly: [
      { custodia: [lasting('2026-01-01', '2026-03-01'), lasting('2026-03-01', null)] },
      // Open in two units is C06.
      { custodia: [lasting('2026-01-01', null, { unidade_id: '7' }), lasting('2026-02-01', null)] },
      { custodia: [lasting('2026-01-01', null, { notes: ['saida:invalid'] }), lasting('2026-02-01', null)] },
    ],
  },
  {
    rule: 'C08',
    breaks: {
      custodia: [
        lasting('2026-01-01', '2026-06-01'),
        lasting('2026-02-01', '2026-03-01'),
        lasting('2026-05-01', null),
      ],
    },
    finds: ['2 1', '3 1'],
    nearly: [{ custodia: [lasting('2026-01-01', '2026-06-01')] }],
  },
  {
    // Beside the one that lasts longest of those before.
    rule: 'C08',
    breaks: {
      custodia: [
        lasting('2026-01-01', '2026-02-01'),
        lasting('2026-02-01', '2026-06-01'),
        lasting('2026-05-01', '2026-05-01'),
        lasting('2026-06-01', null),
        lasting('2026-07-01', null),
      ],
    },
    finds: ['3 2', '5 4'],
    nearly: [{ custodia: [lasting('2026-01-01', '2026-02-01'), lasting('2026-01-15', '2026-01-10')] }],
  },
  {
    rule: 'C08',
    breaks: {
      custodia: [
        lasting('2026-01-01', null, { unidade_id: '7' }),
        lasting('2026-02-01', '2026-02-03', { unidade_id: '8' }),
      ],
    },
    finds: ['2 1'],
    nearly: [{ custodia: [lasting('2026-02-01', '2026-02-02'), lasting('2026-02-02', '2026-02-03')] }],
  },
  {
    rule: 'C09',
    breaks: { custodia: [{ saida: '2026-02-01' }, { motivo_saida: 'alvara' }] },
    finds: ['1 motivo_saida', '2 saida'],
    nearly: [
      { custodia: [{ saida: '2026-02-01', motivo_saida: 'fuga' }, {}] },
      { custodia: [{ saida: '2026-02-01', notes: ['motivo_saida:unknown-code'] }] },
      { custodia: [{ motivo_saida: 'alvara', notes: ['saida:unreadable'] }] },
    ],
  },
  {
    rule: 'C11',
    breaks: {
      custodia: [
        { natureza: 'medida_seguranca', regime: 'fechado' },
        { natureza: 'condenacao', regime: 'sem_regime' },
      ],
    },
    finds: ['1', '2'],
    nearly: [
      {
        custodia: [
          { natureza: 'medida_seguranca', regime: 'internacao' },
          { natureza: 'provisoria', regime: 'domiciliar' },
          { natureza: 'provisoria', regime: 'sem_regime' },
          { natureza: 'outra', regime: 'aberto' },
          { regime: 'fechado' },
        ],
      },
    ],
  },
  {
    rule: 'C12',
    breaks: { ...unit({ sexo: 'masculino' }), custodiado: [woman], custodia: [inUnit] },
    nearly: [
      { ...unit({ sexo: 'misto' }), custodiado: [woman], custodia: [inUnit] },
      {
        ...unit({ sexo: 'masculino' }),
        custodiado: [{ ...woman, genero: 'homem_trans' }],
        custodia: [inUnit],
      },
      {
        ...unit({ sexo: 'masculino' }),
        custodiado: [woman],
        custodia: [{ ...inUnit, regime: 'domiciliar' }],
      },
      { ...unit({ sexo: 'masculino' }), custodiado: [woman], custodia: [{ ...inUnit, saida: '2026-02-01' }] },
    ],
  },
  {
    rule: 'C12',
    breaks: {
      ...unit({ sexo: 'feminino' }),
      custodiado: [{ sexo: 'masculino', genero: 'homem_cis' }],
      custodia: [inUnit],
    },
    nearly: [{ ...unit({ sexo: 'feminino' }), custodiado: [{}], custodia: [inUnit] }],
  },
  {
    rule: 'C13',
    breaks: { ...unit({ situacao: 'desativada' }), custodia: [inUnit] },
    nearly: [
      { ...unit({ situacao: 'interditada' }), custodia: [inUnit] },
      { ...unit({ situacao: 'desativada' }), custodia: [{ ...inUnit, saida: '2026-02-01' }] },
    ],
  },
];
