import type { Bench } from '../setup.ts';
import type { BenchSource } from './bench-source.ts';
import { firebirdSource } from './firebird.ts';
import { mysqlSource } from './mysql.ts';
import { postgresSource } from './postgres.ts';
import { sqliteSource } from './sqlite.ts';

interface BenchEngine {
  /** The environment variable that names a server; null where none is needed. */
  readonly variable: string | null;
  open(bench: Bench, name: string): Promise<BenchSource>;
}

export const benchEngines: Readonly<Record<string, BenchEngine>> = {
  postgres: { variable: null, open: postgresSource },
  mysql: { variable: 'GUARITA_TEST_MYSQL_URL', open: mysqlSource },
  firebird: { variable: 'GUARITA_TEST_FIREBIRD_URL', open: firebirdSource },
  sqlite: { variable: null, open: sqliteSource },
};
