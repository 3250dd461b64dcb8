// Tier: long. The contract a second time, read by central itself (rule 1). Needs a Firebird: GUARITA_TEST_FIREBIRD_URL.
import t from 'tap';
import { usualRows } from '../contracts/view-source.ts';
import { directHarness } from '../support/direct-harness.ts';
import { testFirebird } from '../support/firebird.ts';
import { firebirdHarness } from '../support/firebird-harness.ts';
import { undecodable } from './firebird/encodings.ts';

const server = testFirebird(t);

if (server !== null) {
  await t.test('contract, Firebird read by central', async (t) => {
    await usualRows(t, await directHarness(t, await firebirdHarness(t, server, { undecodable })));
  });
}
