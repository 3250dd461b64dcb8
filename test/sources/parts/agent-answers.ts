import type { Test } from 'tap';
import { AgentSource, type AgentSourceOptions } from '../../../central/sources/agent.ts';
import type { SignedReceipt } from '../../../shared/signing/messages.ts';
import type { Listing, Lookup, ViewDigests, ViewSource } from '../../../shared/sources/view-source.ts';
import { type TestAgent, testAgent } from '../../support/agent.ts';
import { decodeLines } from '../../support/copy-lines.ts';
import { requestsOf } from '../../support/journal.ts';
import { checkProof } from '../../support/proven.ts';
import { peopleSource } from '../../support/sqlite-views.ts';

const view = 'custodiado';
const state = { fingerprint: 'f', epoch: 'e' };
const notAsked = () => Promise.reject(new Error('not asked'));

/** A source that answers what it is given, whatever was asked. */
function answering(answers: Partial<ViewSource>): ViewSource {
  const none = { describe: notAsked, page: notAsked, digests: notAsked, list: notAsked, lookup: notAsked };
  return { ...none, close: () => Promise.resolve(), ...answers };
}

function central(
  t: Test,
  agent: TestAgent,
  changes: Partial<AgentSourceOptions> = {},
): { source: AgentSource; receipts: SignedReceipt[] } {
  const receipts: SignedReceipt[] = [];
  const source = new AgentSource({
    ...{ url: agent.url, key: agent.centralKey, agentKeys: [agent.key], grant: agent.grant },
    ...{ timeoutSeconds: 30, maxBytes: 1024 * 1024 },
    onReceipt: (_view, receipt) => receipts.push(receipt),
    ...changes,
  });
  t.teardown(() => source.close());
  return { source, receipts };
}

export async function answersOfAgents(t: Test): Promise<void> {
  await t.test(
    'C5, I7: each answer about a view leaves a receipt, and the journal counts its rows',
    async (t) => {
      const agent = await testAgent(t, { source: peopleSource(t, 30), views: [view] });
      const { source, receipts } = central(t, agent);
      await source.digests(view, { buckets: 4 });
      await source.list(view, { buckets: 4, wanted: [0, 1, 2, 3] });
      await source.lookup(view, { keys: [['1'], ['31']] });
      t.equal(receipts.length, 3);
      t.match(receipts[2]?.signatureBase, '"@method";req: POST');
      const rows = requestsOf(agent).map((request) => request.rows);
      t.same(rows, [30, 30, 2]);
    },
  );

  await t.test(
    'P10 pages and lookups come with their proof, for rows that are gone too; listings have none',
    async (t) => {
      const engine = peopleSource(t, 30);
      const agent = await testAgent(t, { source: engine, views: [view] });
      const { source, receipts } = central(t, agent);
      const { publicKey, keyid } = { publicKey: agent.key.bytes, keyid: agent.key.thumbprint };
      const page = await source.page(view, { after: null, until: null, limit: 20 });
      const lookup = await source.lookup(view, { keys: [['1'], ['31']] });
      for (const [index, answer] of [page, lookup].entries()) {
        t.match(answer.proof, { keyid, publicKey, signatureBase: receipts[index]?.signatureBase });
        checkProof(view, answer, decodeLines(answer.lines));
      }
      t.match(decodeLines(lookup.lines), [{ mark: '\\N' }, { mark: '{-1}' }]);
      await source.list(view, { buckets: 1, wanted: [0] });
      t.notMatch(receipts[2]?.signatureBase, /digests=/);
      t.notOk('proof' in (await engine.page(view, { after: null, until: null })), 'nobody signed for it');
    },
  );

  await t.test(
    'C5: an answer that is not of the shape of its question is refused, and leaves its receipt',
    async (t) => {
      const digests: ViewDigests[] = [
        { counts: [1], digests: ['1'], ...state },
        { counts: [1, 2, 3, 4], digests: ['1'], ...state },
        { counts: [1, 2, 3], digests: ['1', '2', '3', '4'], ...state },
      ];
      const lookups: Lookup[] = [
        { answered: 0, cut: 0 },
        { answered: 3, cut: 0 },
        { answered: 2, cut: 1 },
      ].map((answer) => ({ lines: Buffer.alloc(0), rows: 0, ...answer, ...state }));
      const source = answering({
        digests: () => Promise.resolve(digests.shift() as ViewDigests),
        lookup: () => Promise.resolve(lookups.shift() as Lookup),
      });
      const { source: client, receipts } = central(t, await testAgent(t, { source, views: [view] }));
      for (let asked = 0; asked < 3; asked++) {
        await t.rejects(client.digests(view, { buckets: 4 }), { code: 'page-invalid' });
      }
      for (let asked = 0; asked < 3; asked++) {
        await t.rejects(client.lookup(view, { keys: [['1'], ['2']] }), { code: 'page-invalid' });
      }
      t.equal(receipts.length, 6);
    },
  );

  await t.test('C4 what needs a pass over the whole view has a deadline of its own', async (t) => {
    const { promise: read, resolve: finish } = Promise.withResolvers<void>();
    const unfinished = Promise.withResolvers<never>();
    const digests: ViewDigests = { counts: [1], digests: ['1'], ...state };
    const source = answering({
      digests: () => read.then(() => digests),
      list: () => read.then(() => ({ lines: Buffer.alloc(0), rows: 0, ...state })),
      lookup: () => unfinished.promise,
    });
    const agent = await testAgent(t, { source, views: [view] });
    const patient = central(t, agent, { timeoutSeconds: 0.2, scanTimeoutSeconds: 60 }).source;
    const other = central(t, agent, { timeoutSeconds: 0.2, scanTimeoutSeconds: 60 }).source;
    const scans = [patient.digests(view, { buckets: 1 }), patient.list(view, { buckets: 1, wanted: [0] })];
    await t.rejects(other.lookup(view, { keys: [['1']] }), { code: 'agent-timeout' });
    const hasty = central(t, agent, { timeoutSeconds: 60, scanTimeoutSeconds: 0.2 }).source;
    await t.rejects(hasty.digests(view, { buckets: 1 }), { code: 'agent-timeout' });
    await t.rejects(hasty.list(view, { buckets: 1, wanted: [0] }), { code: 'agent-timeout' });
    finish();
    t.match(await Promise.all(scans), [{ counts: [1] }, { rows: 0 }]);
    unfinished.reject(new Error('over'));
  });

  await t.test('I8: who hangs up ends what was begun for them', async (t) => {
    const ended: string[] = [];
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    let waiting = 3;
    /** Never answers, but ends when its caller is gone. */
    const endless = (what: string) => (_view: string, request: { signal?: AbortSignal }) =>
      new Promise<never>((_resolve, reject) => {
        if (--waiting === 0) begin();
        request.signal?.addEventListener('abort', () => {
          ended.push(what);
          reject(new Error('gone'));
          if (ended.length === 3) finish();
        });
      });
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
    const source = answering({
      digests: endless('digests') satisfies (...args: never[]) => Promise<ViewDigests>,
      list: endless('list') satisfies (...args: never[]) => Promise<Listing>,
      lookup: endless('lookup') satisfies (...args: never[]) => Promise<Lookup>,
    });
    const agent = await testAgent(t, { source, views: [view] });
    const [first, second] = [central(t, agent).source, central(t, agent).source];
    const stopping = new AbortController();
    const { signal } = stopping;
    const asked = [
      first.digests(view, { buckets: 2, signal }),
      first.list(view, { buckets: 2, wanted: [0], signal }),
      second.lookup(view, { keys: [['1']], signal }),
    ];
    await begun;
    stopping.abort();
    for (const outcome of await Promise.allSettled(asked)) {
      t.match(outcome, { status: 'rejected', reason: { code: 'agent-unreachable' } });
    }
    await finished;
    t.same(new Set(ended), new Set(['digests', 'list', 'lookup']));
  });
}
