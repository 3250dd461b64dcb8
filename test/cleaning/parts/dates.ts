import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { Temporal } from 'temporal-polyfill';
import { clean, cleanerFor, comesTo } from './cleaned.ts';

const placeholder = [null, 'placeholder'] as const;
const invalid = [null, 'invalid'] as const;
const unreadable = [null, 'unreadable'] as const;

export async function dates(t: Test): Promise<void> {
  await t.test('D1 one day in the ways in which systems write it', async (t) => {
    const written = [
      ...[
        '1990-01-31',
        '31/01/1990',
        '31.01.1990',
        '31-01-1990',
        '31 01 1990',
        '1990/1/31',
        '19900131',
        '31011990',
      ],
      ...['1990-01-31 00:00:00', '1990-01-31T00:00:00', '1990-01-31 00:00:00.0000000', '31/01/1990 14:33'],
      ...[
        '31 de janeiro de 1990',
        '31 DE JANEIRO DE 1990',
        '31/jan/1990',
        '31-JAN-1990',
        'Jan 31 1990 12:00AM',
      ],
      ...['31 jan. 1990', 'quarta-feira, 31 de janeiro de 1990', ' 31/01/1990 ', '1990-01-31 24:00:00'],
      // A day written as the instant at which it began, in Brazil or in Greenwich.
      ...[
        '1990-01-31T03:00:00.000Z',
        '1990-01-31T00:00:00Z',
        '1990-01-31 24:00:00-05:00',
        '1990-01-31 00:00:00-03',
      ],
    ];
    comesTo(t, 'custodia.entrada', Object.fromEntries(written.map((text) => [text, '1990-01-31'])));
  });

  await t.test('D2 the century of two digits, by what the date is of', async (t) => {
    comesTo(t, 'custodiado.data_nascimento', {
      '1.5.85': ['1985-05-01', 'century-inferred'],
      '31/jan/90': ['1990-01-31', 'century-inferred'],
      '05/06/30': ['1930-06-05', 'century-inferred'],
      '05/06/29': ['2029-06-05', 'century-inferred'],
      '01/01/85': ['1985-01-01', 'century-inferred', 'default-date'],
    });
    comesTo(t, 'pena.termino_previsto', {
      '05/06/69': ['2069-06-05', 'century-inferred'],
      '05/06/70': ['1970-06-05', 'century-inferred'],
    });
  });

  await t.test('D3 days that there are not, and what is no date', async (t) => {
    comesTo(t, 'custodia.entrada', {
      '31/02/1990': invalid,
      '29/02/1900': invalid,
      '29/02/2000': '2000-02-29',
      '2023-02-29': invalid,
      '2023-13-01': invalid,
      '01/31/1990': invalid,
      '00/05/1990': invalid,
      '15/03/0201': invalid,
      '15/03/3015': invalid,
      '31/01/1990 25:00': invalid,
      '1990': unreadable,
      '01/1990': unreadable,
      // A serial number of Excel, or any other number.
      '32874': unreadable,
      '310190': unreadable,
      ONTEM: unreadable,
      '31/01/199': unreadable,
      '31/01/1990 A 05/02/1990': unreadable,
      '31/01/199005': unreadable,
      '31 de brumario de 1990': unreadable,
    });
  });

  await t.test('D4 what stands for none, and what is kept as inferred', async (t) => {
    const none = [
      ...[
        '00/00/0000',
        '0000-00-00',
        '0000-00-00 00:00:00',
        '00/00/00',
        '0',
        '  /  /    ',
        '__/__/____',
        '-',
        'N/C',
      ],
      ...[
        '0001-01-01',
        '01/01/0001',
        '9999-12-31',
        '31/12/2999',
        '9999-12-31 23:59:59',
        '1899-12-30',
        '1753-01-01',
      ],
      ...['infinity', '-infinity', 'NULL', 'NÃO INFORMADO'],
    ];
    for (const column of ['custodia.saida', 'custodiado.data_nascimento', 'movimentacao.instante']) {
      comesTo(t, column, Object.fromEntries(none.map((text) => [text, placeholder])));
    }
    comesTo(t, 'custodiado.data_nascimento', {
      '1900-01-01': ['1900-01-01', 'default-date'],
      '01/01/1970': ['1970-01-01', 'default-date'],
      '1985-01-01': ['1985-01-01', 'default-date'],
      '1969-12-31': '1969-12-31',
    });
    // As the end of a custody it would be worse than none.
    comesTo(t, 'custodia.saida', {
      '1900-01-01': placeholder,
      '1970-01-01': placeholder,
      '1969-12-31': placeholder,
      '2020-01-01': '2020-01-01',
    });
    comesTo(t, 'movimentacao.instante', {
      '1969-12-31 21:00:00': placeholder,
      '1970-01-01T00:00:00Z': placeholder,
      '1900-01-01 00:00:00': placeholder,
    });
  });

  await t.test('D5 instants by the state’s clock, to the second', async (t) => {
    comesTo(t, 'visita.instante', {
      '2026-01-31 13:45:00': '2026-01-31 13:45:00',
      '2026-01-31T13:45:00': '2026-01-31 13:45:00',
      '2026-01-31 13:45:00.123456': '2026-01-31 13:45:00',
      '2026-01-31 13:45:00.1234567 -03:00': '2026-01-31 13:45:00',
      '2026-01-31 13:45:00-03': '2026-01-31 13:45:00',
      '2026-01-31 13:45:00+00': '2026-01-31 10:45:00',
      '2026-01-31T13:45:00.000Z': '2026-01-31 10:45:00',
      '2026-01-31 13:45:00 -0400': '2026-01-31 14:45:00',
      '2026-01-31T01:00:00Z': '2026-01-30 22:00:00',
      '20260131134500': '2026-01-31 13:45:00',
      '31/01/2026 13:45': '2026-01-31 13:45:00',
      '31/01/2026 9:05:07': '2026-01-31 09:05:07',
      '31/01/2026 às 14h30': '2026-01-31 14:30:00',
      '31/01/2026 - 14h': '2026-01-31 14:00:00',
      '31.01.2026, 13:45:00.000': '2026-01-31 13:45:00',
      'Jan 31 2026  1:45PM': '2026-01-31 13:45:00',
      '31-JAN-2026 12.45.00.000000 AM': '2026-01-31 00:45:00',
      '2026-01-31-13.45.00.000000': '2026-01-31 13:45:00',
      '2026-01-31': '2026-01-31 00:00:00',
      '2026-12-31 24:00:00': '2027-01-01 00:00:00',
      '2026-01-31 24:00:01': invalid,
      '2026-01-31 13:45:00+19:00': invalid,
      '2026-01-31 13:60:00': invalid,
      '31/01/2026 13:45PM': invalid,
      '2026-01-31 13:45:00 America/Maceio': unreadable,
      '13:45': unreadable,
    });
    // Summer began at midnight there: its clock never showed this hour.
    comesTo(t, 'visita.instante', { '2018-11-04 00:00:00': '2018-11-04 00:00:00' }, saoPaulo);
  });

  await t.test('D6 any instant with an offset is told as the zone’s own rules say', async () => {
    for (const timeZone of ['America/Sao_Paulo', 'America/Noronha', '-04:00', 'UTC']) {
      const cleaner = cleanerFor('visita.instante', { timeZone, assigned: new Map() });
      const seconds = fc.oneof(
        fc.integer({ min: 200_000, max: 4_000_000_000 }),
        // At and around the changes of summer time of 2018 and 2019.
        fc.constantFrom(1_541_300_399, 1_541_300_400, 1_550_368_799, 1_550_368_800),
        fc.integer({ min: -5000, max: 5000 }).map((near) => 1_541_300_400 + near),
        fc.integer({ min: -5000, max: 5000 }).map((near) => 1_550_368_800 + near),
      );
      fc.assert(
        fc.property(seconds, fc.integer({ min: -14, max: 14 }), (seconds, hours) => {
          const instant = Temporal.Instant.fromEpochMilliseconds(seconds * 1000);
          const offset = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
          const said = instant.toString({ timeZone: offset, smallestUnit: 'second' });
          const here = instant.toZonedDateTimeISO(timeZone).toPlainDateTime();
          const { value } = clean(cleaner, said);
          assert.equal(value, here.toString({ smallestUnit: 'second' }).replace('T', ' '));
        }),
      );
    }
  });

  await t.test('D7 every day that there is, in every way, and no other', async () => {
    const cleaner = cleanerFor('custodia.entrada');
    const [year, month, day] = [
      fc.integer({ min: 1901, max: 2098 }),
      fc.integer({ max: 13, min: 1 }),
      fc.integer({ max: 32, min: 1 }),
    ];
    fc.assert(
      fc.property(year, month, day, (year, month, day) => {
        const [yyyy, mm, dd] = [String(year), String(month).padStart(2, '0'), String(day).padStart(2, '0')];
        const iso = `${yyyy}-${mm}-${dd}`;
        fc.pre(!['1970-01-01', '1969-12-31'].includes(iso));
        const exists = !Number.isNaN(Date.parse(iso)) && new Date(iso).toISOString().startsWith(iso);
        for (const text of [iso, `${dd}/${mm}/${yyyy}`, `${day}.${month}.${year}`, `${iso} 13:45:00`]) {
          assert.equal(clean(cleaner, text).value, exists ? iso : null, text);
        }
      }),
      { numRuns: 300 },
    );
  });
}

const saoPaulo = { timeZone: 'America/Sao_Paulo', assigned: new Map() };
