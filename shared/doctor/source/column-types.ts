import type { ColumnType } from '../../dictionary/kinds.ts';
import type { SourceConfig } from '../../sources/source-config.ts';

/** What an engine's type is good for. `any`: it says nothing of the values. */
type Family = 'text' | 'integer' | 'decimal' | 'date' | 'timestamp' | 'boolean' | 'bytes' | 'any';

/** How well a type serves a column of the dictionary: `doubtful` can be read with care, `unfit` cannot be meant. */
export type Fitness = 'fit' | 'doubtful' | 'unfit';

/** Names of types, without their arguments, by engine. What is not listed (domains, arrays, ...) is `any`. */
const families: Readonly<Record<SourceConfig['engine'], Partial<Record<Family, string>>>> = {
  postgres: {
    text: 'text, character varying, character, bpchar, name, citext, uuid, json, jsonb, xml',
    integer: 'smallint, integer, bigint, oid',
    decimal: 'numeric, real, double precision, money',
    date: 'date',
    timestamp: 'timestamp, timestamp without time zone, timestamp with time zone',
    boolean: 'boolean, bit',
    bytes: 'bytea',
  },
  sqlserver: {
    text: 'char, varchar, nchar, nvarchar, text, ntext, xml, sysname, uniqueidentifier',
    integer: 'tinyint, smallint, int, bigint',
    decimal: 'decimal, numeric, money, smallmoney, real, float',
    date: 'date',
    timestamp: 'datetime, datetime2, smalldatetime, datetimeoffset',
    boolean: 'bit',
    bytes: 'binary, varbinary, image, rowversion, timestamp',
  },
  mysql: {
    text: 'char, varchar, tinytext, text, mediumtext, longtext, enum, set, json, uuid',
    integer: 'tinyint, smallint, mediumint, int, integer, bigint, year',
    decimal: 'decimal, numeric, float, double',
    date: 'date',
    timestamp: 'datetime, timestamp',
    boolean: 'bit, boolean',
    bytes: 'binary, varbinary, tinyblob, blob, mediumblob, longblob',
  },
  firebird: {
    text: 'char, varchar, cstring, blob sub_type text, blob sub_type 1',
    integer: 'smallint, integer, bigint, int64',
    decimal: 'numeric, decimal, float, double precision, decfloat',
    date: 'date',
    timestamp: 'timestamp, timestamp with time zone',
    boolean: 'boolean',
    bytes: 'blob, blob sub_type 0, blob sub_type binary',
  },
  // A text column is where SQLite keeps all that it has no type for, instants among it.
  sqlite: {
    integer: 'integer, int, bigint, smallint, tinyint',
    decimal: 'real, float, double, numeric, decimal',
    date: 'date',
    timestamp: 'datetime, timestamp',
    boolean: 'boolean',
    bytes: 'blob',
  },
};

/** What the dictionary's type takes; a number where a text is meant has lost its leading zeros, and so on. */
const fitness: Readonly<Record<ColumnType, Readonly<Record<'fit' | 'doubtful', readonly Family[]>>>> = {
  text: { fit: ['text'], doubtful: ['integer', 'decimal', 'date', 'timestamp', 'boolean'] },
  integer: { fit: ['integer', 'decimal'], doubtful: ['text', 'boolean'] },
  decimal: { fit: ['decimal', 'integer'], doubtful: ['text', 'boolean'] },
  date: { fit: ['date', 'timestamp'], doubtful: ['text', 'integer'] },
  timestamp: { fit: ['timestamp'], doubtful: ['date', 'text', 'integer'] },
  // 0 and 1, S and N: most systems have no type of their own for it.
  boolean: { fit: ['boolean', 'integer', 'decimal', 'text'], doubtful: [] },
  bytes: { fit: ['bytes'], doubtful: ['text'] },
};

/** @param type as the engine names it in a description of the view */
export function fitnessOf(wanted: ColumnType, engine: SourceConfig['engine'], type: string): Fitness {
  const family = familyOf(engine, type);
  if (family === 'any' || fitness[wanted].fit.includes(family)) return 'fit';
  return fitness[wanted].doubtful.includes(family) ? 'doubtful' : 'unfit';
}

function familyOf(engine: SourceConfig['engine'], type: string): Family {
  const name = type
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/ (?:unsigned|zerofill|character set|charset|collate)\b.*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  const entries = Object.entries(families[engine]) as [Family, string][];
  return entries.find(([, names]) => names.split(', ').includes(name))?.[0] ?? 'any';
}
