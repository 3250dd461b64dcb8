import type { Case } from './case.ts';

const stayed = { unidade_id: '7', entrada: '2026-01-10', saida: '2026-02-10' };
const visit = (day: string, given?: object) => ({
  instante: `${day} 14:00:00`,
  visitante_id: '5',
  unidade_id: '7',
  ...given,
});
const link = { pessoa_tipo: 'visitante', pessoa_id: '5', inicio: '2026-01-10', fim: '2026-01-20' };

export const visitCases: readonly Case[] = [
  {
    rule: 'V01',
    breaks: { custodia: [stayed], visita: [visit('2026-02-12'), visit('2026-01-08')] },
    finds: ['1', '2'],
    nearly: [
      { custodia: [stayed], visita: [visit('2026-02-11'), visit('2026-01-09'), {}] },
      { custodia: [{ ...stayed, so_atual: true }], visita: [visit('2020-01-01')] },
      { custodia: [{ ...stayed, regime: 'domiciliar' }], visita: [visit('2026-01-15')] },
    ],
  },
  {
    rule: 'V02',
    breaks: { custodia: [stayed], visita: [visit('2026-01-20', { unidade_id: '8' })] },
    nearly: [
      { custodia: [stayed], visita: [visit('2026-01-20'), visit('2026-01-20', { unidade_id: null })] },
      {
        custodia: [stayed, { unidade_id: '8', entrada: '2026-02-10' }],
        visita: [visit('2026-02-10', { unidade_id: '8' })],
      },
      { custodia: [stayed, { entrada: '2026-01-15' }], visita: [visit('2026-01-20', { unidade_id: '8' })] },
      { custodia: [{ ...stayed, regime: 'domiciliar' }], visita: [visit('2026-01-20', { unidade_id: '8' })] },
      { custodia: [stayed], visita: [visit('2026-03-20', { unidade_id: '8' })] },
    ],
  },
  {
    rule: 'V03',
    breaks: { vinculo: [link], visita: [visit('2026-01-22'), visit('2026-01-15', { visitante_id: '6' })] },
    finds: ['1', '2'],
    nearly: [
      { vinculo: [link], visita: [visit('2026-01-21'), visit('2026-01-09')] },
      { vinculo: [{ ...link, fim: null, situacao: 'encerrado' }], visita: [visit('2026-05-22')] },
      {
        vinculo: [{ ...link, pessoa_tipo: null, notes: ['pessoa_tipo:unknown-code'] }],
        visita: [visit('2026-01-15')],
      },
      { vinculo: [{ ...link, pessoa_id: null }], visita: [visit('2026-01-15')] },
      { visita: [visit('2026-01-15', { visitante_id: null })] },
    ],
  },
  {
    rule: 'V03',
    breaks: { vinculo: [{ ...link, pessoa_tipo: 'advogado' }], visita: [visit('2026-01-15')] },
    nearly: [{ vinculo: [link], visita: [visit('2026-01-15')] }],
  },
  {
    rule: 'V04',
    breaks: {
      visita: [
        visit('2026-01-15'),
        visit('2026-01-15', { unidade_id: '8', instante: '2026-01-15 15:59:59' }),
      ],
    },
    finds: ['2'],
    nearly: [
      {
        visita: [
          visit('2026-01-15'),
          visit('2026-01-15', { unidade_id: '8', instante: '2026-01-15 16:00:00' }),
        ],
      },
      { visita: [visit('2026-01-15'), visit('2026-01-15')] },
      { visita: [visit('2026-01-15'), visit('2026-01-15', { unidade_id: null })] },
      {
        visita: [
          visit('2026-01-15', { instante: '2026-01-15 00:00:00' }),
          visit('2026-01-15', { unidade_id: '8', instante: '2026-01-15 00:00:00' }),
        ],
      },
    ],
  },
  {
    rule: 'V04',
    breaks: {
      visita: [
        visit('2026-01-15', { instante: '2026-01-15 23:30:00.5' }),
        visit('2026-01-16', { unidade_id: '8', instante: '2026-01-16 00:10:00' }),
      ],
    },
    finds: ['2'],
    nearly: [{ visita: [visit('2026-01-15'), visit('2026-01-16', { unidade_id: '8' })] }],
  },
  {
    rule: 'L01',
    breaks: {
      vinculo: [
        { ...link, pessoaExiste: false },
        { ...link, pessoaPropria: true },
      ],
    },
    finds: ['1 pessoa_id', '2 custodiado_id'],
    nearly: [
      { vinculo: [link, { ...link, pessoa_id: '1' }, { pessoaExiste: false }] },
      { vinculo: [{ ...link, pessoa_tipo: null, pessoaExiste: false }] },
    ],
  },
  {
    rule: 'A01',
    breaks: {
      advogado: [
        { oab_uf: 'AL', notes: ['oab_numero:invalid'] },
        { oab_numero: '1234', categoria: 'advogado' },
        {},
      ],
    },
    finds: ['1 oab_numero', '2 oab_uf', '3 oab_numero', '3 oab_uf'],
    nearly: [
      { advogado: [{ oab_numero: '1234', oab_uf: 'AL' }] },
      { advogado: [{ categoria: 'defensor_publico', notes: ['oab_numero:invalid'] }] },
    ],
  },
];
