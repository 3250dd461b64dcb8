/** What a column of the standard views is to a database. */
export type ColumnType = 'text' | 'integer' | 'decimal' | 'date' | 'timestamp' | 'boolean' | 'bytes';

/** What the dictionary's types are called in Portuguese. */
export const columnTypeNames: Readonly<Record<ColumnType, string>> = {
  text: 'texto',
  integer: 'número inteiro',
  decimal: 'número',
  date: 'data',
  timestamp: 'data-hora',
  boolean: 'sim ou não',
  bytes: 'bytes',
};

/**
 * What the values of a column are, from which follows how they are cleaned and typed: `key` and `reference` name rows
 * and are taken as they are, `name` is that of a person, `names` are several of one person, `code` is one of a list.
 */
export const kinds = {
  key: 'integer',
  reference: 'integer',
  name: 'text',
  names: 'text',
  text: 'text',
  code: 'text',
  uf: 'text',
  municipality: 'text',
  'postal-code': 'text',
  cpf: 'text',
  rg: 'text',
  rji: 'text',
  'process-number': 'text',
  'oab-number': 'text',
  count: 'integer',
  decimal: 'decimal',
  date: 'date',
  'birth-date': 'date',
  instant: 'timestamp',
  boolean: 'boolean',
  bytes: 'bytes',
  /** When the row last changed at the source: how its changes are found, and nothing that treatment keeps of it. */
  changed: 'timestamp',
} as const satisfies Readonly<Record<string, ColumnType>>;

/** What the values of a column are: one of `kinds`. */
export type Kind = keyof typeof kinds;

/** What a typed value of a kind is in memory: days `2026-01-31`, instants `2026-01-31 13:45:00` of the state's own clock. */
export type ValueOf<K extends Kind> = K extends 'count' | 'decimal'
  ? number
  : K extends 'boolean'
    ? boolean
    : K extends 'names'
      ? readonly string[]
      : string;

/** A value of each kind that a state may give, made up: whoever it could be of, it is of nobody. */
export const exampleOf: Readonly<Record<Kind, string>> = {
  key: '1234',
  reference: '1234',
  name: 'MARIA APARECIDA DOS SANTOS',
  names: 'GALEGO',
  text: 'TEXTO',
  code: 'OUTRO',
  uf: 'AL',
  municipality: '2704302',
  'postal-code': '57020-000',
  cpf: '529.982.247-25',
  rg: '1234567',
  rji: '170000114-79',
  'process-number': '0001234-46.2024.8.02.0001',
  'oab-number': '12345',
  count: '12',
  decimal: '12.5',
  date: '2026-01-31',
  'birth-date': '1990-05-21',
  instant: '2026-01-31 13:45:00',
  boolean: '1',
  bytes: '\\xffd8ffe0',
  changed: '2026-01-31 13:45:00',
};
