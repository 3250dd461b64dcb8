// Tier: long. Central is killed as it reads a state's database itself, as a process of its own, and goes on.
import t from 'tap';
import { centralDatabase } from '../support/bases.ts';
import type { MakeCommandBase } from '../support/command-bases.ts';
import { testPassword, testPostgres } from '../support/postgres.ts';
import { killed } from './parts/killed.ts';

const server = await testPostgres(t);
/** On a server: the test looks into it while central loads. */
const makeBase: MakeCommandBase = async ({ name }) => {
  const { url, base } = await centralDatabase(t, server, name);
  return {
    config: { base: { url, password: { env: 'BASE_PASSWORD' } } },
    environment: { BASE_PASSWORD: testPassword },
    open: () => Promise.resolve(base),
  };
};
await t.test('killed', (t) => killed(t, makeBase, server));
