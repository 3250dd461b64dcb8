import type { Test } from 'tap';
import { pathsOf, viewPath } from '../../../shared/protocol/paths.ts';
import { protocolVersion } from '../../../shared/protocol/version.ts';
import type { ViewSource } from '../../../shared/sources/view-source.ts';
import { testAgent } from '../../support/agent.ts';
import { requestsOf } from '../../support/journal.ts';
import { ask, requireProblem } from '../../support/signed-requests.ts';

// V4: an agent says of every other version of the protocol who is to be upgraded, and gives and does nothing.

const view = 'custodiado';

/** Fails whatever is asked of it. */
function untouched(): ViewSource {
  const never = () => Promise.reject(new Error('it was asked'));
  return {
    ...{ describe: never, page: never, digests: never, list: never, lookup: never },
    close: () => Promise.resolve(),
  };
}

const before = pathsOf(1);
const older: [target: string, body?: string][] = [
  [before.agent],
  [before.views],
  [`${viewPath('rows', view, 1)}?limit=5`],
  [`${viewPath('digests', view, 1)}?buckets=4`],
  [viewPath('digests', view, 1), '{"buckets":4,"wanted":[0]}'],
  [viewPath('lookup', view, 1), '{"keys":[["1"]]}'],
  [before.renewal, `{"succession":null,"accepts":"${'0'.repeat(64)}"}`],
  [before.openapi],
  ['/v1'],
  ['/v1/what/there/never/was'],
];
const newer: [target: string, body?: string][] = [
  ['/v3/agent'],
  ['/v3/renewal', '{"succession":"x"}'],
  ['/v12/views'],
];

export async function versionsOfAgents(t: Test): Promise<void> {
  await t.test(
    'V4 a request of another version is refused, signed, with who is to be upgraded',
    async (t) => {
      const agent = await testAgent(t, { source: untouched(), views: [view] });
      const detail = (asked: string) =>
        `Foi pedida a versão ${asked}; este agente fala a versão ${protocolVersion}.`;
      for (const [requests, code] of [
        [older, 'central-outdated'],
        [newer, 'agent-outdated'],
      ] as const) {
        for (const [target, body] of requests) {
          await t.test(target, async (t) => {
            const answer = await ask(agent, target, body === undefined ? {} : { body });
            const document = await requireProblem(t, agent, answer, 404, code);
            t.equal(document.detail, detail(/\d+/.exec(target)?.[0] ?? ''));
            t.match(
              document.title,
              /upgrade (central|the agent)\.$/,
              'a program of then shows the title alone',
            );
            const entry = requestsOf(agent).at(-1);
            t.match(entry, { problem: code, view: null, rows: null, status: 404 }, 'it is written down');
          });
        }
      }
    },
  );

  await t.test('S3 of another version, too, nothing is said to who has no grant', async (t) => {
    const agent = await testAgent(t, { source: untouched(), views: [view] });
    const ended = agent.issue({ end: new Date(Date.now() - 1000) });
    for (const [target, body] of [...older, ...newer]) {
      const what = body === undefined ? {} : { body };
      const nobody = await ask(agent, target, { ...what, grant: null, key: null });
      await requireProblem(t, agent, nobody, 401, 'grant-missing');
      const unsigned = await ask(agent, target, { ...what, key: null });
      await requireProblem(t, agent, unsigned, 401, 'signature-missing');
      const late = await ask(agent, target, { ...what, grant: ended });
      await requireProblem(t, agent, late, 403, 'grant-expired');
    }
  });
}
