// Tier: quick. What of the contract an agent could spoil, once; all of it behind an agent is in `agent.long.test.ts`.
import t from 'tap';
import { viewSourceExcerpt } from '../contracts/view-source.ts';
import { agentHarness } from '../support/agent-harness.ts';
import { sqliteHarness } from '../support/sqlite-harness.ts';

await t.test('what of the contract an agent could spoil, SQLite behind the agent', async (t) => {
  await viewSourceExcerpt(t, await agentHarness(t, sqliteHarness(t)));
});
