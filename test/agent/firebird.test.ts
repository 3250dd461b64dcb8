// Tier: quick. What the DBA runs. Needs a Firebird: GUARITA_TEST_FIREBIRD_URL.
import t from 'tap';
import { testFirebird } from '../support/firebird.ts';

const server = testFirebird(t);

if (server !== null) {
  const { firebirdScripts } = await import('./sql/firebird.ts');
  const { scriptTests } = await import('./sql/script-tests.ts');
  await t.test('scripts', async (t) => scriptTests(t, 'firebird', await firebirdScripts(t, server)));
}
