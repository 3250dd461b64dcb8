import assert from 'node:assert/strict';
import { generateCpf } from '@brazilian-utils/brazilian-utils/generate-cpf';
import { getMunicipalities } from '@brazilian-utils/brazilian-utils/get-municipalities';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { clean, cleanerFor, comesTo } from './cleaned.ts';

const placeholder = [null, 'placeholder'] as const;
const invalid = [null, 'invalid'] as const;
const unreadable = [null, 'unreadable'] as const;
const unknown = [null, 'unknown-code'] as const;

/** A number of the present numbering, its check digits reckoned as the CNJ says. */
function cnj(sequence: string, rest: string): string {
  const check = 98n - (BigInt(`${sequence}${rest}00`) % 97n);
  return `${sequence}${String(check).padStart(2, '0')}${rest}`;
}

const process = cnj('0001234', '20108020001');
const masked = process.replace(/(.{7})(..)(.{4})(.)(..)/, '$1-$2.$3.$4.$5.');

export async function documents(t: Test): Promise<void> {
  await t.test('P1 CPF', async (t) => {
    comesTo(t, 'custodiado.cpf', {
      '52998224725': '52998224725',
      '529.982.247-25': '52998224725',
      ' 529 982 247 / 25 ': '52998224725',
      '529.982.247-26': invalid,
      '111.111.111-11': invalid,
      '00000000000': placeholder,
      '0': placeholder,
      'NÃO POSSUI': placeholder,
      '5299822472': invalid,
      // The check digits of its zeros hold, and say nothing.
      '191': invalid,
      '529982247250': invalid,
      '529.982.247-2X': unreadable,
    });
    const cleaner = cleanerFor('custodiado.cpf');
    for (let run = 0; run < 50; run++) {
      const cpf = generateCpf();
      if (!cpf.startsWith('0000')) assert.equal(clean(cleaner, String(Number(cpf))).value, cpf, 'zeros lost');
    }
  });

  await t.test('P2 identity cards', async (t) => {
    comesTo(t, 'custodiado.rg', {
      '12.345.678-x': '12345678X',
      'MG-12.345.678': 'MG12345678',
      'R.G. nº 12.345': '12345',
      'RG-12345': '12345',
      '0012345': '0012345',
      '1234567 SSP/AL': '1234567',
      '1234567 - SSP AL': '1234567',
      '1.234.567 SDS': '1234567',
      '1111': '1111',
      '000': placeholder,
      '99999999': placeholder,
      'NAO TEM': placeholder,
      'SSP/AL': unreadable,
      'CERTIDÃO 12': unreadable,
      ['1'.repeat(10) + '2'.repeat(11)]: [null, 'too-long'],
    });
  });

  await t.test('P3 RJI and CEP', async (t) => {
    comesTo(t, 'custodiado.rji', {
      '170123456-12': '17012345612',
      'RJI 17012345612': '17012345612',
      '00000000000': placeholder,
      '1701234561': invalid,
      ABC: unreadable,
    });
    comesTo(t, 'unidade.cep', {
      '57000-000': '57000000',
      'CEP: 57.020-050': '57020050',
      // São Paulo's, as a number.
      '1310100': '01310100',
      '00000-000': placeholder,
      '99999-999': placeholder,
      '00123-000': invalid,
      '5702': invalid,
      MACEIO: unreadable,
    });
  });

  await t.test('P4 process numbers', async (t) => {
    const wrong = masked.replace(/^0001234/, '0001235');
    comesTo(t, 'processo.numero_cnj', {
      [process]: process,
      [masked]: process,
      [`Processo nº ${masked}`]: process,
      [masked.replace('.8.', '.\n8.')]: process,
      [process.replace(/^0+/, '')]: process,
      [wrong]: invalid,
      [`${masked}, ${masked}`]: invalid,
      [`${masked} ${masked}`]: invalid,
      '0000000-00.0000.0.03.2698': ['00000000000000032698', 'legacy'],
      '32698': ['00000000000000032698', 'legacy'],
      '2005.85.00.001234-5': ['00000200585000012345', 'legacy'],
      '001/1.05.0123456-7': ['00000000110501234567', 'legacy'],
      // No present number has these check digits, nor this year, nor this court.
      '123412348020001': ['00000123412348020001', 'legacy'],
      '00000000020018020001': ['00000000020018020001', 'legacy'],
      '1234.2005.000.1234': ['00000123420050001234', 'legacy'],
      // Its check digits hold by chance; no process is of this year.
      [cnj('1234567', '12348020001')]: invalid,
      '1234 5678': invalid,
      '123': invalid,
      '0000000-00.0000.0.00.0000': placeholder,
      'NAO CONSTA': placeholder,
      'EM ANDAMENTO': unreadable,
    });
    const court = fc.constantFrom('802', '826', '401', '521', '926', '712', '600', '300');
    const number = fc.tuple(fc.nat(9_999_999), fc.integer({ min: 1980, max: 2026 }), court, fc.nat(9999));
    const cleaner = cleanerFor('processo.numero_cnj');
    fc.assert(
      fc.property(number, fc.integer({ min: 1, max: 9 }), ([sequence, year, court, unit], off) => {
        const rest = `${year}${court}${String(unit).padStart(4, '0')}`;
        const right = cnj(String(sequence).padStart(7, '0'), rest);
        assert.deepEqual(clean(cleaner, right), { value: right, notes: [] });
        const wrong = right.slice(0, -1) + String((Number(right.at(-1)) + off) % 10);
        assert.deepEqual(clean(cleaner, wrong), { value: null, notes: ['invalid'] });
      }),
    );
  });

  await t.test('P5 OAB numbers', async (t) => {
    comesTo(t, 'advogado.oab_numero', {
      '1234': '1234',
      '001234': '1234',
      '12.345': '12345',
      'AL 1234': '1234',
      '1234/AL': '1234',
      'OAB/AL nº 12.345-A': '12345A',
      '1234-b': '1234B',
      '0000': placeholder,
      'N/C': placeholder,
      '123456789': invalid,
      '1234 5678': unreadable,
      'SILVA 12': unreadable,
      '1.2A34': unreadable,
    });
  });

  await t.test('P6 states', async (t) => {
    comesTo(t, 'custodiado.rg_uf', {
      AL: 'AL',
      ' al ': 'AL',
      Alagoas: 'AL',
      'SAO PAULO': 'SP',
      'São Paulo': 'SP',
      '27': 'AL',
      'D.F.': 'DF',
      XX: placeholder,
      NI: placeholder,
      ZZ: invalid,
      EXTERIOR: unknown,
    });
  });

  await t.test('P7 municipalities, by the IBGE’s list and not by the check digit', async (t) => {
    comesTo(t, 'custodiado.naturalidade_ibge', {
      '2704302': '2704302',
      '270430': '2704302',
      '27.04302': '2704302',
      'Maceió/AL': '2704302',
      'MACEIO - AL': '2704302',
      'MACEIO AL': '2704302',
      'Maceió (Alagoas)': '2704302',
      'SANTA BARBARA D OESTE - SP': '3545803',
      // Its check digit is not that of its number.
      '2201919': '2201919',
      '2704303': invalid,
      '1234567': invalid,
      '9999999': placeholder,
      '270000': placeholder,
      IGNORADO: placeholder,
      // There is one in Rio Grande do Norte.
      BARCELONA: unknown,
      MACEIÓ: unknown,
      'MACEIO - SP': unknown,
      'ZURIQUE - SUICA': unknown,
    });
    const cleaner = cleanerFor('custodiado.naturalidade_ibge');
    for (const { code, name, stateCode } of getMunicipalities()) {
      for (const text of [code, code.slice(0, 6), `${name.toUpperCase()}/${stateCode}`]) {
        assert.equal(clean(cleaner, text).value, code, text);
      }
    }
  });
}
