import * as fc from 'fast-check';
import type { Test } from 'tap';
import {
  rowsMediaType,
  serializeAnswerInfo,
  serializePageInfo,
} from '../../../shared/protocol/page-header.ts';
import { pageDigest } from '../../../shared/protocol/row-digests.ts';
import { type KeptPage, verifyPage } from '../../../shared/protocol/verify-page.ts';
import { generateKeyPair } from '../../../shared/signing/keys.ts';
import { signRequest, signResponse, verifyResponse } from '../../../shared/signing/messages.ts';

const [agent, central, thief] = [generateKeyPair(), generateKeyPair(), generateKeyPair()];
const signedAt = new Date('2026-05-04T03:02:01Z');
const view = 'custódia/1';
const of = `/v2/views/${encodeURIComponent(view)}`;
const info = { next: 'n', until: null, complete: true, fingerprint: 'f', epoch: 'e' };
const answer = { fingerprint: 'f', epoch: 'e' };

interface Given {
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: typeof agent;
}

/** What an agent's answer leaves at central, and the digests that are kept with it. */
async function kept(digests: Buffer, given: Given = {}): Promise<KeptPage> {
  const { method = 'GET', path = `${of}/rows?limit=5`, status = 200, key = agent } = given;
  const page = serializePageInfo({ ...info, rows: digests.length / 8 }, pageDigest(digests));
  const asked = { method, targetUri: `http://127.0.0.1:8443${path}`, headers: { authorization: 'Bearer x' } };
  const request = { ...asked, headers: { ...asked.headers, ...signRequest(asked, central) } };
  const headers = {
    ...{ 'content-type': rowsMediaType, 'guarita-page': page, 'content-digest': 'sha-256=:AAAA:' },
    ...given.headers,
  };
  const signature = signResponse({ status, headers }, request, key, signedAt);
  const response = { status, headers: { ...headers, ...signature } };
  return { view, digests, ...(await verifyResponse(response, request, key)) };
}

const someDigests = fc
  .array(fc.uint8Array({ minLength: 8, maxLength: 8 }), { maxLength: 20 })
  .map((rows) => Buffer.concat(rows));

function flipped(bytes: Uint8Array, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  const at = (bit >>> 3) % changed.length;
  changed[at] = (changed[at] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

/** What the base keeps of a page shows, by itself, which rows the agent gave. */
export async function pagesKept(t: Test): Promise<void> {
  await t.test('P10 what the agent signed is verified from what is kept alone', async (t) => {
    await fc.assert(
      fc.asyncProperty(someDigests, async (digests) => {
        const rows = digests.length / 8;
        const said = { keyid: agent.thumbprint, created: signedAt, rows, fingerprint: 'f', epoch: 'e' };
        t.same(verifyPage(await kept(digests)), { ...said, resource: 'rows', path: `${of}/rows` });
        const header = serializeAnswerInfo({ ...answer, rows, answered: 1 }, pageDigest(digests));
        const lookup = { method: 'POST', path: `${of}/lookup`, headers: { 'guarita-page': header } };
        t.same(verifyPage(await kept(digests, lookup)), {
          ...said,
          resource: 'lookup',
          path: `${of}/lookup`,
        });
      }),
      { numRuns: 30 },
    );
  });

  await t.test('P10 a bit that is changed is noticed, wherever it is', async (t) => {
    await fc.assert(
      fc.asyncProperty(someDigests, fc.nat(), async (digests, bit) => {
        const page = await kept(digests);
        const base = flipped(Buffer.from(page.signatureBase), bit).toString('latin1');
        t.match(verifyPage({ ...page, signatureBase: base }), { flaw: /^(key|signature)$/ });
        t.same(verifyPage({ ...page, signature: flipped(page.signature, bit) }), { flaw: 'signature' });
        t.same(verifyPage({ ...page, publicKey: flipped(page.publicKey, bit) }), { flaw: 'key' });
        fc.pre(digests.length > 0);
        t.same(verifyPage({ ...page, digests: flipped(digests, bit) }), { flaw: 'digests' });
      }),
      { numRuns: 100 },
    );
  });

  await t.test('P10 other rows, fewer, more or in another order are refused', async (t) => {
    const digests = Buffer.from(Array.from({ length: 24 }, (_, index) => index));
    const page = await kept(digests);
    const [first, rest] = [digests.subarray(0, 8), digests.subarray(8)];
    for (const other of [
      ...[rest, digests.subarray(0, 23), Buffer.concat([digests, first]), Buffer.concat([rest, first])],
      Buffer.alloc(0),
    ]) {
      t.same(verifyPage({ ...page, digests: other }), { flaw: 'digests' });
    }
    const header = serializePageInfo({ ...info, rows: 2 }, pageDigest(digests));
    const miscounted = await kept(digests, { headers: { 'guarita-page': header } });
    t.same(verifyPage(miscounted), { flaw: 'digests' }, 'signed with another number of rows');
  });

  await t.test(
    'P10 what the agent signed, and is no answer with rows of this view, shows nothing',
    async (t) => {
      const digests = Buffer.alloc(8, 1);
      const unsaid = serializePageInfo({ ...info, rows: 1 });
      const cases: Record<string, Given> = {
        'a listing': { method: 'POST', path: `${of}/digests` },
        'a problem': { status: 404 },
        'one without its media type': { headers: { 'content-type': 'application/problem+json' } },
        'the views': { path: '/v2/views', headers: { 'content-type': 'application/json' } },
        'another view': { path: '/v2/views/visita/rows' },
        'a path that only ends so': { path: `/v2/views/x${of}/rows` },
        'a path without a version': { path: `/views/${encodeURIComponent(view)}/rows` },
        'rows that were posted': { method: 'POST' },
        'a lookup that was not': { path: `${of}/lookup` },
        'a page of version 1': { path: of.replace('v2', 'v1'), headers: { 'guarita-page': unsaid } },
        'one that says nothing of its digests': { headers: { 'guarita-page': unsaid } },
        'one that says nothing': { headers: { 'guarita-page': '' } },
      };
      for (const [what, given] of Object.entries(cases)) {
        t.same(verifyPage(await kept(digests, given)), { flaw: 'answer' }, what);
      }
      t.match(verifyPage({ ...(await kept(digests)), view: 'visita' }), { flaw: 'answer' });
      t.match(verifyPage(await kept(digests, { path: `/v3/views/${encodeURIComponent(view)}/rows` })), {
        rows: 1,
      });
    },
  );

  await t.test(
    'P10 another key than the one that signed is refused, also with its own signature',
    async (t) => {
      const digests = Buffer.alloc(8, 1);
      const page = await kept(digests);
      const signature = thief.sign(Buffer.from(page.signatureBase));
      t.same(verifyPage({ ...page, signature }), { flaw: 'signature' });
      t.same(verifyPage({ ...page, signature, publicKey: thief.bytes }), { flaw: 'key' });
      t.same(verifyPage({ ...page, publicKey: Buffer.alloc(31) }), { flaw: 'key' });
      t.same(verifyPage({ ...page, signature: Buffer.alloc(0) }), { flaw: 'signature' });
      for (const signatureBase of [
        '',
        'x',
        '"@signature-params": ',
        '"@signature-params": ();keyid=1;created=1',
      ]) {
        t.same(verifyPage({ ...page, signatureBase }), { flaw: 'key' });
      }
      const stolen = await kept(digests, { key: thief });
      t.match(verifyPage(stolen), { keyid: thief.thumbprint }, 'whose key it is, it does not know');
    },
  );
}
