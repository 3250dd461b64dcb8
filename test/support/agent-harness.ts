import type { Test } from 'tap';
import { AgentSource } from '../../central/sources/agent.ts';
import type { Engine } from '../../shared/sources/engine.ts';
import { type TestAgent, testAgent } from './agent.ts';
import type { SourceHarness, SourceSettings } from './source-harness.ts';

/**
 * The same database, seen through an agent: signed HTTP on loopback, read by central's client. The agents that a
 * test opens share one state, as an agent does that is started again.
 */
export async function agentHarness<
  H extends SourceHarness & { openEngine(settings: SourceSettings): Engine },
>(t: Test, harness: H): Promise<H> {
  const first = await testAgent(t, { source: openEngine(t, harness, { views: [] }), views: [] });
  return {
    ...harness,
    open: async (t: Test, settings: SourceSettings) => {
      // Granted is also what no configuration names: the answer to that is the source's own.
      const views = [...settings.views.map((view) => view.name), 'nowhere'];
      const agent = await testAgent(t, { source: openEngine(t, harness, settings), views, from: first });
      return agentSource(t, agent);
    },
  };
}

function openEngine(
  t: Test,
  harness: { openEngine(settings: SourceSettings): Engine },
  settings: SourceSettings,
) {
  const engine = harness.openEngine(settings);
  t.teardown(() => engine.close());
  return engine;
}

export function agentSource(t: Test, agent: TestAgent): AgentSource {
  const source = new AgentSource({
    url: agent.url,
    key: agent.centralKey,
    agentKeys: [agent.key],
    grant: agent.grant,
    timeoutSeconds: 60,
    maxBytes: 128 * 1024 * 1024,
  });
  t.teardown(() => source.close());
  return source;
}
