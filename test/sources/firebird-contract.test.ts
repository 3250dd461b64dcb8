// Tier: quick. The contract once. Needs a Firebird: GUARITA_TEST_FIREBIRD_URL.
import t from 'tap';
import { viewSourceContract } from '../contracts/view-source.ts';
import { testFirebird } from '../support/firebird.ts';
import { firebirdHarness } from '../support/firebird-harness.ts';
import { undecodable } from './firebird/encodings.ts';

const server = testFirebird(t);

if (server !== null) {
  await t.test('contract', async (t) => {
    await viewSourceContract(t, await firebirdHarness(t, server, { undecodable }));
  });
}
