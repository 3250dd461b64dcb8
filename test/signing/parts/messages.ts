import * as fc from 'fast-check';
import type { Test } from 'tap';
import { generateKeyPair } from '../../../shared/signing/keys.ts';
import {
  maxSignatureAgeSeconds,
  type SignedRequest,
  signRequest,
  signResponse,
  verifyRequest,
  verifyResponse,
} from '../../../shared/signing/messages.ts';

const key = generateKeyPair();
const other = generateKeyPair();
const notAccepted = { message: 'The signature was not accepted.' };

/** What a URL may hold after its host. */
const target = fc
  .webPath({ size: 'small' })
  .map((path) => `http://127.0.0.1:8443${path === '' ? '/' : path}`);
const visible = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((c) => String.fromCharCode(c)),
  minLength: 1,
});

const requests = fc.record({
  method: fc.constantFrom('GET', 'POST'),
  targetUri: target,
  headers: fc.record({ authorization: visible.map((text) => `Bearer ${text}`) }),
});

function signed(request: SignedRequest): SignedRequest {
  return { ...request, headers: { ...request.headers, ...signRequest(request, key) } };
}

/** Signed requests and responses, any of them. */
export async function messages(t: Test): Promise<void> {
  await t.test('any request that was signed is verified, and no other', async (t) => {
    await fc.assert(
      fc.asyncProperty(requests, requests, async (one, two) => {
        const request = signed(one);
        const facts = await verifyRequest(request, key);
        t.equal(facts.keyid, key.thumbprint);
        t.equal(facts.expires - facts.created, maxSignatureAgeSeconds);
        await t.rejects(verifyRequest(request, other), notAccepted);
        const { signature = '', 'signature-input': input = '' } = request.headers;
        const changed = { ...two, headers: { ...two.headers, signature, 'signature-input': input } };
        fc.pre(JSON.stringify(one) !== JSON.stringify(two));
        await t.rejects(verifyRequest(changed, key), notAccepted);
      }),
      { numRuns: 30 },
    );
  });

  await t.test('no nonce is used twice', async (t) => {
    const request = { method: 'GET', targetUri: 'http://127.0.0.1/', headers: { authorization: 'Bearer x' } };
    const facts = await Promise.all(Array.from({ length: 200 }, () => verifyRequest(signed(request), key)));
    t.equal(new Set(facts.map((fact) => fact.nonce)).size, 200);
    t.ok(facts.every((fact) => Buffer.from(fact.nonce, 'base64url').length === 16));
  });

  await t.test('any response that was signed is verified with its request, and with no other', async (t) => {
    const responses = fc.record({
      status: fc.integer({ min: 200, max: 599 }),
      headers: fc.record(
        {
          'content-type': fc.constantFrom('application/json', 'application/vnd.guarita.rows'),
          'content-encoding': fc.constantFrom('zstd', 'gzip'),
          'guarita-page': visible,
          'content-digest': visible,
        },
        { requiredKeys: ['content-type', 'content-digest'] },
      ),
    });
    await fc.assert(
      fc.asyncProperty(responses, responses, requests, async (one, two, asked) => {
        const headersOf = (response: typeof one) =>
          Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, value]));
        const request = signed(asked);
        const response = { status: one.status, headers: headersOf(one) };
        const signature = signResponse(response, request, key);
        const sent = { ...response, headers: { ...response.headers, ...signature } };
        const receipt = await verifyResponse(sent, request, key);
        t.equal(receipt.keyid, key.thumbprint);
        t.ok(key.verify(Buffer.from(receipt.signatureBase), receipt.signature), 'verified again, offline');
        await t.rejects(verifyResponse(sent, request, other), notAccepted);
        await t.rejects(
          verifyResponse(sent, signed(asked), key),
          notAccepted,
          'the same question asked anew',
        );
        fc.pre(JSON.stringify(one) !== JSON.stringify(two));
        const changed = { status: two.status, headers: { ...headersOf(two), ...signature } };
        await t.rejects(verifyResponse(changed, request, key), notAccepted);
      }),
      { numRuns: 30 },
    );
  });
}
