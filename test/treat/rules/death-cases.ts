import type { Case } from './case.ts';

const died = { entrada: '2020-01-01', saida: '2026-02-10', motivo_saida: 'obito' };
const movedDead = [{ tipo: 'obito', instante: '2026-02-10 23:50:00' }];

export const deathCases: readonly Case[] = [
  {
    rule: 'C10',
    view: 'custodia',
    breaks: { custodia: [died, { entrada: '2026-02-12' }, { entrada: '2025-01-01', saida: '2026-03-01' }] },
    finds: ['2', '3'],
    nearly: [
      { custodia: [died, { entrada: '2026-02-11', saida: '2026-02-11' }] },
      { custodia: [{ ...died, notes: ['saida:default-date'] }, { entrada: '2026-03-12' }] },
      { custodia: [died, { entrada: '2026-01-01', notes: ['saida:unreadable'] }] },
    ],
  },
  {
    rule: 'C10',
    view: 'custodia',
    breaks: { today: '2026-02-12', movimentacao: movedDead, custodia: [{ entrada: '2020-01-01' }] },
    nearly: [{ today: '2026-02-11', movimentacao: movedDead, custodia: [{ entrada: '2020-01-01' }] }],
  },
  {
    // The first day that tells of a death counts.
    rule: 'C10',
    view: 'custodia',
    breaks: { custodia: [{ ...died, saida: '2026-05-10' }, died], movimentacao: [{ tipo: 'obito' }] },
    nearly: [{ custodia: [died, { ...died, saida: '2026-02-11' }] }],
  },
  {
    rule: 'C10',
    view: 'movimentacao',
    breaks: { custodia: [died], movimentacao: [{ instante: '2026-02-12 00:10:00' }] },
    nearly: [{ custodia: [died], movimentacao: [{ instante: '2026-02-11 23:10:00' }, {}] }],
  },
  ...(['trabalho_estudo', 'falta_disciplinar'] as const).map(
    (view): Case => ({
      rule: 'C10',
      view,
      breaks: { custodia: [died], [view]: [{ inicio: '2026-02-12' }] },
      nearly: [{ custodia: [died], [view]: [{ inicio: '2026-02-11' }, {}] }],
    }),
  ),
  {
    rule: 'C10',
    view: 'visita',
    breaks: { custodia: [died], visita: [{ instante: '2026-02-12 14:00:00' }] },
    nearly: [{ custodia: [died], visita: [{ instante: '2026-02-11 14:00:00' }, {}] }],
  },
];
