import { GuaritaError } from '../../errors.ts';

/**
 * One rendering for every value, whatever the server's, the database's or the user's own settings, and whatever others
 * have left in a session that a pooler lends us: what is text here is what the national base stores, and what its digest
 * is of. Those that views may mean are the user's own again: a function may look for names along `search_path`.
 */
export const renderingSettings = {
  client_encoding: `'UTF8'`,
  TimeZone: `'UTC'`,
  DateStyle: `'ISO, YMD'`,
  IntervalStyle: `'iso_8601'`,
  extra_float_digits: '1',
  bytea_output: `'hex'`,
  xmlbinary: `'base64'`,
  lc_monetary: `'C'`,
  standard_conforming_strings: 'on',
  quote_all_identifiers: 'off',
  application_name: `'guarita-agent'`,
  ...{ role: 'DEFAULT', search_path: 'DEFAULT', row_security: 'DEFAULT' },
  ...{ lc_numeric: 'DEFAULT', lc_time: 'DEFAULT', xmloption: 'DEFAULT' },
} as const;

/** What a transaction with these settings says; each is the text of a value, or what only the server itself knows. */
const samples: readonly (readonly [name: string, expression: string, text: string])[] = [
  ['transaction_read_only', `current_setting('transaction_read_only')`, 'on'],
  ['transaction_isolation', `current_setting('transaction_isolation')`, 'repeatable read'],
  ['client_encoding', `current_setting('client_encoding')`, 'UTF8'],
  ['TimeZone', `to_timestamp(0)::text`, '1970-01-01 00:00:00+00'],
  ['DateStyle', `CAST('2026-01-02' AS date)::text`, '2026-01-02'],
  [
    'IntervalStyle',
    `(400 * CAST('1 day' AS interval) + CAST('1 second' AS interval) / 2)::text`,
    'P400DT0.5S',
  ],
  ['extra_float_digits', `(CAST(0.1 AS float8) + CAST(0.2 AS float8))::text`, '0.30000000000000004'],
  ['bytea_output', `decode('00ff', 'hex')::text`, '\\x00ff'],
  ['xmlbinary', `current_setting('xmlbinary')`, 'base64'],
  ['lc_monetary', `current_setting('lc_monetary')`, 'C'],
  ['standard_conforming_strings', `current_setting('standard_conforming_strings')`, 'on'],
];

/** Proves, in the transaction, that the settings have their effect there. */
export const renderingProof = {
  statement: `SELECT ${samples.map(([name, expression]) => `${expression} AS "${name}"`).join(', ')},
    pg_postmaster_start_time()::text AS server, pg_is_in_recovery() AS "isReplica"`,
  /** Throws `source-unsettled` with the names of those that do not. */
  check: (row: Readonly<Record<string, unknown>>): void => {
    const others = samples.filter(([name, , text]) => row[name] !== text).map(([name]) => name);
    if (others.length > 0)
      throw new GuaritaError('source-unsettled', `Não está como foi posto: ${others.join(', ')}.`);
  },
};
