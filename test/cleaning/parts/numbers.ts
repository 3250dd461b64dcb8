import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { clean, cleanerFor, comesTo } from './cleaned.ts';

const unreadable = [null, 'unreadable'] as const;
const placeholder = [null, 'placeholder'] as const;

export async function numbers(t: Test): Promise<void> {
  await t.test('N1 whole numbers; zero is one', async (t) => {
    comesTo(t, 'pena.anos', {
      '12': '12',
      '0': '0',
      '007': '7',
      ' +5 ': '5',
      '-5': '-5',
      '-0': '0',
      '12,0': '12',
      '12.00': '12',
      '1.234': '1234',
      '1.234.567,0': '1234567',
      // A thousand, or one with the digits of its column.
      '1.000': unreadable,
      '12,5': unreadable,
      '1234.567': unreadable,
      '12 anos': '12',
      '1 ANO': '1',
      '5 ano(s)': '5',
      '3 meses': unreadable,
      '5a10m0d': unreadable,
      '1e3': unreadable,
      doze: unreadable,
      '2147483647': '2147483647',
      '2147483648': [null, 'invalid'],
      '-': placeholder,
      'N/C': placeholder,
      'NÃO INFORMADO': placeholder,
      '': null,
    });
    comesTo(t, 'processo.pena_minima_meses', { '12 meses': '12', '12 mês(es)': '12', '2 anos': unreadable });
  });

  await t.test('N2 numbers that may have halves', async (t) => {
    comesTo(t, 'pena.dias_remidos', {
      '12,5': '12.5',
      '12.5': '12.5',
      '12.500': '12.5',
      '012.0': '12',
      '.5': '0.5',
      '1.234,5': '1234.5',
      '1,234.5': '1234.5',
      '-0,0': '0',
      '12,5 dias': '12.5',
      '1000000000000000': [null, 'invalid'],
      '1/2': unreadable,
      '.': placeholder,
    });
  });

  await t.test('N3 as JavaScript reads them, for any number that a database writes', async () => {
    const [count, decimal] = [cleanerFor('pena.anos'), cleanerFor('pena.dias_remidos')];
    fc.assert(
      fc.property(fc.integer(), fc.nat(999), fc.constantFrom('.', ','), (whole, thousandths, point) => {
        assert.equal(clean(count, String(whole)).value, String(whole));
        const fraction = String(thousandths).padStart(3, '0');
        const number = Number(`${whole}.${fraction}`);
        assert.equal(clean(decimal, `${whole}${point}${fraction}`).value, String(number));
      }),
    );
  });

  await t.test('N4 yes and no', async (t) => {
    const yes = ['S', 's', 'SIM', 'Sim', 'T', 't', 'TRUE', 'true', 'V', 'Verdadeiro', '1', '-1', 'Y'];
    const no = ['N', 'NAO', 'Não', 'F', 'f', 'FALSE', 'false', 'FALSO', '0', 'No'];
    comesTo(t, 'custodia.rdd', Object.fromEntries(yes.map((word) => [word, 'true'])));
    comesTo(t, 'custodia.rdd', Object.fromEntries(no.map((word) => [word, 'false'])));
    comesTo(t, 'custodia.rdd', {
      X: [null, 'unknown-code'],
      ATIVO: [null, 'unknown-code'],
      '2': [null, 'unknown-code'],
      'N/C': placeholder,
      '': null,
    });
    const assigned = new Map([
      [
        'custodia.rdd',
        new Map([
          ['X', 'true'],
          ['PRESENCIAL', 'false'],
          ['2', null],
        ]),
      ],
    ]);
    comesTo(
      t,
      'custodia.rdd',
      { x: 'true', Presencial: 'false', '2': placeholder, S: 'true' },
      { timeZone: 'UTC', assigned },
    );
  });
}
