import * as fc from 'fast-check';
import type { Test } from 'tap';
import { literalOf } from '../../../shared/sources/sqlserver/literals.ts';
import { quoteName, textLiteral } from '../../../shared/sources/sqlserver/text.ts';
import { anyText } from '../../support/any-text.ts';
import { literalIn, parseBatch } from '../../support/t-sql.ts';
import { columnOfType, everyType } from './columns.ts';

const delicate = [
  "'",
  "''",
  '\\',
  '\\\n',
  '\\\r\n',
  '\n',
  '\r',
  '\0',
  '\ud800',
  '\udc00',
  '😀',
  'ç',
  ']',
  '--',
  ';',
  '/*',
  '%',
  'N',
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...delicate), { maxLength: 8 }).map((parts) => parts.join('')),
  anyText(20),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);

/** Values of types, and texts that look like them and are none. */
const samples: Readonly<
  Record<string, { readonly is: readonly string[]; readonly isNot: readonly string[] }>
> = {
  bit: { is: ['0', '1'], isNot: ['2', 'true', '-1'] },
  tinyint: { is: ['0', '255'], isNot: ['-1', '256'] },
  smallint: { is: ['-32768', '32767'], isNot: ['32768', '-32769'] },
  int: { is: ['-2147483648', '2147483647'], isNot: ['2147483648', '1.0', '1e3'] },
  bigint: {
    is: ['-9223372036854775808', '9223372036854775807', '0'],
    isNot: [
      '9223372036854775808',
      '99999999999999999999',
      '007',
      '+7',
      ' 7',
      '-0',
      '',
      '0x10',
      "' OR 1=1 --",
    ],
  },
  'decimal(5,2)': { is: ['999.99', '-0.01', '5', '5.1'], isNot: ['1000', '0.001', '.5', '5.', '1e2', ''] },
  'decimal(38,0)': { is: ['9'.repeat(38)], isNot: ['9'.repeat(39)] },
  'decimal(2,2)': { is: ['0.99', '-0.01'], isNot: ['1.00'] },
  money: {
    is: ['922337203685477.5807', '-922337203685477.5808', '0.0000'],
    isNot: ['922337203685477.5808', '1', '1.00', '$1.0000'],
  },
  smallmoney: { is: ['214748.3647'], isNot: ['214748.3648'] },
  float: {
    is: ['1.0000000000000000e-001', '1.7976931348623157e+308', '-4.9406564584124654e-324'],
    isNot: ['1.7976931348623158e+308', '1e0', 'NaN', '1.0e+309', '0.1'],
  },
  real: { is: ['3.4028234663852886e+038'], isNot: ['3.5000000000000000e+038'] },
  date: {
    is: ['0001-01-01', '9999-12-31', '2024-02-29'],
    isNot: ['2023-02-29', '2020-99-99', '0000-01-01', '2020-1-1'],
  },
  'time(7)': { is: ['23:59:59.9999999', '00:00:00'], isNot: ['24:00:00', '23:60:00', '10:00'] },
  'time(0)': { is: ['23:59:59'], isNot: ['23:59:59.1'] },
  smalldatetime: {
    is: ['2079-06-06 23:59:00'],
    isNot: ['2079-06-07 00:00:00', '2020-01-01 00:00:30', '1899-12-31 00:00:00'],
  },
  datetime: {
    is: ['1753-01-01 00:00:00.003', '9999-12-31 23:59:59.997', '2020-01-01 00:00:00'],
    isNot: ['1752-12-31 00:00:00.000', '2020-01-01 00:00:00.001', '9999-12-31 23:59:59.999'],
  },
  'datetime2(7)': {
    is: ['0001-01-01 00:00:00.0000001', '9999-12-31 23:59:59.9999999'],
    isNot: ['2020-01-01T00:00:00', '2020-01-01', '2020-02-30 00:00:00', '2020-01-01 00:00:00.12345678'],
  },
  'datetimeoffset(7)': {
    is: ['2020-01-01 00:00:00.0000000 -03:00', '2020-01-01 00:00:00 +14:00', '0001-01-01 00:00:00 +00:00'],
    isNot: [
      '2020-01-01 00:00:00',
      '2020-01-01 00:00:00 +14:30',
      '0001-01-01 00:00:00 +01:00',
      '9999-12-31 23:59:59 -01:00',
    ],
  },
  uniqueidentifier: {
    is: ['6F9619FF-8B86-D011-B42D-00C04FC964FF', '6f9619ff-8b86-d011-b42d-00c04fc964ff'],
    isNot: ['6F9619FF-8B86-D011-B42D-00C04FC964FF and more', '{6F9619FF-8B86-D011-B42D-00C04FC964FF}', ''],
  },
  'varbinary(20)': { is: ['\\x', '\\x00ff'], isNot: ['\\x0', '\\xFF', 'ff', '0xff'] },
  timestamp: { is: ['\\x00000000000007d0'], isNot: ['\\x07d0', '\\x00000000000007d0ff'] },
};

/** Texts that become SQL: what a value is, and that it stays one. */
export async function literals(t: Test): Promise<void> {
  await t.test('I2: any text comes back from its literal, and is nothing but a literal', (t) => {
    fc.assert(
      fc.property(text, (value) => {
        const literal = literalIn(`SELECT ${textLiteral(value)}`);
        if (literal === null) return false;
        if ('text' in literal) return literal.text === value;
        return Buffer.from(literal.hex, 'hex').equals(Buffer.from(value, 'utf16le'));
      }),
      { numRuns: 2000 },
    );
    t.end();
  });

  await t.test('what a quoted literal would not give back goes as bytes', (t) => {
    for (const value of ['a\\\nb', 'a\\\r\nb', 'a\0b', 'x\ud800', '\udc00x']) {
      t.same(
        textLiteral(value),
        `CONVERT(nvarchar(4000), 0x${Buffer.from(value, 'utf16le').toString('hex')})`,
      );
    }
    for (const value of ["d'água", 'a\\b', 'a\\\rb', 'a\nb', '😀']) {
      t.equal(textLiteral(value), `N'${value.replaceAll("'", "''")}'`);
    }
    t.match(textLiteral(`${'x'.repeat(4001)}\\\n`), /^CONVERT\(nvarchar\(max\), 0x/);
    t.end();
  });

  await t.test(
    'T13: a raw key goes as its bytes, and what only begins like one as the text that it is',
    (t) => {
      const name = columnOfType('nvarchar(100)');
      t.equal(literalOf(name, '\0ff00'), 'CONVERT(nvarchar(4000), 0xff00)');
      t.equal(literalOf(columnOfType('varchar(100)'), '\u000081'), 'CONVERT(varchar(8000), 0x81)');
      t.equal(
        literalOf(name, "\0'; DROP"),
        `CONVERT(nvarchar(4000), 0x${Buffer.from("\0'; DROP", 'utf16le').toString('hex')})`,
      );
      t.end();
    },
  );

  await t.test('names are in brackets, whatever is in them', (t) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), (name) => {
        const trees = JSON.stringify(parseBatch(`SELECT 1 FROM ${quoteName(name.replaceAll('\0', ''))}x`));
        return trees.includes(JSON.stringify(name.replaceAll('\0', '')));
      }),
    );
    t.end();
  });

  await t.test('T3, P5: what is a value of a type, to the last digit and day, and what is none', (t) => {
    for (const [type, { is, isNot }] of Object.entries(samples)) {
      const column = columnOfType(type);
      for (const value of is) {
        const literal = literalOf(column, value);
        t.not(literal, null, `${type}: ${value}`);
        parseBatch(`SELECT ${literal}`);
      }
      for (const value of isNot) t.equal(literalOf(column, value), null, `${type} cannot be: ${value}`);
    }
    t.end();
  });

  await t.test('no text is more than one literal, whatever the type', (t) => {
    fc.assert(
      fc.property(fc.constantFrom(...everyType), text, (column, value) => {
        const literal = literalOf(column, value);
        if (literal === null) return true;
        const trees = JSON.stringify(parseBatch(`SELECT ${literal}`));
        return trees.split('"UnnamedExpr"').length === 2 && !trees.includes('"selection"');
      }),
      { numRuns: 2000 },
    );
    t.end();
  });

  await t.test(
    'literals by type: in the type of the column, never the column in that of the literal',
    (t) => {
      const cases: readonly (readonly [type: string, text: string, sql: string])[] = [
        ['bigint', '7', `CAST(N'7' AS bigint)`],
        ['decimal(38,10)', '1.5000000000', `CAST(N'1.5000000000' AS decimal(38,10))`],
        ['money', '1.5000', `CAST(N'1.5000' AS money)`],
        ['date', '2020-01-31', `CONVERT(date, N'2020-01-31', 23)`],
        ['time(7)', '10:11:12.1234567', `CONVERT(time(7), N'10:11:12.1234567', 121)`],
        ['smalldatetime', '2020-01-31 10:11:00', `CONVERT(smalldatetime, N'2020-01-31 10:11:00', 120)`],
        ['datetime', '2020-01-31 10:11:12.997', `CONVERT(datetime, N'2020-01-31 10:11:12.997', 121)`],
        [
          'datetime2(7)',
          '2020-01-31 10:11:12.1234567',
          `CONVERT(datetime2(7), N'2020-01-31 10:11:12.1234567', 121)`,
        ],
        ['nvarchar(100)', 'ção', `N'ção'`],
        ['varchar(100)', 'ção', `CONVERT(varchar(8000), N'ção' COLLATE SQL_Latin1_General_CP1_CI_AS)`],
        ['varchar(max)', 'x', `CONVERT(varchar(max), N'x' COLLATE SQL_Latin1_General_CP1_CI_AS)`],
        ['varbinary(20)', '\\x00ff', '0x00ff'],
        ['timestamp', '\\x00000000000007d0', 'CONVERT(binary(8), 0x00000000000007d0)'],
      ];
      for (const [type, value, sql] of cases) t.equal(literalOf(columnOfType(type), value), sql);
      t.equal(literalOf(columnOfType('hierarchyid', { isClr: true }), '\\x58'), 'CONVERT(hierarchyid, 0x58)');
      for (const type of ['xml', 'text', 'ntext', 'image', 'sql_variant', 'json']) {
        t.equal(literalOf(columnOfType(type), 'x'), null, `${type} has no order`);
      }
      t.end();
    },
  );
}
