import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { clean, cleanerFor, comesTo } from './cleaned.ts';

const mended = (name: string) => [name, 'encoding-mended'] as const;
const doubtful = (name: string) => [name, 'encoding-doubtful'] as const;

const windows = new TextDecoder('windows-1252');
const readAs = {
  latin1: (text: string) => Buffer.from(text).toString('latin1'),
  windows1252: (text: string) => windows.decode(Buffer.from(text)),
};

/** Upper case in code page 850, which lower case shares with 437 but for ã and õ. */
const dos: Readonly<Record<string, number>> = {
  ...{ Ç: 0x80, é: 0x82, â: 0x83, à: 0x85, ç: 0x87, ê: 0x88, É: 0x90, ô: 0x93, á: 0xa0, í: 0xa1, ó: 0xa2 },
  ...{ ú: 0xa3, Á: 0xb5, Â: 0xb6, À: 0xb7, ã: 0xc6, Ã: 0xc7, Ê: 0xd2, Í: 0xd6, Ó: 0xe0, Ô: 0xe2, õ: 0xe4 },
  ...{ Õ: 0xe5, Ú: 0xe9 },
};
const dosBytes = (text: string) =>
  Buffer.from(Array.from(text, (letter) => dos[letter] ?? letter.charCodeAt(0)));

// Without à, which stands alone or begins a word.
const lower = 'abcdefghijlmnoprstuvzáâãéêíóôõúç';
const letters = (unit: string) =>
  fc.string({ unit: fc.constantFrom(...Array.from(unit)), minLength: 4, maxLength: 9 });
const word = fc.oneof(
  letters(lower),
  letters(lower.toUpperCase()),
  letters(lower).map((text) => text.slice(0, 1).toUpperCase() + text.slice(1)),
);
const name = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));
/** Words with what stands around them in a text, quotation marks where they belong. */
const text = fc
  .array(
    fc.tuple(
      fc.constantFrom('', '', '“', '«', '(', '"', '‘', '§ ', 'nº '),
      word,
      fc.constantFrom(
        '',
        '',
        '”',
        '»',
        ')',
        '.',
        ',',
        '…',
        '’',
        ' –',
        '; R$ 20,00',
        ' 1ª',
        ' 2º',
        ' 3°',
        ' € 5',
        '-feira',
        '†',
        '!',
      ),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.map((part) => part.join('')).join(' '));

export async function encodings(t: Test): Promise<void> {
  await t.test('E1 UTF-8 that was read as something else is mended where all of it is that', async (t) => {
    comesTo(t, 'custodiado.nome', {
      'JoÃ£o': mended('João'),
      JOÃƒO: mended('JOÃO'),
      'JO\u00c3\u0083O': mended('JOÃO'),
      'CONCEIÃ‡ÃƒO': mended('CONCEIÇÃO'),
      'JoÃƒÂ£o': mended('João'),
      'ANTÃ”NIO': mended('ANTÔNIO'),
      'SIMÃ•ES': mended('SIMÕES'),
      'Ã\u00a0 noite': mended('à noite'),
      JOÃO: 'JOÃO',
      IRMÃ: 'IRMÃ',
      '“IRMÃ”': '“IRMÃ”',
      'MANHÃ–NOITE': 'MANHÃ–NOITE',
      'IRMÃ\u00a0MARIA': 'IRMÃ MARIA',
      // Half of it is right already: no one reading makes all of it so.
      'JOÃO JoÃ£o': doubtful('JOÃO JoÃ£o'),
    });
  });

  await t.test('E2 a DOS code page is mended where a word has what none can have', async (t) => {
    comesTo(t, 'custodiado.nome', {
      'Concei‡Æo': mended('Conceição'),
      'JOS\x90': mended('JOSÉ'),
      'Jos‚ da Silva': mended('José da Silva'),
      'Jo„o': mended('João'),
      JOÇO: 'JOÇO',
      'MARIA†': 'MARIA†',
      'custa 20€': 'custa 20€',
      'R¢ 5': 'R¢ 5',
    });
  });

  await t.test('E3 what cannot be mended is told', async (t) => {
    comesTo(t, 'custodiado.nome', {
      'JO?O': doubtful('JO?O'),
      'JO\ufffdO': doubtful('JO\ufffdO'),
      'JO¿O': doubtful('JO¿O'),
      'JO\ud800O': doubtful('JO\ufffdO'),
      'JO\x9dO': doubtful('JO\ufffdO'),
      'JOÃO?': 'JOÃO?',
    });
  });

  await t.test('E4 any name comes back from any reading, once or twice over', async () => {
    const cleaner = cleanerFor('movimentacao.motivo');
    const readings = fc
      .tuple(fc.constantFrom(readAs.latin1, readAs.windows1252), fc.constantFrom(1, 2))
      .map(([reading, times]) => Array.from({ length: times }, () => reading));
    fc.assert(
      fc.property(name, readings, (name, readings) => {
        fc.pre(/[^\x20-\x7e]/.test(name) && clean(cleaner, name).value === name);
        const read = readings.reduce((text, reading) => reading(text), name);
        // A quotation mark that closes a word, and blanks at the ends, are what they are.
        fc.pre(!/[Ôô](?: |$)/.test(name) && read === read.trim());
        assert.deepEqual(clean(cleaner, read), { value: name, notes: ['encoding-mended'] });
      }),
      { numRuns: 300 },
    );
  });

  await t.test('E5 a DOS code page comes back, or stays as it is', async () => {
    const cleaner = cleanerFor('movimentacao.motivo');
    let back = 0;
    fc.assert(
      fc.property(name, fc.constantFrom('latin1', 'windows-1252'), (name, reading) => {
        const bytes = dosBytes(name);
        const read = reading === 'latin1' ? bytes.toString('latin1') : windows.decode(bytes);
        fc.pre(read === read.trim());
        const { value, notes } = clean(cleaner, read);
        if (!notes.includes('encoding-mended')) return;
        assert.equal(value, name);
        back++;
      }),
      { numRuns: 300 },
    );
    assert.ok(back > 30, `${back} of them came back`);
  });

  await t.test('E6 a right text is left as it is, and nothing is said of it', async () => {
    const cleaner = cleanerFor('movimentacao.motivo');
    fc.assert(
      fc.property(text, (text) => {
        const { value, notes } = clean(cleaner, text);
        fc.pre(!notes.includes('placeholder'));
        assert.deepEqual([value, notes], [text, []]);
      }),
      { numRuns: 500 },
    );
  });
}
