import { array, assert as check, constantFrom, property, record } from 'fast-check';
import type { Test } from 'tap';
import { en } from '../../../central/treat/link/locale/en.ts';
import { neutral } from '../../../central/treat/link/locale/neutral.ts';
import { levelOf, type Said } from './scene.ts';

type Case = readonly [comparison: string, a: Said, b: Said, level: string | null];

const name = (a: string, b: string): readonly [Said, Said] => [{ name: a }, { name: b }];
const mother = (a: string, b: string): readonly [Said, Said] => [{ mother: a }, { mother: b }];
const birth = (a: string, b: string): readonly [Said, Said] => [{ birth: a }, { birth: b }];
const cut = 'ANTONIO CARLOS GONCALVES DE ALBUQUERQUE CAVALCANTE';

const cases: readonly Case[] = [
  ['given name', ...name('JOSE SILVA', 'José da Silva'), 'same'],
  ['given name', ...name('WAGNER SILVA', 'VAGNER SILVA'), 'sounds alike'],
  ['given name', ...name('THIAGO SILVA', 'TIAGO SILVA'), 'sounds alike'],
  ['given name', ...name('MARCELO SILVA', 'MARCELLHO SILVA'), 'a letter apart'],
  ['given name', ...name('ZE SILVA', 'JOSE SILVA'), 'nickname or other name'],
  ['given name', ...name('ZECA SILVA', 'JUCA SILVA'), 'nickname or other name'],
  [
    'given name',
    { name: 'ROBERTA SILVA', otherNames: ['PATRICIA'] },
    { name: 'PATRICIA SILVA' },
    'nickname or other name',
  ],
  ['given name', ...name('J SILVA', 'JOSE SILVA'), 'initial'],
  ['given name', ...name('APARECIDA SILVA', 'MARIA APARECIDA SILVA'), 'in another place of the name'],
  ['given name', ...name('JORGE SILVA', 'JOSE SILVA'), 'a little alike'],
  ['given name', ...name('PEDRO SILVA', 'ANTONIO SILVA'), 'different'],
  ['given name', { name: null }, { name: 'JOSE' }, null],
  ['given name', { name: '...' }, { name: 'JOSE' }, null],
  ['given name', { given: 'JOSE', surnames: 'SILVA' }, { name: 'JOSE SILVA' }, 'same'],

  ['surnames', ...name('JOSE DA SILVA SANTOS', 'JOSE SILVA DOS SANTOS'), 'the same, several'],
  ['surnames', ...name('JOSE SILVA', 'JOSE DA SILVA FILHO'), 'the same, one'],
  ['surnames', ...name('JOSE SOUZA LIMA', 'JOSE SOUSA LIMA'), 'alike'],
  ['surnames', ...name('JOSE S LIMA', 'JOSE SOUSA LIMA'), 'alike'],
  ['surnames', ...name('JOSE SILVA SOUZA LIMA', 'JOSE SOUZA LIMA'), 'several the same, more on one side'],
  ['surnames', ...name('JOSE SOUZA LIMA', 'JOSE LIMA'), 'one the same, more on one side'],
  ['surnames', ...name('JOSE SOUZA LIMA', 'JOSE SOUSA'), 'alike, more on one side'],
  ['surnames', ...name('ANA SOUZA LIMA', 'ANA SOUZA COSTA'), 'some the same'],
  ['surnames', ...name('ANA SOUZA LIMA', 'ANA SOUSA COSTA'), 'some alike'],
  ['surnames', ...name('ANA LIMA', 'ANA COSTA'), 'different'],
  ['surnames', ...name('ANA', 'ANA COSTA'), null],
  // A name of fifty characters was cut, within its last word or before it.
  ['surnames', ...name(cut, `${cut}S`), 'the same, several'],
  ['surnames', ...name(cut, `${cut} FERREIRA`), 'the same, several'],
  ['surnames', ...name(`${cut.slice(0, 49)}X`, cut), 'alike'],

  ['suffix', ...name('JOSE SILVA JR', 'JOSE SILVA JUNIOR'), 'same'],
  ['suffix', ...name('JOSE SILVA', 'JOSE SILVA FILHO'), 'one of them has none'],
  ['suffix', ...name('JOSE SILVA NETO', 'JOSE SILVA FILHO'), 'different'],
  ['suffix', ...name('JOSE SILVA', 'JOSE SILVA'), null],

  ['mother', ...mother('MARIA DA SILVA', 'MARIA SILVA'), 'the same'],
  ['mother', ...mother('MARIA SOUZA', 'MARIA SOUSA'), 'alike'],
  ['mother', ...mother('MARIA JOSE DA SILVA', 'MARIA SILVA'), 'the same, more on one side'],
  ['mother', ...mother('MARIA JOSE SOUSA', 'MARIA SOUZA'), 'alike, more on one side'],
  ['mother', ...mother('MARIA SILVA LIMA', 'MARIA SILVA COSTA'), 'same given name, some surnames'],
  ['mother', ...mother('MARIA LIMA', 'MARIA COSTA'), 'same given name'],
  ['mother', ...mother('JOSEFA LIMA', 'MARIA JOSEFA LIMA'), 'given name in another place'],
  ['mother', ...mother('ROSA LIMA', 'MARIA LIMA'), 'some surnames'],
  ['mother', ...mother('ROSA LIMA', 'MARIA COSTA'), 'different'],
  ['mother', { mother: null }, { mother: 'MARIA' }, null],
  ['father', { father: 'JOSE LIMA' }, { father: 'JOSE LIMA' }, 'the same'],

  ['birth', ...birth('1980-02-03', '1980-02-03'), 'same'],
  ['birth', ...birth('1980-01-01', '1980-01-01'), 'same, inferred'],
  ['birth', { birth: '1980-02-03', birthInferred: true }, { birth: '1980-02-03' }, 'same, inferred'],
  ['birth', ...birth('1980-02-03', '1980-03-02'), 'day and month swapped'],
  ['birth', ...birth('1980-02-03', '1980-02-13'), 'one digit'],
  ['birth', ...birth('1980-02-03', '1990-02-03'), 'one digit'],
  ['birth', ...birth('1980-02-28', '1980-03-01'), 'same year'],
  ['birth', ...birth('1980-02-29', '1980-03-01'), 'a day or a year apart'],
  ['birth', ...birth('1979-02-03', '1980-02-03'), 'a day or a year apart'],
  ['birth', ...birth('1980-01-01', '1980-07-23'), 'same year, inferred'],
  ['birth', ...birth('1980-04-15', '1980-07-23'), 'same year'],
  ['birth', ...birth('1980-04-15', '1991-07-23'), 'different'],
  ['birth', { birth: '' }, { birth: '1980-04-15' }, null],

  ['sex', { sex: 'M' }, { sex: 'M' }, 'same'],
  ['sex', { sex: 'M' }, { sex: 'F' }, 'different'],
  ['sex', {}, { sex: 'F' }, null],
  ['CPF', { cpf: '529.982.247-25' }, { cpf: '52998224725' }, 'same'],
  ['CPF', { cpf: '52998224725' }, { cpf: '52998224735' }, 'one digit'],
  ['CPF', { cpf: '52998224725' }, { cpf: '11144477735' }, 'different'],
  ['CPF', { cpf: '52998224725' }, { cpf: '12345678900' }, 'different, one of them invalid'],
  ['CPF', { cpf: null }, { cpf: '11144477735' }, null],
  ['identity card', { rg: '1234567', rgUf: 'AL' }, { rg: '1234567', rgUf: 'AL' }, 'same number and state'],
  ['identity card', { rg: '1234567', rgUf: 'AL' }, { rg: '1234567' }, 'same number'],
  ['identity card', { rg: '1234567', rgUf: 'AL' }, { rg: '1234567', rgUf: 'PE' }, 'same number'],
  ['identity card', { rg: '1234567', rgUf: 'AL' }, { rg: '1234568', rgUf: 'AL' }, 'one digit, same state'],
  ['identity card', { rg: '1234567', rgUf: 'AL' }, { rg: '7654321', rgUf: 'PE' }, 'different, of two states'],
  ['identity card', { rg: '1234567', rgUf: 'AL' }, { rg: '7654321', rgUf: 'AL' }, 'different'],
  ['identity card', { rg: 'MG12345X' }, { rg: 'mg-12.345-x' }, 'same number'],
  ['RJI', { rji: '15000001134' }, { rji: '15000001134' }, 'same'],
  ['OAB', { oab: '1234 AL' }, { oab: '1234AL' }, 'same'],
  ['birthplace', { birthplace: '2704302' }, { birthplace: '2704302' }, 'same'],
  ['birthplace', { birthplace: '2704302' }, { birthplace: '2700300' }, 'different'],
  ['other names', { otherNames: ['ZECA', 'PELE'] }, { otherNames: ['pelé'] }, 'one in common'],
  ['other names', { otherNames: ['ZECA'] }, { otherNames: ['PELE'] }, 'none in common'],
  ['other names', { otherNames: [] }, { otherNames: ['PELE'] }, null],
];

export function levels(t: Test): void {
  for (const [comparison, a, b, level] of cases) {
    t.equal(levelOf(comparison, a, b), level, `${comparison}: ${JSON.stringify(a)} ${JSON.stringify(b)}`);
  }
  t.end();
}

/** Words of which each is like several others: whoever pairs them off in turn must come to the same both ways. */
const alike = array(
  constantFrom('SOUZA', 'SOUSA', 'SOUZAS', 'SOUSAS', 'S', 'LIMA', 'LIMMA', 'LINA', 'JOAO'),
  {
    maxLength: 6,
  },
).map((words) => words.join(' '));
const anybody = record({ name: alike, mother: alike, father: alike });

export function bothWays(t: Test): void {
  const compared = ['given name', 'surnames', 'suffix', 'mother', 'father'];
  // `levelOf` fails where the two ways differ.
  check(
    property(anybody, anybody, (a, b) => void compared.map((comparison) => levelOf(comparison, a, b))),
    { numRuns: 300 },
  );
  t.end();
}

/** What a layout's own columns and another language's names come to. */
export function otherLayouts(t: Test): void {
  const own = [
    { name: 'postcode', as: 'code' },
    { name: 'insurance', as: 'number' },
    { name: 'street', as: 'text' },
  ] as const;
  const at = (
    comparison: string,
    a: readonly (string | null)[],
    b: readonly (string | null)[],
  ): string | null => levelOf(comparison, { own: a }, { own: b }, en, own);
  t.equal(at('postcode', ['4207', null, null], ['4207', null, null]), 'same');
  t.equal(at('postcode', [null, null, null], ['4207', null, null]), null);
  t.equal(at('insurance', [null, '5304218', null], [null, '5304818', null]), 'one digit');
  t.equal(at('street', [null, null, 'stanley street'], [null, null, 'stanly street']), 'alike');
  t.equal(
    levelOf('given name', { name: 'BILL SMITH' }, { name: 'WILLIAM SMITH' }, en),
    'nickname or other name',
  );
  t.equal(levelOf('given name', { name: 'CATHERINE SMITH' }, { name: 'KATHERYN SMITH' }, en), 'sounds alike');
  t.equal(levelOf('surnames', { name: 'ANN KNIGHT' }, { name: 'ANN NITE' }, en), 'alike');
  t.equal(levelOf('suffix', { name: 'JOHN SMITH JR' }, { name: 'JOHN SMITH SR' }, en), 'different');
  t.equal(levelOf('surnames', { name: 'ИВАН ПЕТРОВ' }, { name: 'ИВАН ПЕТРОВ' }, neutral), 'the same, one');
  t.equal(levelOf('surnames', { name: 'ИВАН ПЕТРОВ' }, { name: 'ИВАН ПЕТРАВ' }, neutral), 'alike');
  t.equal(levelOf('given name', { name: 'ZE SILVA' }, { name: 'JOSE SILVA' }, neutral), 'different');
  t.end();
}
