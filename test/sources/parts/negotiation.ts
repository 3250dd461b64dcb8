import type { Test } from 'tap';
import { AgentSource } from '../../../central/sources/agent.ts';
import { verifiedReceipt } from '../../../central/sources/responses.ts';
import { serializeAnswerInfo, serializePageInfo } from '../../../shared/protocol/page-header.ts';
import { pageDigestOf } from '../../../shared/protocol/row-digests.ts';
import { versionOfPath } from '../../../shared/protocol/version.ts';
import { generateKeyPair } from '../../../shared/signing/keys.ts';
import {
  LinesAnswer,
  type StandInAnswer,
  type VersionedAgent,
  versionedAgent,
} from '../../support/versioned-agent.ts';

// V2, V3: central asks in the newest version, and in the one before only where the agent itself says that it must.

const databaseClock = '2026-05-04T03:02:01.000Z';
const described = (protocol: number) => ({
  ...{ id: 'AL', uf: 'AL', key: 'k', certificateEnds: databaseClock, software: '0.1.0', protocol },
  act: { number: '1', begin: databaseClock, end: databaseClock, state: 'active' },
  ...{ clock: databaseClock, databaseClock, skewSeconds: 0, behindSeconds: 7 },
});

/** What an agent answers of one version; of a path of any other, what agents of then say. */
function speaking(version: number, other: (asked: number) => StandInAnswer): (path: string) => StandInAnswer {
  return (path) => {
    if (versionOfPath(path) !== version) return other(versionOfPath(path) ?? 0);
    if (path.endsWith('/agent'))
      return { ...described(version), ...(version > 1 ? { protocols: [version] } : {}) };
    if (path.endsWith('/views')) return { views: [], broken: [] };
    if (path.endsWith('/renewal')) return { grant: 'a.b.c', succession: null };
    return { counts: [3], digests: ['7'], fingerprint: 'f', epoch: 'e' };
  };
}

/** 0.1.0 knew nothing of versions. */
const unaware = speaking(1, () => 'route-unknown');
const present = speaking(2, (asked) => (asked < 2 ? 'central-outdated' : 'agent-outdated'));

function central(t: Test, agent: VersionedAgent): { source: AgentSource; receipts: () => number } {
  let receipts = 0;
  const source = new AgentSource({
    ...{ url: agent.url, key: generateKeyPair(), agentKeys: [agent.key], grant: 'a.b.c' },
    ...{ timeoutSeconds: 30, maxBytes: 65_536, onReceipt: () => void receipts++ },
  });
  t.teardown(() => source.close());
  return { source, receipts: () => receipts };
}

const renewal = { succession: null, accepts: '0'.repeat(64) };

export async function negotiation(t: Test): Promise<void> {
  await t.test('V2 an agent of the present version is asked in no other', async (t) => {
    const agent = await versionedAgent(t, present);
    const { source } = central(t, agent);
    t.match(await source.describe(), { databaseClock, behindSeconds: 7, views: [], broken: [] });
    await source.renew(renewal);
    t.same(agent.asked, ['/v2/agent', '/v2/views', '/v2/renewal']);
  });

  await t.test('V2 an agent of 0.1.0: the newest is asked for once, then version 1', async (t) => {
    const agent = await versionedAgent(t, unaware);
    const { source, receipts } = central(t, agent);
    await source.describe();
    t.match(await source.digests('unidade', { buckets: 1 }), { counts: [3] });
    await source.renew(renewal);
    t.same(agent.asked, [
      ...['/v2/agent', '/v1/agent', '/v1/views', '/v1/views/unidade/digests?buckets=1', '/v1/renewal'],
    ]);
    t.equal(receipts(), 5, 'C5: the refusal is a receipt, too');
    const next = central(t, agent);
    await next.source.describe();
    t.equal(
      agent.asked[5],
      '/v2/agent',
      'whoever asks later begins with the newest: it may have been upgraded',
    );
  });

  await t.test('V2 what is remembered does not depend on an answer that succeeds', async (t) => {
    const agent = await versionedAgent(t, (path) =>
      path.startsWith('/v1/') ? 'source-timeout' : 'route-unknown',
    );
    const { source } = central(t, agent);
    await t.rejects(source.describe(), { code: 'source-timeout' });
    await t.rejects(source.describe(), { code: 'source-timeout' });
    t.same(agent.asked, ['/v2/agent', '/v1/agent', '/v1/agent']);
  });

  await t.test('V3 an answer that the agent did not sign never leads to an older version', async (t) => {
    const agent = await versionedAgent(t, unaware);
    agent.signed = false;
    const { source, receipts } = central(t, agent);
    await t.rejects(source.describe(), { code: 'response-unsigned' });
    await t.rejects(source.renew(renewal), { code: 'response-unsigned' });
    t.same(agent.asked, ['/v2/agent', '/v2/renewal']);
    t.equal(receipts(), 0);
  });

  await t.test(
    'S5 a head that the agent never saw is told as what it is, and not as an answer of somebody else',
    async (t) => {
      const refused = { status: 431, headers: {}, body: Buffer.alloc(0) };
      const request = { method: 'GET', targetUri: 'https://al.test/v2/views', headers: {}, signature: '' };
      await t.rejects(verifiedReceipt(refused, request as never, []), { code: 'grant-too-large' });
    },
  );

  await t.test('V3 nor does any other refusal that it signed', async (t) => {
    for (const code of ['agreement-suspended', 'grant-missing', 'request-invalid', 'internal'] as const) {
      const agent = await versionedAgent(t, () => code);
      await t.rejects(central(t, agent).source.describe(), { code });
      t.same(agent.asked, ['/v2/agent'], code);
    }
  });

  await t.test('V4 an agent that speaks only a newer version: upgrade central', async (t) => {
    const agent = await versionedAgent(
      t,
      speaking(3, () => 'central-outdated'),
    );
    const { source } = central(t, agent);
    await t.rejects(source.describe(), { code: 'central-outdated', retry: 'no' });
    await t.rejects(source.renew(renewal), { code: 'central-outdated' });
    t.same(agent.asked, ['/v2/agent', '/v2/renewal']);
  });

  await t.test('V4 an agent that speaks only older ones: upgrade the agent', async (t) => {
    for (const refusal of ['route-unknown', 'agent-outdated'] as const) {
      const agent = await versionedAgent(t, () => refusal);
      await t.rejects(central(t, agent).source.describe(), { code: 'agent-outdated', retry: 'no' });
      t.same(agent.asked, ['/v2/agent', '/v1/agent'], refusal);
    }
  });

  await t.test('what is missing from a version that is spoken is no matter of versions', async (t) => {
    const agent = await versionedAgent(t, (path) =>
      path.startsWith('/v2/views/') ? 'route-unknown' : present(path),
    );
    const { source } = central(t, agent);
    await source.describe();
    await t.rejects(source.digests('unidade', { buckets: 1 }), { code: 'route-unknown' });
    await source.describe();
    t.equal(agent.asked.at(-1), '/v2/views');
  });

  await t.test('an agent is upgraded, or goes back, while central works with it', async (t) => {
    const agent = await versionedAgent(t, unaware);
    const { source } = central(t, agent);
    await source.describe();
    agent.answer = present;
    await source.describe();
    agent.answer = unaware;
    await source.describe();
    t.same(agent.asked.slice(3), [
      ...['/v1/agent', '/v2/agent', '/v2/views'],
      ...['/v2/agent', '/v1/agent', '/v1/views'],
    ]);
  });

  await t.test('T3 a grant that is past its dates is renewed by an agent of version 1, too', async (t) => {
    // It judges the dates before it finds that there is no such path.
    const agent = await versionedAgent(t, (path) =>
      path.startsWith('/v2/') ? 'grant-expired' : unaware(path),
    );
    const { source } = central(t, agent);
    t.match(await source.renew(renewal), { grant: 'a.b.c' });
    t.same(agent.asked, ['/v2/renewal', '/v1/renewal']);

    await t.test('an agreement that is over is told as that', async (t) => {
      const over = await versionedAgent(t, () => 'grant-expired');
      await t.rejects(central(t, over).source.renew(renewal), { code: 'grant-expired' });
      await t.rejects(central(t, over).source.describe(), { code: 'grant-expired' });
      t.same(over.asked, ['/v2/renewal', '/v1/renewal', '/v2/agent']);
    });
  });

  await t.test(
    'P10 rows of version 1 come without digests that are signed; those of version 2 never do',
    async (t) => {
      const lines = Buffer.from('7\t\\N\t1\tMARIA\n');
      const page = { rows: 1, next: 'n', until: null, complete: true, fingerprint: 'f', epoch: 'e' };
      const answer = { rows: 1, answered: 1, fingerprint: 'f', epoch: 'e' };
      const digests = pageDigestOf(lines, 1);
      const rowsOf = (signed?: Buffer) => (path: string) =>
        new LinesAnswer(
          path.includes('/rows') ? serializePageInfo(page, signed) : serializeAnswerInfo(answer, signed),
          lines,
        );
      const agent = await versionedAgent(t, (path) =>
        path.startsWith('/v1/') ? rowsOf()(path) : 'route-unknown',
      );
      const ask = async () => {
        const { source } = central(t, agent);
        const asked = [
          source.page('unidade', { after: null, until: null }),
          source.lookup('unidade', { keys: [['1']] }),
        ];
        return (await Promise.all(asked)).map(({ proof }) => proof);
      };
      const { thumbprint: keyid, bytes: publicKey } = agent.key;
      for (const proof of await ask())
        t.match(proof, { keyid, publicKey, digests: null, signatureBase: '/v1/' });
      agent.answer = rowsOf(digests);
      for (const proof of await ask()) t.match(proof, { keyid, publicKey, digests, signatureBase: '/v2/' });

      for (const signed of [undefined, Buffer.alloc(0), digests.subarray(1), Buffer.alloc(33)]) {
        agent.answer = rowsOf(signed);
        const { source } = central(t, agent);
        const refusal = { code: 'page-invalid' };
        await t.rejects(source.page('unidade', { after: null, until: null }), refusal, `${signed?.length}`);
        await t.rejects(source.lookup('unidade', { keys: [['1']] }), refusal, `${signed?.length}`);
      }
    },
  );

  await t.test(
    'V5 members that are not known are passed over; those that are known must be there',
    async (t) => {
      const more = { seen: 1, more: { of: ['it'] } };
      const agent = await versionedAgent(t, (path) => ({ ...(present(path) as object), ...more }));
      const { source } = central(t, agent);
      await source.describe();
      await source.digests('unidade', { buckets: 1 });
      agent.answer = (path) => (path === '/v2/agent' ? described(2) : present(path));
      await t.rejects(source.describe(), { code: 'page-invalid' }, 'without its versions it is of version 1');
      agent.answer = (path) => (path === '/v2/agent' ? { ...described(1), protocols: [1] } : present(path));
      await t.rejects(source.describe(), { code: 'page-invalid' }, 'an answer of another version');
    },
  );
}
