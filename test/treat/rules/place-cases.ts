import type { Case } from './case.ts';

const here = { id: '7' };
const stayed = { unidade_id: '7', entrada: '2026-01-10', saida: '2026-02-10' };
const at = (day: string, tipo?: string) => ({ instante: `${day} 10:00:00`, ...(tipo && { tipo }) });
const transfer = { ...at('2026-03-01', 'transferencia'), unidade_origem_id: '6', unidade_destino_id: '7' };
const moved = { unidade: [here], movimentacao: [transfer] };

export const placeCases: readonly Case[] = [
  {
    rule: 'U01',
    breaks: {
      unidade: [{ vagas_fechado: 10, vagas_aberto: 0 }],
      inside: { vagas_fechado: 11, vagas_aberto: 1 },
    },
    finds: ['1 vagas_fechado', '1 vagas_aberto'],
    nearly: [
      { unidade: [{ vagas_fechado: 10 }], inside: { vagas_fechado: 10, vagas_aberto: 5 } },
      { unidade: [{ tipo: 'central_monitoracao', vagas_aberto: 0 }], inside: { vagas_aberto: 5 } },
    ],
  },
  {
    rule: 'U02',
    breaks: { unidade: [{ vagas_fechado: -1 }, { notes: ['vagas_rdd:invalid'] }, { vagas_fechado: 0 }, {}] },
    finds: ['1 vagas_fechado', '2 vagas_rdd', '3', '4'],
    nearly: [
      { unidade: [{ vagas_outros: 1 }, { tipo: 'central_monitoracao' }, { situacao: 'desativada' }] },
      { unidade: [{ notes: ['vagas_fechado:unreadable'] }] },
      // Of the other places nothing is told: they may be all it has.
      { unidade: [{ vagas_fechado: 0 }, {}], shown: ['vagas_fechado'] },
    ],
  },
  {
    rule: 'U03',
    breaks: { unidade: [{ municipio_ibge: '2611606', cep: '50000000' }] },
    finds: ['1 municipio_ibge', '1 cep'],
    nearly: [
      { unidade: [{ municipio_ibge: '2704302', cep: '57000000' }, { cep: '57999999' }, {}] },
      { unidade: [{ municipio_ibge: '2611606', cep: '50000000' }], source: 'BR' },
    ],
  },
  {
    rule: 'M01',
    breaks: { custodia: [{ entrada: '2026-01-10', saida: '2026-01-10' }], movimentacao: [at('2026-01-12')] },
    nearly: [
      { custodia: [{ entrada: '2026-01-10', saida: '2026-01-10' }], movimentacao: [at('2026-01-11')] },
    ],
  },
  {
    rule: 'M01',
    breaks: { custodia: [stayed], movimentacao: [at('2026-01-08'), at('2026-02-12')] },
    finds: ['1', '2'],
    nearly: [
      { custodia: [stayed], movimentacao: [at('2026-01-09'), at('2026-02-11'), {}] },
      { custodia: [{ ...stayed, so_atual: true }], movimentacao: [at('2019-01-08')] },
      { custodia: [{ ...stayed, saida: '2020-01-01' }], movimentacao: [at('2019-01-08')] },
      { custodia: [{ ...stayed, notes: ['entrada:default-date'] }], movimentacao: [at('2019-01-08')] },
    ],
  },
  {
    rule: 'M02',
    breaks: {
      movimentacao: [
        at('2026-01-01', 'entrada'),
        at('2026-01-05', 'mudanca_cela'),
        at('2026-01-10', 'entrada'),
        at('2026-01-20', 'saida'),
        at('2026-01-25', 'saida'),
      ],
    },
    finds: ['3', '5'],
    nearly: [
      { movimentacao: [at('2026-01-01', 'saida'), at('2026-01-10', 'entrada')] },
      { movimentacao: [at('2026-01-01', 'saida'), at('2026-01-01', 'soltura')] },
      { movimentacao: [at('2026-01-01', 'soltura'), at('2026-01-02', 'saida')] },
      { movimentacao: [at('2026-01-01', 'entrada'), at('2026-01-05', 'fuga'), at('2026-01-10', 'entrada')] },
      { movimentacao: [at('2026-01-01', 'entrada'), at('2026-01-01', 'saida'), at('2026-01-02', 'entrada')] },
      { movimentacao: [at('2026-01-01', 'entrada'), {}, at('2026-01-10', 'entrada')] },
    ],
  },
  {
    rule: 'M02',
    breaks: { movimentacao: [at('2026-01-01', 'entrada'), at('2026-01-01', 'entrada')] },
    finds: ['1', '2'],
    nearly: [{ movimentacao: [at('2026-01-01', 'entrada'), at('2026-01-01', 'mudanca_cela')] }],
  },
  {
    rule: 'M03',
    breaks: {
      movimentacao: [
        { tipo: 'transferencia', unidade_origem_id: '7' },
        { tipo: 'transferencia', unidade_origem_id: '7', unidade_destino_id: '7' },
      ],
    },
    finds: ['1', '2'],
    nearly: [
      {
        movimentacao: [
          transfer,
          { tipo: 'saida' },
          { tipo: 'transferencia', notes: ['unidade_destino_id:too-long'] },
          { tipo: 'transferencia', unidade_destino_id: '7' },
        ],
      },
    ],
  },
  {
    rule: 'M04',
    breaks: { ...moved, today: '2026-04-01', custodia: [{ unidade_id: '7', entrada: '2026-04-02' }, stayed] },
    nearly: [
      { ...moved, today: '2026-03-31' },
      { ...moved, custodia: [{ unidade_id: '7', entrada: '2026-04-01' }] },
      { ...moved, custodia: [{ unidade_id: '7', entrada: '2026-01-01', saida: '2026-03-01' }] },
      { ...moved, custodia: [{ entrada: '2026-03-02' }] },
      { ...moved, custodia: [{ unidade_id: '8', entrada: '2026-05-01', so_atual: true }] },
      { movimentacao: [transfer] },
      {
        ...moved,
        movimentacao: [
          { ...transfer, tipo: 'escolta' },
          { ...transfer, instante: null },
        ],
      },
      {
        ...moved,
        movimentacao: [
          { ...transfer, unidade_destino_id: null },
          { ...transfer, unidade_origem_id: '7' },
        ],
      },
    ],
  },
];
