import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { type Note, notes } from '../../../shared/cleaning/cleaner.ts';
import { findCode } from '../../../shared/dictionary/codes/find-code.ts';
import { estadoCivil } from '../../../shared/dictionary/codes/person.ts';
import type { Kind } from '../../../shared/dictionary/kinds.ts';
import { anyText } from '../../support/any-text.ts';
import { clean, cleanerFor, maceio } from './cleaned.ts';

/** A column of each kind, and the form of its values. */
const kinds: Readonly<Record<Kind, readonly [column: string, form: RegExp]>> = {
  key: ['custodiado.id', /^[^]*$/],
  reference: ['custodia.unidade_id', /^[^]*$/],
  bytes: ['foto.conteudo', /^[^]*$/],
  name: ['custodiado.nome', /^\S(?:.{0,198}\S)?$/su],
  names: ['custodiado.alcunhas', /^\S/],
  text: ['movimentacao.motivo', /^\S/],
  code: ['custodiado.estado_civil', /^[a-z_]+$/],
  boolean: ['custodia.rdd', /^(?:true|false)$/],
  uf: ['custodiado.rg_uf', /^[A-Z]{2}$/],
  municipality: ['custodiado.naturalidade_ibge', /^\d{7}$/],
  'postal-code': ['unidade.cep', /^\d{8}$/],
  cpf: ['custodiado.cpf', /^\d{11}$/],
  rg: ['custodiado.rg', /^[\dA-Z]{1,20}$/],
  rji: ['custodiado.rji', /^\d{11}$/],
  'process-number': ['processo.numero_cnj', /^\d{20}$/],
  'oab-number': ['advogado.oab_numero', /^[1-9]\d{0,6}[A-Z]?$/],
  count: ['pena.anos', /^(?:0|-?[1-9]\d{0,9})$/],
  decimal: ['pena.dias_remidos', /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/],
  date: ['custodia.entrada', /^\d{4}-\d\d-\d\d$/],
  'birth-date': ['custodiado.data_nascimento', /^\d{4}-\d\d-\d\d$/],
  changed: ['custodia.atualizado_em', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/],
  instant: ['visita.instante', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/],
};

/** Neither says that a value had another form. */
const ofMeaning: readonly Note[] = ['default-date', 'legacy', 'encoding-doubtful'];

/** What texts of every kind are made of, so that some come near to being values. */
const pieces = [
  ...[
    '31',
    '01',
    '1990',
    '85',
    '/',
    '-',
    '.',
    ':',
    ' ',
    '00',
    '2026-01-31',
    '13:45:00',
    'Z',
    '-03',
    'T',
    'jan',
    ' de ',
  ],
  ...[
    'MARIA',
    'João',
    'JoÃ£o',
    'Ã',
    '£',
    '”',
    '\u00a0',
    '†',
    '‡',
    '\x87',
    'E',
    ' OU ',
    ' e ',
    ',',
    ';',
    '|',
    '\n',
    '"',
    '?',
  ],
  ...[
    'AL',
    'SSP',
    'OAB',
    'MACEIO',
    '2704302',
    '52998224725',
    '0',
    '1',
    '12',
    ',5',
    '%',
    'NAO CONSTA',
    'X',
    'N/A',
    'S',
    '(',
  ],
  ...[
    'solteiro',
    '(a)',
    '\0',
    '\u200b',
    '\u0301',
    '\ud800',
    '\u037e',
    '😀',
    'ﷺ',
    '\u{1d15e}',
    'ª',
    'º',
    'anos',
    '+',
    'ß',
  ],
];
const likely = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((all) => all.join(''));
const broken = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) });
const given = fc.oneof({ weight: 3, arbitrary: likely }, anyText(), broken);

/** Texts that a pattern which goes back over them, or a form of Unicode that sorts, would take for ever on. */
const long = [
  '0',
  'A',
  ' ',
  '\0',
  '.',
  'Ã£',
  '1 ',
  'A?',
  'NAO ',
  'é',
  '\u0301\u0323',
  '\u200b',
  '\ud800',
  '😀',
  '( ',
  '/1',
  ';a',
  '\n',
];

export async function everyKind(t: Test): Promise<void> {
  for (const [kind, [column, form]] of Object.entries(kinds)) {
    const cleaner = cleanerFor(column);

    await t.test(
      `K1 ${kind}: any text comes to its form or to nothing, and once more to the same`,
      async () => {
        fc.assert(
          fc.property(given, (text) => {
            const first = clean(cleaner, text);
            assert.deepEqual(clean(cleaner, text), first, 'the same again');
            assert.deepEqual(clean(cleanerFor(column, maceio), text), first, 'whatever came before');
            assert.equal(new Set(first.notes).size, first.notes.length, 'each note once');
            const lost = first.notes.some((note) => notes[note] === 'lost');
            if (first.value === null) {
              assert.ok(lost || !/[\p{L}\p{N}]/u.test(text), 'what is lost is told');
              return;
            }
            assert.ok(!lost, 'what is told as lost is not there');
            assert.match(first.value, form);
            const again = clean(cleaner, first.value);
            assert.equal(again.value, first.value);
            assert.deepEqual(
              again.notes.filter((note) => !ofMeaning.includes(note)),
              [],
            );
          }),
          { numRuns: 150 },
        );
      },
    );
  }

  await t.test('K2 of any length', async () => {
    for (const [column] of Object.values(kinds)) {
      const cleaner = cleanerFor(column);
      for (const piece of long) {
        for (const length of [200, 4000, 8000, 1_000_000]) {
          const { value } = clean(cleaner, piece.repeat(length / piece.length));
          assert.ok(value === null || value.length <= 1_000_000);
        }
      }
    }
  });

  await t.test('K3 every value of a list comes to itself', async () => {
    for (const { code } of estadoCivil.values) assert.equal(findCode(estadoCivil, code), code);
  });
}
