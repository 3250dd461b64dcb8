import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import { PGliteBase } from '../../central/base/pglite.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { centralDatabase, emptyPglite, openPostgresBase, pgliteTemplate } from './bases.ts';
import { type TestPostgres, testPassword, testPostgres } from './postgres.ts';
import { isLong } from './runs.ts';

/** A base that each command opens anew, and that a test may look into between them. */
export interface CommandBase {
  /** What central's configuration says of it. */
  readonly config: { readonly base?: object };
  readonly environment: Environment;
  open(): Promise<Base>;
}

export interface NewBase {
  /** Where central keeps its state. */
  readonly state: string;
  /** Names a database. */
  readonly name: string;
  /** There is nothing in it. */
  readonly isEmpty?: boolean;
}

export type MakeCommandBase = (of: NewBase) => Promise<CommandBase>;

/** In central's folder, as it is where nothing is said of it: half a second for each command. */
export async function inFolder({ state, isEmpty = false }: NewBase): Promise<CommandBase> {
  const folder = join(state, 'base');
  cpSync(await (isEmpty ? emptyPglite() : pgliteTemplate()), folder, { recursive: true });
  return { config: {}, environment: {}, open: () => PGliteBase.open(folder) };
}

/**
 * For a file that both tiers run: in the quick one, databases of a PostgreSQL, which commands open at once.
 * @param there a server that the test has already
 */
export async function commandBases(t: Test, there: TestPostgres | null = null): Promise<MakeCommandBase> {
  if (isLong) return inFolder;
  const server = there ?? (await testPostgres(t));
  return async ({ name, isEmpty = false }) => {
    const { url } = await centralDatabase(t, isEmpty ? { ...server, migrated: null } : server, name);
    return {
      config: { base: { url, password: { env: 'BASE_PASSWORD' } } },
      environment: { BASE_PASSWORD: testPassword },
      open: () => Promise.resolve(openPostgresBase(server, name)),
    };
  };
}
