import type { Case } from './case.ts';

const today = '2026-11-30';
const serving = { natureza: 'condenacao', regime: 'fechado', entrada: '2020-01-01' };
const ended = { inicio: '2020-01-01', termino_previsto: '2026-11-29' };
const begun = (natureza: string, data_prisao: string) => ({ natureza, data_prisao, entrada: '2026-11-20' });

export const termCases: readonly Case[] = [
  {
    rule: 'C14',
    breaks: {
      today,
      custodia: [serving, { natureza: 'provisoria', saida: '2020-01-01' }],
      pena: [ended, { inicio: '2025-01-01', termino_previsto: '2025-01-01' }],
    },
    nearly: [
      { today: '2026-11-29', custodia: [serving], pena: [ended] },
      { today, custodia: [serving], pena: [ended, { inicio: '2026-01-01' }] },
      { today, custodia: [serving], pena: [ended, { inicio: '2026-01-01', termino_previsto: '2020-01-01' }] },
      { today, custodia: [serving, { natureza: 'provisoria' }], pena: [ended] },
      { today, custodia: [serving, {}], pena: [ended] },
      { today, custodia: [{ ...serving, saida: '2026-11-29' }], pena: [ended] },
      { today, custodia: [serving] },
    ],
  },
  {
    rule: 'C14',
    breaks: { today, custodia: [{ regime: 'semiaberto' }], pena: [ended] },
    nearly: [{ today, custodia: [{ regime: 'sem_regime' }], pena: [ended] }],
  },
  {
    rule: 'C15',
    breaks: { custodia: [serving] },
    nearly: [
      { custodia: [serving], pena: [{}] },
      { custodia: [{ ...serving, natureza: 'provisoria' }, { regime: 'fechado' }] },
      { custodia: [{ ...serving, saida: '2021-01-01' }] },
    ],
  },
  {
    // 90 days from 1 September are over on 29 November.
    rule: 'C16a',
    breaks: { today, custodia: [begun('provisoria', '2026-09-01')] },
    nearly: [
      { today: '2026-11-29', custodia: [begun('provisoria', '2026-09-01')] },
      { today, custodia: [begun('condenacao', '2026-09-01')] },
      { today, custodia: [{ ...begun('provisoria', '2026-09-01'), saida: '2026-11-30' }] },
      {
        today,
        custodia: [{ natureza: 'provisoria', entrada: '1900-01-01', notes: ['entrada:default-date'] }],
      },
    ],
  },
  {
    rule: 'C16b',
    breaks: {
      today: '2026-03-02',
      custodia: [begun('temporaria', '2026-01-01'), { ...serving, saida: '2021-01-01' }],
    },
    nearly: [
      { today: '2026-03-01', custodia: [begun('temporaria', '2026-01-01')] },
      { today: '2026-03-02', custodia: [begun('temporaria', '2026-01-01'), serving] },
    ],
  },
  {
    rule: 'C16e',
    breaks: { today: '2026-04-03', custodia: [begun('civil', '2026-01-01')] },
    nearly: [
      { today: '2026-04-02', custodia: [begun('civil', '2026-01-01')] },
      { today: '2026-04-03', custodia: [begun('civil', '2026-01-01'), serving] },
    ],
  },
  {
    rule: 'C16c',
    breaks: { today: '2026-06-30', custodia: [begun('provisoria', '2026-01-01')] },
    nearly: [{ today: '2026-06-29', custodia: [begun('provisoria', '2026-01-01')] }],
  },
  {
    rule: 'C16d',
    breaks: { today: '2026-01-11', custodia: [begun('temporaria', '2026-01-01')] },
    nearly: [
      { today: '2026-01-10', custodia: [begun('temporaria', '2026-01-01')] },
      // From here on it is C16b.
      { today: '2026-03-02', custodia: [begun('temporaria', '2026-01-01')] },
    ],
  },
  {
    rule: 'C17',
    breaks: { custodia: [{ data_prisao: '2026-01-01' }] },
    finds: ['1 aviso_familia', '1 aviso_defensor'],
    nearly: [
      { custodia: [{ data_prisao: '2026-01-01' }], shown: ['id', 'data_prisao'] },
      { custodia: [{ saida: '2026-01-01' }] },
    ],
  },
  {
    rule: 'F01',
    breaks: { today: '2026-01-17', custodia: [{ entrada: '2026-01-10' }], foto: [{ tipo: 'perfil' }] },
    nearly: [
      { today: '2026-01-16', custodia: [{ entrada: '2026-01-10' }] },
      { custodia: [{ entrada: '2026-01-10' }], foto: [{ tipo: 'frente' }] },
      { custodia: [{ entrada: '2026-01-10' }], foto: [{ notes: ['tipo:unknown-code'] }] },
      { custodia: [{ entrada: '2026-01-10', regime: 'domiciliar' }] },
      { custodia: [{ entrada: '2026-01-10', saida: '2026-02-01' }] },
    ],
  },
];
