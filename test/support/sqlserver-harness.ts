import type { Test } from 'tap';
import type { Engine } from '../../shared/sources/engine.ts';
import { SqlServerSource } from '../../shared/sources/sqlserver/source.ts';
import { quoteName, textLiteral } from '../../shared/sources/sqlserver/text.ts';
import { commonSettings, pageLimits, type SourceHarness, type SourceSettings } from './source-harness.ts';
import { createDatabase, type TestSqlServer } from './sqlserver.ts';
import { sqlServerWords } from './sqlserver-words.ts';

export interface SqlServerHarness extends SourceHarness {
  openEngine(settings: SourceSettings): Engine;
}

/** A database of this test's own, with the user that may only read it. Of SQL Server 2019 or newer: it has UTF-8. */
export async function sqlServerHarness(t: Test, server: TestSqlServer): Promise<SqlServerHarness> {
  const { name, reader, execute, rows } = await createDatabase(t, server);
  const openEngine = (settings: SourceSettings) =>
    new SqlServerSource({
      source: {
        ...{ engine: 'sqlserver', host: server.host, port: server.port, database: name, user: reader.user },
        ...{ tls: { mode: 'encrypt' }, allowWritableUser: false },
        ...commonSettings(settings),
      },
      views: settings.views,
      pages: pageLimits(settings),
      password: reader.password,
    });
  return {
    openEngine,
    ...sqlServerWords,
    values,
    execute,
    rows: async (relation, columns) => {
      const found = await rows(
        `SELECT name, TYPE_NAME(system_type_id) FROM sys.columns WHERE object_id = OBJECT_ID(${textLiteral(quoteName(relation))})`,
      );
      const types = new Map(found.map(([column, type]) => [column, type ?? '']));
      const texts = columns.map((column) => textOf(quoteName(column), types.get(column) ?? ''));
      return rows(`SELECT ${texts.join(', ')} FROM ${quoteName(relation)}`);
    },
    open: (t, settings) => {
      const source = openEngine(settings);
      t.teardown(() => source.close());
      return Promise.resolve(source);
    },
  };
}

/** SQL for the text that the server makes of a value. */
function textOf(column: string, type: string): string {
  if (/binary|image|timestamp/.test(type))
    return `N'\\x' + LOWER(CONVERT(nvarchar(max), CONVERT(varbinary(max), ${column}), 2))`;
  if (/date|time/.test(type)) return `CONVERT(nvarchar(40), ${column}, ${type === 'date' ? 23 : 121})`;
  if (/float|real/.test(type)) return `CONVERT(nvarchar(40), ${column}, 3)`;
  if (/money/.test(type)) return `CONVERT(nvarchar(40), ${column}, 2)`;
  return `CONVERT(nvarchar(max), ${column})`;
}

const asItIs = (text: string) => ({ sql: text, text });
const quoted = (text: string) => ({ sql: textLiteral(text), text });
const given = (sql: string, text: string) => ({ sql, text });

const values: SourceHarness['values'] = [
  { type: 'bit', values: ['0', '1'].map(asItIs) },
  { type: 'tinyint', values: ['0', '255'].map(asItIs) },
  { type: 'bigint', values: ['9007199254740993', '9223372036854775807', '-9223372036854775808'].map(asItIs) },
  {
    type: 'decimal(38,10)',
    values: [asItIs(`${'9'.repeat(28)}.${'9'.repeat(10)}`), given('-0.5', '-0.5000000000')],
  },
  { type: 'money', values: [asItIs('922337203685477.5807'), given('-1.5', '-1.5000')] },
  { type: 'smallmoney', values: [asItIs('-214748.3648')] },
  {
    type: 'float',
    values: [
      given('0.1', '1.0000000000000001e-001'),
      given('1.7976931348623157e308', '1.7976931348623157e+308'),
    ],
  },
  { type: 'date', values: ['0001-01-01', '9999-12-31'].map(quoted) },
  { type: 'time(7)', values: [quoted('23:59:59.9999999')] },
  { type: 'smalldatetime', values: [given(`'2079-06-06T23:59:00'`, '2079-06-06 23:59:00')] },
  { type: 'datetime', values: [given(`'1753-01-01T00:00:00.003'`, '1753-01-01 00:00:00.003')] },
  {
    type: 'datetime2(7)',
    values: [quoted('9999-12-31 23:59:59.9999999'), quoted('0001-01-01 00:00:00.0000001')],
  },
  { type: 'datetimeoffset(7)', values: [quoted('2026-03-01 12:34:56.7890123 -03:00')] },
  { type: 'uniqueidentifier', values: [quoted('6F9619FF-8B86-D011-B42D-00C04FC964FF')] },
  { type: 'nvarchar(20)', values: [quoted('ção €'), quoted('😀'), quoted('')] },
  { type: 'varchar(20)', values: [quoted('ção Ñ €')] },
  { type: 'varchar(20) COLLATE Latin1_General_100_CI_AS_SC_UTF8', values: [quoted('ção 😀')] },
  { type: 'varchar(20) COLLATE Japanese_CI_AS', values: [quoted('刑務所')] },
  { type: 'xml', values: [quoted('<a>ção</a>')] },
  { type: 'varbinary(10)', values: [given('0x00ff0a', '\\x00ff0a'), given('0x', '\\x')] },
  { type: 'varbinary(max)', values: [given('0x00', '\\x00')] },
];
