import type { Case } from './case.ts';

const cpf = '52998224725';
const held = (source: string, ...openRegimes: string[]) => ({ source, cpf, openRegimes });
const birth = (day: string, source: string, ...notes: string[]) => ({ data_nascimento: day, source, notes });
const confined = [{ openRegimes: ['fechado'], identidade: 'ana' }];

/** Registers of one person, and those of somebody who is in registers of two kinds. */
export const linkedCases: readonly Case[] = [
  {
    rule: 'P14',
    breaks: { registers: [{ cpf }, { cpf: '11144477735', source: 'RO' }, {}] },
    finds: ['AL 1', 'RO 2'],
    nearly: [{ registers: [{ cpf }, { cpf }, {}] }, { registers: [{ cpf }, { cpf: '1', role: 'advogado' }] }],
  },
  {
    rule: 'P16b',
    breaks: { registers: [{ rji: '1' }, { rji: '2' }] },
    finds: ['AL 1', 'AL 2'],
    nearly: [{ registers: [{ rji: '1' }, { rji: '1' }, {}] }],
  },
  {
    rule: 'C07b',
    breaks: { registers: [held('AL', ''), { ...held('RO', ''), cpf: null }] },
    finds: ['AL 1', 'RO 2'],
    // The first has one CPF in both: C07a.
    nearly: [
      { registers: [held('AL', ''), held('RO', '')] },
      { registers: [held('AL', ''), { ...held('RO'), cpf: null }] },
    ],
  },
  {
    rule: 'P21',
    breaks: { registers: [birth('1990-05-17', 'AL'), birth('1990-05-16', 'RO'), {}] },
    finds: ['AL 1 data_nascimento', 'RO 2 data_nascimento'],
    nearly: [
      { registers: [birth('1990-05-17', 'AL'), birth('1990-05-17', 'RO'), {}] },
      { registers: [birth('1990-05-17', 'AL'), birth('1990-01-01', 'RO', 'data_nascimento:default-date')] },
      { registers: [birth('1990-05-17', 'AL'), { ...birth('1990-05-16', 'RO'), role: 'visitante' }] },
    ],
  },
  {
    rule: 'P21',
    breaks: { registers: [{ nome_mae: 'Rita Lima' }, { nome_mae: 'RITA SOUZA', source: 'RO' }] },
    finds: ['AL 1 nome_mae', 'RO 2 nome_mae'],
    nearly: [{ registers: [{ nome_mae: 'Rita Lima' }, { nome_mae: 'RITA  LIMA', source: 'RO' }] }],
  },
  ...(['visitante', 'advogado'] as const).map(
    (role): Case => ({
      rule: 'V05c',
      view: role,
      breaks: { registers: [{ role, source: 'RO' }], inCustody: confined },
      finds: ['RO 1'],
      nearly: [
        { registers: [{ role }], inCustody: [{}] },
        { registers: [{ role }], inCustody: [{ openRegimes: ['aberto'] }] },
        // V05a.
        { registers: [{ role, cpf }], inCustody: [held('RO', 'fechado')] },
      ],
    }),
  ),
  {
    rule: 'V05c',
    view: 'visitante',
    breaks: {
      registers: [{ role: 'visitante', identidade: 'ana', cpf: '11144477735' }],
      inCustody: [{ ...held('RO', ''), identidade: 'ana' }],
    },
    finds: ['AL 1'],
    // V05b.
    nearly: [{ registers: [{ role: 'visitante', identidade: 'ana' }], inCustody: confined }],
  },
  {
    rule: 'L02',
    breaks: { toThemselves: [{ source: 'AL', id: '7', sameCpf: false }] },
    finds: ['AL 7'],
    // L01.
    nearly: [{ toThemselves: [{ source: 'AL', id: '7', sameCpf: true }] }],
  },
];
