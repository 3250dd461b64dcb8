import type { Test } from 'tap';
import type { SqlServerColumn } from '../../../shared/sources/sqlserver/types.ts';
import { readCycle } from '../../support/read-cycle.ts';
import type { TdsValue } from '../../support/tds-tokens.ts';
import { type TdsType, tdsTypes, wide } from '../../support/tds-types.ts';
import { columnOfType } from './columns.ts';
import { lines, people, peopleRows, peopleTypes, readsView, rowTokens, sqlServerScene } from './scene.ts';

interface Case {
  readonly what: string;
  readonly column: SqlServerColumn;
  readonly wire: TdsType;
  readonly value: TdsValue;
  /** What arrives; marked where it is not text. */
  readonly text: string | null;
  readonly isMarked?: boolean;
}

const utf8 = 'Latin1_General_100_CI_AS_SC_UTF8';
const japanese = 'Japanese_CI_AS';
const long = 'ação '.repeat(5000);

const cases: readonly Case[] = [
  ...(
    [
      ['bigint', '-9223372036854775808'],
      ['decimal(38,10)', '1234567890123456789012345678.0123456789'],
      ['money', '922337203685477.5807'],
      ['float', '1.0000000000000001e-001'],
      ['datetime2(7)', '0001-01-01 00:00:00.0000001'],
      ['datetimeoffset(7)', '2026-03-01 12:34:56.1234567 -03:00'],
      ['uniqueidentifier', '6F9619FF-8B86-D011-B42D-00C04FC964FF'],
      ['nvarchar(100)', 'ção € 😀 \t\\N'],
      ['nvarchar(100)', ''],
    ] as const
  ).map(([type, text]) => ({
    what: type,
    column: columnOfType(type),
    wire: tdsTypes.nvarchar,
    value: text,
    text,
  })),
  ...[tdsTypes.nvarcharMax, tdsTypes.nvarcharMaxUnsized].map((wire) => ({
    ...{ what: 'a long text, in parts that cut characters', column: columnOfType('nvarchar(max)') },
    ...{ wire, value: long, text: long },
  })),
  ...['', 'x'].map((text) => ({
    ...{ what: 'a short text of a long type', column: columnOfType('nvarchar(max)') },
    ...{ wire: tdsTypes.nvarcharMax, value: text, text },
  })),
  { what: 'xml', column: columnOfType('xml'), wire: tdsTypes.xml, value: '<a>ç</a>', text: '<a>ç</a>' },
  { what: 'null', column: columnOfType('xml'), wire: tdsTypes.nvarcharMax, value: null, text: null },
  {
    ...{ what: 'varbinary', column: columnOfType('varbinary(20)'), wire: tdsTypes.varbinary },
    ...{ value: Buffer.from('00ff0a', 'hex'), text: '\\x00ff0a' },
  },
  {
    ...{ what: 'no bytes', column: columnOfType('varbinary(max)'), wire: tdsTypes.varbinaryMax },
    ...{ value: Buffer.alloc(0), text: '\\x' },
  },
  {
    ...{ what: 'binary', column: columnOfType('binary(8)'), wire: tdsTypes.binary8 },
    ...{ value: Buffer.from('00000000000007d1', 'hex'), text: '\\x00000000000007d1' },
  },
  {
    ...{ what: 'a photo', column: columnOfType('image'), wire: tdsTypes.varbinaryMax },
    ...{ value: Buffer.alloc(5000, 0xe7), text: `\\x${'e7'.repeat(5000)}` },
  },
  {
    ...{ what: 'T13: half a surrogate pair', column: columnOfType('nvarchar(100)'), wire: tdsTypes.nvarchar },
    ...{ value: Buffer.from('610000d86200', 'hex'), text: '\\x610000d86200', isMarked: true },
  },
  {
    ...{ what: 'T13: a 0x00', column: columnOfType('varchar(100)'), wire: tdsTypes.nvarchar },
    ...{ value: wide('a\0b'), text: '\\x610000006200', isMarked: true },
  },
  {
    ...{ what: 'UTF-8', column: columnOfType('varchar(100)', { collation: utf8 }), wire: tdsTypes.varbinary },
    ...{ value: Buffer.from('ção 😀'), text: 'ção 😀' },
  },
  {
    ...{
      what: 'T13: no UTF-8',
      column: columnOfType('varchar(100)', { collation: utf8 }),
      wire: tdsTypes.varbinary,
    },
    ...{ value: Buffer.from('e7e36f', 'hex'), text: '\\xe7e36f', isMarked: true },
  },
  {
    ...{ what: 'two bytes a character', column: columnOfType('varchar(100)', { collation: japanese }) },
    ...{
      wire: tdsTypes.varbinaryMax,
      value: Buffer.concat([Buffer.from('T'), wide('刑務所')]),
      text: '刑務所',
    },
  },
  {
    what: 'T13: two bytes that are no character',
    column: columnOfType('varchar(100)', { collation: japanese }),
    ...{ wire: tdsTypes.varbinaryMax, value: Buffer.concat([Buffer.from('B'), Buffer.from('81ff', 'hex')]) },
    ...{ text: '\\x81ff', isMarked: true },
  },
];

/** Types that a statement of the engine never asks for, because the driver would make numbers and dates of them. */
const refused: readonly (readonly [what: string, type: TdsType, bytes: string])[] = [
  ['bit', tdsTypes.bit, '01'],
  ['int', tdsTypes.int, '01000000'],
  ['float', tdsTypes.float, '9a9999999999b93f'],
  ['money', tdsTypes.money, '0000000010270000'],
  ['datetime', tdsTypes.datetime, '0000000001000000'],
  ['decimal', tdsTypes.decimal, `01${'01000000'.repeat(4)}`],
  ['date', tdsTypes.date, '010000'],
  ['time', tdsTypes.time, '0100000000'],
  ['datetime2', tdsTypes.datetime2, '0100000000010000'],
  ['datetimeoffset', tdsTypes.datetimeoffset, '01000000000100004cff'],
  ['varbinary', tdsTypes.varbinary, '6100'],
];

/** How values come over the wire, type by type. */
export async function wireValues(t: Test): Promise<void> {
  await t.test('I2, T3, T13: each value as the server sends it, marked where it is not text', async (t) => {
    for (const { what, column, wire, value, text, isMarked = false } of cases) {
      const columns = [people.columns[0], { ...column, name: 'valor' }, { ...column, name: 'nada' }];
      const scene = await sqlServerScene(t, {
        views: { [people.relation]: columns },
        answer: (batch) =>
          readsView(batch) ? lines([['1', value, null]], [tdsTypes.nvarchar, wire, wire]) : undefined,
      });
      const { rows } = await readCycle(scene.open(t, { views: [people.view] }), 'pessoas');
      t.same(
        rows.map((row) => row.fields),
        [['1', text, null]],
        what,
      );
      t.same(rows[0]?.undecodable, isMarked ? [2] : [], `${what}: marked`);
    }
  });

  await t.test('I2: what comes in a type of its own is refused, not made into text here', async (t) => {
    for (const [what, type, bytes] of refused) {
      const scene = await sqlServerScene(t, {
        answer: (batch) =>
          readsView(batch) ? lines([['1', Buffer.from(bytes, 'hex')]], [tdsTypes.nvarchar, type]) : undefined,
      });
      const page = scene.open(t, { views: [people.view] }).page('pessoas', { after: null, until: null });
      await t.rejects(page, { code: 'source-failed' }, what);
    }
  });

  await t.test('T14, I8: of a row that is too large only its key comes', async (t) => {
    const scene = await sqlServerScene(t, {
      answer: (batch) =>
        readsView(batch)
          ? { tokens: rowTokens([[1, '7', null]], [tdsTypes.int, tdsTypes.nvarchar, tdsTypes.nvarcharMax]) }
          : undefined,
      views: { [people.relation]: [people.columns[0], columnOfType('nvarchar(max)', { name: 'foto' })] },
    });
    const { rows } = await readCycle(scene.open(t, { views: [people.view] }), 'pessoas');
    t.same(
      rows.map(({ mark, fields }) => [mark, fields]),
      [['{0}', ['7', null]]],
    );
  });

  await t.test('rows without and with nulls, thousands of them, over many packets', async (t) => {
    const count = 5000;
    const scene = await sqlServerScene(t, {
      answer: (batch) => {
        if (!readsView(batch)) return undefined;
        const rows = peopleRows(count).map(([id, name], index) => [
          id ?? null,
          index % 3 === 0 ? null : (name ?? null),
        ]);
        return lines(rows, peopleTypes);
      },
    });
    const source = scene.open(t, { views: [people.view] });
    const { counts } = await source.digests('pessoas', { buckets: 1 });
    t.same(counts, [count]);
  });
}
