import type { SqlServerColumn } from '../../../shared/sources/sqlserver/types.ts';

const latin = 'SQL_Latin1_General_CP1_CI_AS';
const utf8 = 'Latin1_General_100_CI_AS_SC_UTF8';
const japanese = 'Japanese_CI_AS';
const codePages: Readonly<Record<string, number>> = { [latin]: 1252, [utf8]: 65_001, [japanese]: 932 };
const fixedBytes: Readonly<Record<string, number>> = {
  ...{
    bit: 1,
    tinyint: 1,
    smallint: 2,
    int: 4,
    bigint: 8,
    float: 8,
    real: 4,
    money: 8,
    smallmoney: 4,
    date: 3,
  },
  ...{ time: 5, smalldatetime: 4, datetime: 8, datetime2: 8, datetimeoffset: 10, uniqueidentifier: 16 },
  ...{ timestamp: 8, decimal: 17, numeric: 17, text: 16, ntext: 16, image: 16, sql_variant: 8016 },
};

/** A column of a type as SQL Server describes it: `decimal(10,2)`, `nvarchar(max)`. */
export function columnOfType(
  type: string,
  { name = 'c', nullable = true, collation = latin, isClr = false }: Partial<SqlServerColumn> = {},
): SqlServerColumn {
  const [, base = type, first, second] = /^(\w+)(?:\((\w+)(?:,(\d+))?\))?$/.exec(type) ?? [];
  const isText = /char$|^n?text$/.test(base);
  const isDecimal = base === 'decimal' || base === 'numeric';
  const length = first === 'max' ? -1 : Number(first ?? 0) * (base.startsWith('n') ? 2 : 1);
  return {
    ...{ name, type, nullable, base, isClr },
    bytes: isClr || ['xml', 'json'].includes(base) ? -1 : (fixedBytes[base] ?? length),
    precision: isDecimal ? Number(first) : 0,
    scale: isDecimal
      ? Number(second ?? 0)
      : /^(time|datetime2|datetimeoffset)$/.test(base)
        ? Number(first ?? 7)
        : 0,
    collation: isText ? collation : null,
    codePage: isText && collation !== null ? (codePages[collation] ?? null) : null,
  };
}

/** A column of every type, and of the text types in each kind of code page. */
export const everyType: readonly SqlServerColumn[] = [
  ...['bit', 'tinyint', 'smallint', 'int', 'bigint', 'decimal(38,10)', 'numeric(5,0)', 'money', 'smallmoney'],
  ...[
    'float',
    'real',
    'date',
    'time(7)',
    'time(0)',
    'smalldatetime',
    'datetime',
    'datetime2(7)',
    'datetime2(0)',
  ],
  ...[
    'datetimeoffset(7)',
    'datetimeoffset(3)',
    'uniqueidentifier',
    'nchar(5)',
    'nvarchar(100)',
    'nvarchar(max)',
  ],
  ...[
    'ntext',
    'char(5)',
    'varchar(100)',
    'varchar(8000)',
    'varchar(max)',
    'text',
    'binary(8)',
    'varbinary(20)',
  ],
  ...['varbinary(max)', 'image', 'timestamp', 'xml', 'json', 'vector(3)', 'sql_variant'],
]
  .map((type) => columnOfType(type))
  .concat(
    [utf8, japanese].flatMap((collation) =>
      ['char(5)', 'varchar(100)', 'varchar(max)'].map((type) => columnOfType(type, { collation })),
    ),
    columnOfType('text', { collation: japanese }),
    ['geography', 'hierarchyid'].map((type) => columnOfType(type, { isClr: true })),
  )
  .map((column, index) => ({ ...column, name: `c${index}` }));
