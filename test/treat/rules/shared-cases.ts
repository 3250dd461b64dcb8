import type { Case } from './case.ts';

const cpf = '52998224725';
const held = (source: string, ...openRegimes: string[]) => ({ source, cpf, openRegimes });

export const sharedCases: readonly Case[] = [
  {
    rule: 'P13',
    breaks: {
      registers: [
        { cpf, nome: 'ANA LIMA' },
        { cpf, nome: 'RUI LIMA', source: 'RO' },
        { cpf, role: 'visitante' },
      ],
    },
    finds: ['AL 1', 'RO 2'],
    nearly: [
      {
        registers: [
          { cpf, nome: 'ANA LIMA', person: 'a' },
          { cpf, nome: 'RUI LIMA', person: 'a', source: 'RO' },
        ],
      },
      // Too little is known of them to say so.
      {
        registers: [
          { cpf, nome: 'ANA LIMA', data_nascimento: '1990-05-17' },
          { cpf, nome: 'Ana Souza', data_nascimento: '1990-05-17', source: 'RO' },
        ],
      },
      { registers: [{ cpf }, { cpf, role: 'visitante' }] },
    ],
  },
  {
    rule: 'P16a',
    breaks: {
      registers: [
        { rji: '1', data_nascimento: '1990-05-17' },
        { rji: '1', data_nascimento: '1991-05-17' },
      ],
    },
    finds: ['AL 1', 'AL 2'],
    nearly: [
      {
        registers: [
          { rji: '1', data_nascimento: '1990-05-17', person: 'a' },
          { rji: '1', data_nascimento: '1991-05-17', person: 'a' },
        ],
      },
      { registers: [{ rji: '1' }, { rji: '1' }] },
    ],
  },
  {
    rule: 'P19',
    breaks: { registers: [{}, {}, { source: 'RO' }] },
    finds: ['AL 1', 'AL 2'],
    nearly: [{ registers: [{}, { source: 'RO' }, { role: 'visitante' }] }],
  },
  {
    rule: 'C07a',
    breaks: { registers: [held('AL', ''), held('RO', ''), held('MS')] },
    finds: ['AL 1', 'RO 2'],
    nearly: [
      { registers: [held('AL', ''), held('RO')] },
      { registers: [held('AL', ''), held('AL', 'fechado')] },
      { registers: [held('AL', ''), { ...held('RO', ''), role: 'visitante' }] },
      // Surely two people: P13.
      {
        registers: [
          { ...held('AL', ''), nome: 'ANA LIMA' },
          { ...held('RO', ''), nome: 'RUI LIMA' },
        ],
      },
    ],
  },
  ...(['visitante', 'advogado'] as const).map(
    (role): Case => ({
      rule: 'V05a',
      view: role,
      breaks: { registers: [held('RO', 'aberto', 'semiaberto'), { cpf, role }] },
      finds: ['AL 2'],
      nearly: [
        { registers: [held('RO'), { cpf, role }] },
        { registers: [held('RO', 'aberto', 'tratamento_ambulatorial'), { cpf, role }] },
        {
          registers: [
            { cpf, role },
            { cpf, role, openRegimes: [''] },
          ],
        },
      ],
    }),
  ),
  {
    rule: 'V05b',
    breaks: { registers: [held('RO', ''), { role: 'visitante' }] },
    finds: ['AL 2'],
    nearly: [
      { registers: [held('RO', ''), { role: 'visitante', cpf }] },
      { registers: [held('RO', ''), { role: 'visitante', cpf: '11144477735' }] },
      { registers: [held('RO'), { role: 'visitante' }] },
      { registers: [held('RO', 'aberto'), { role: 'visitante' }] },
    ],
  },
  {
    rule: 'A02',
    breaks: {
      registers: [
        { role: 'advogado', nome: 'Ana Lima' },
        { role: 'advogado', nome: 'Rui Lima' },
      ],
    },
    finds: ['AL 1', 'AL 2'],
    nearly: [
      {
        registers: [
          { role: 'advogado', nome: 'ANA LIMA' },
          { role: 'advogado', nome: 'Ana Lima Souza' },
        ],
      },
      {
        registers: [
          { role: 'advogado', nome: 'Ana Lima', person: 'a' },
          { role: 'advogado', nome: 'Rui Lima', person: 'a' },
        ],
      },
      { registers: [{ role: 'advogado', nome: 'Ana Lima' }, { role: 'advogado' }] },
    ],
  },
  {
    rule: 'P20',
    breaks: { births: { people: 21, among: 32_768 } },
    nearly: [
      { births: { people: 20, among: 1024 } },
      // 57 people are expected of a date.
      { births: { people: 574, among: 1_048_576 } },
    ],
  },
  {
    rule: 'P20',
    breaks: { births: { people: 575, among: 1_048_576 } },
    nearly: [{ births: { people: 0, among: 0 } }],
  },
];
