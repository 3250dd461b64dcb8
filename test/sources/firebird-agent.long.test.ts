// Tier: long. The contract a second time, behind an agent. Needs a Firebird: GUARITA_TEST_FIREBIRD_URL.
import t from 'tap';
import { undecodable as undecodableContract } from '../contracts/view-source/undecodable.ts';
import { usualRows } from '../contracts/view-source.ts';
import { agentHarness } from '../support/agent-harness.ts';
import { testFirebird } from '../support/firebird.ts';
import { firebirdHarness } from '../support/firebird-harness.ts';
import { undecodable, undecodableInWin1252 } from './firebird/encodings.ts';

const server = testFirebird(t);

if (server !== null) {
  await t.test('contract, Firebird behind the agent', async (t) => {
    await usualRows(t, await agentHarness(t, await firebirdHarness(t, server, { undecodable })));
    await t.test('T13: a WIN1252 database', async (t) => {
      const options = { charset: 'WIN1252', undecodable: undecodableInWin1252 } as const;
      await undecodableContract(t, await agentHarness(t, await firebirdHarness(t, server, options)));
    });
  });
}
