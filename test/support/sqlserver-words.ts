import { quoteName, textLiteral } from '../../shared/sources/sqlserver/text.ts';
import { type SourceHarness, tiedAlike } from './source-harness.ts';

/**
 * Keys of which no two are the same to the server: a database that ignores case takes `A` for `a`, and its collation
 * gives U+0000 no weight at all.
 */
const exact = 'COLLATE Latin1_General_100_BIN2';

const day = 86_400;

/** DATEADD counts by `int`, until SQL Server 2025: 68 years of seconds. */
function fromNow(seconds: number): string {
  const days = Math.trunc(seconds / day);
  const milliseconds = Math.round((seconds - days * day) * 1000);
  return `DATEADD(millisecond, ${milliseconds}, DATEADD(day, ${days}, SYSUTCDATETIME()))`;
}

/** How the tests' SQL is said to SQL Server: what of the harness needs no server. */
export const sqlServerWords = {
  types: {
    integer: 'bigint',
    text: 'nvarchar(max)',
    name: `nvarchar(100) ${exact}`,
    // The longest that is not `max`. An index would hold 1700 bytes: such a key has none.
    longKey: 'varchar(8000)',
    instant: 'datetime2(7)',
  },
  ignoresTrailingBlanks: true,
  quote: quoteName,
  text: textLiteral,
  concat: (expressions: readonly string[]) => expressions.join(' + '),
  instant: (milliseconds: number) => {
    const instant = new Date(Date.UTC(2020, 0, 1) + milliseconds).toISOString();
    return `CONVERT(datetime2(7), '${instant.replace('T', ' ').slice(0, -1)}', 121)`;
  },
  fromNow,
  localInstant: 'datetime2(7)',
  localFromNow: fromNow,
  failingAtSeven: (column: string) =>
    `CONVERT(date, CASE WHEN ${column} = 7 THEN '1990-02-31' ELSE '2020-01-01' END)`,
  ties: [
    tiedAlike(
      'a collation that ignores case, accents and blanks',
      'nvarchar(20) COLLATE Latin1_General_CI_AI',
      [`N'mat-7'`, `N'MAT-7'`, `N'Mat-7'`, `N'mat-8'`, `N'mát-7'`, `N'a'`, `N'a '`],
    ),
  ],
  repeat: (text: string, times: number) =>
    `REPLICATE(CONVERT(nvarchar(max), ${textLiteral(text)}), ${times})`,
  undecodable: [
    { what: 'a U+0000', type: `nvarchar(20) ${exact}`, sql: `N'a' + NCHAR(0)`, hex: '61000000' },
    {
      what: 'half a surrogate pair',
      type: `nvarchar(20) ${exact}`,
      sql: 'CONVERT(nvarchar(20), 0x00d86100)',
      hex: '00d86100',
    },
  ],
  unusableWatermark: 'varchar(20)',
} as const satisfies Partial<SourceHarness>;
