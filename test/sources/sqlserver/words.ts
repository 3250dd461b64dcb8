import * as fc from 'fast-check';
import type { Test } from 'tap';
import { castStatement } from '../../../shared/sources/sqlserver/log-keys.ts';
import { sqlServerWatermark } from '../../../shared/sources/sqlserver/watermarks.ts';
import { commonSettings } from '../../support/source-harness.ts';
import { sqlServerWords } from '../../support/sqlserver-words.ts';
import { parseBatch } from '../../support/t-sql.ts';
import { columnOfType } from './columns.ts';

/** What the contract would say to a server, and what only large numbers and long texts show of the engine. */
export async function words(t: Test): Promise<void> {
  await t.test('the harness of the contract speaks T-SQL', (t) => {
    const { text, concat, repeat, instant, undecodable, types } = sqlServerWords;
    const values = undecodable.map(({ sql }) => sql);
    const year = 365 * 86_400;
    const said = [
      ...[0, 0.002, -1, -7200, 86_400, 70 * year, -70 * year].map(sqlServerWords.fromNow),
      ...[concat([text('a'), text('b')]), concat(values), repeat('0123-', 1900), instant(7)],
      ...values,
    ];
    for (const sql of said) t.doesNotThrow(() => parseBatch(`SELECT ${sql}`), sql);
    t.throws(() => parseBatch(`SELECT DATEADD(second, ${70 * year}, x)`), /int/, 'an overflow before 2025');
    t.throws(() => parseBatch(`SELECT N'a' || N'b'`), /StringConcat/, 'from 2025 on');
    for (const type of [types.name, ...undecodable.map((value) => value.type)]) {
      t.match(type, 'BIN2', 'keys that differ in case alone, and in U+0000');
    }
    t.end();
  });

  await t.test('the harness’s instants: days and milliseconds are the seconds that were asked for', (t) => {
    fc.assert(
      fc.property(fc.integer({ min: -3_000_000_000, max: 3_000_000_000 }), (seconds) => {
        const [, milliseconds, days] =
          /millisecond, (-?\d+), DATEADD\(day, (-?\d+),/.exec(sqlServerWords.fromNow(seconds)) ?? [];
        return Number(days) * 86_400_000 + Number(milliseconds) === seconds * 1000;
      }),
    );
    t.end();
  });

  await t.test('P6: the longest overlap and settle time that may be configured overflow nothing', (t) => {
    const settings = commonSettings({ views: [], settleSeconds: 86_400, overlapSeconds: 31 * 86_400 });
    const config = { ...settings, timeZone: 'Etc/GMT-14' };
    const moment = { clock: '2026-03-01 12:00:00.1234567', leastActiveRowversion: 2001n };
    for (const type of [
      'datetime2(7)',
      'datetime2(0)',
      'datetime',
      'smalldatetime',
      'date',
      'datetimeoffset(7)',
    ]) {
      const kind = sqlServerWatermark(columnOfType(type), config as never, moment as never);
      if (typeof kind === 'string') throw new Error(kind);
      for (const sql of [kind.now, kind.before('x')])
        t.doesNotThrow(() => parseBatch(`SELECT ${sql}`), `${sql}`);
    }
    t.end();
  });

  await t.test('M2: keys of a log, whole at any length, and none that is bytes', (t) => {
    const column = columnOfType('varchar(8000)', { name: 'id' });
    const cast = (text: string) => castStatement([column], [[text], ['b']], { hasLosslessFloats: true });
    const long = 'x'.repeat(4001);
    t.match(cast(long), `CONVERT(nvarchar(max), N'${long}')`);
    t.match(cast('x'), `CONVERT(nvarchar(4000), N'x')`);
    t.match(cast('\0ff'), 'VALUES (0, CONVERT(nvarchar(4000), NULL)), (1,');
    for (const text of [long, 'x', '\0ff']) t.doesNotThrow(() => parseBatch(cast(text)));
    t.end();
  });
}
