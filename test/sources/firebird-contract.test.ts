// Tier: quick. The contract once. Needs a Firebird: GUARITA_TEST_FIREBIRD_URL.
import t from 'tap';
import { testFirebird } from '../support/firebird.ts';
import { undecodable } from './firebird/encodings.ts';

const server = testFirebird(t);

if (server !== null) {
  // Only where they run: the contract takes longer to read than to skip.
  const { viewSourceContract } = await import('../contracts/view-source.ts');
  const { firebirdHarness } = await import('../support/firebird-harness.ts');
  const { secondLook } = await import('../contracts/view-source/second-look.ts');
  await t.test('contract', async (t) => {
    const harness = await firebirdHarness(t, server, { undecodable });
    await viewSourceContract(t, harness);
    await t.test('a second look', (t) => secondLook(t, harness));
  });
}
