import type { Test } from 'tap';
import { viewPath } from '../../../shared/protocol/paths.ts';
import { contentDigest } from '../../../shared/signing/content-digest.ts';
import { peopleAgent } from '../../support/people-agent.ts';
import { ask, requireProblem, send, signatureWith, signedRequest } from '../../support/signed-requests.ts';

const digests = viewPath('digests', 'custodiado');
const lookup = viewPath('lookup', 'custodiado');

/** A question in a body. */
export async function bodies(t: Test): Promise<void> {
  await t.test('S9 what is asked in a body is what was signed', async (t) => {
    const agent = await peopleAgent(t);
    const body = '{"keys":[["1"]]}';
    const other = '{"keys":[["2"]]}';
    const digestOf = (text: string) => ({ 'content-digest': contentDigest(Buffer.from(text)) });
    for (const [target, signed, sent] of [
      [lookup, body, other],
      [lookup, body, `${body} `],
      [digests, '{"buckets":2,"wanted":[0]}', '{"buckets":2,"wanted":[1]}'],
      [viewPath('rows', 'custodiado'), body, other],
    ] as const) {
      await t.test(`S9 another body than the signed one: ${target}`, async (t) => {
        const answer = await send(agent, signedRequest(agent, target, { body: signed }), undefined, sent);
        await requireProblem(t, agent, answer, 401, 'signature-invalid');
      });
    }
    await t.test('S9 a body without a digest', async (t) => {
      for (const target of [lookup, digests]) {
        const request = signedRequest(agent, target, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
        });
        await requireProblem(t, agent, await send(agent, request, undefined, body), 401, 'signature-missing');
        await requireProblem(t, agent, await send(agent, request), 401, 'nonce-replayed');
      }
    });
    await t.test('S9 a digest that the signature does not cover', async (t) => {
      const request = signedRequest(agent, lookup, { method: 'POST', key: null });
      const headers = { ...request.headers, ...digestOf(body), 'content-type': 'application/json' };
      const signed = signatureWith({ ...request, headers }, agent.centralKey, {});
      await requireProblem(t, agent, await send(agent, signed, undefined, body), 401, 'signature-invalid');
    });
    await t.test('S9 a digest put in the place of the signed one', async (t) => {
      const request = signedRequest(agent, lookup, { body });
      const headers = { ...request.headers, ...digestOf(other) };
      const answer = await send(agent, { ...request, headers }, undefined, other);
      await requireProblem(t, agent, answer, 401, 'signature-invalid');
    });
    await t.test('S9 digests that are none', async (t) => {
      for (const digest of [
        '',
        'sha-256=:AAAA:',
        'md5=:AAAAAAAAAAAAAAAAAAAAAA==:',
        'nonsense=',
        'sha-256=1',
      ]) {
        const answer = await ask(agent, lookup, { body, headers: { 'content-digest': digest } });
        t.equal(answer.status, 401, digest);
      }
    });
    await t.test('what is no question is refused all the same', async (t) => {
      const bad: [target: string, body: string][] = [
        [lookup, ''],
        [lookup, '{'],
        [lookup, 'null'],
        [lookup, '{}'],
        [lookup, '{"keys":[]}'],
        [lookup, '{"keys":[[]]}'],
        [lookup, '{"keys":[[1]]}'],
        [lookup, '{"keys":[["1","2"]]}'],
        [lookup, '{"keys":[["1"]],"more":1}'],
        [lookup, '{"__proto__":{"keys":[["1"]]}}'],
        [lookup, `{"keys":[["${'9'.repeat(9000)}"]]}`],
        [digests, '{"buckets":3,"wanted":[0]}'],
        [digests, '{"buckets":"2","wanted":[0]}'],
        [digests, '{"buckets":2,"wanted":[2]}'],
        [digests, '{"buckets":131072,"wanted":[2]}'],
      ];
      for (const [target, text] of bad) {
        await requireProblem(t, agent, await ask(agent, target, { body: text }), 400, 'request-invalid');
      }
      for (const buckets of ['0', '3', '131072', 'x', '', '-1', '1.5']) {
        const answer = await ask(agent, `${digests}?buckets=${buckets}`);
        await requireProblem(t, agent, answer, 400, 'request-invalid');
      }
      const plain = { body: 'keys', headers: { 'content-type': 'text/plain' } };
      await requireProblem(t, agent, await ask(agent, lookup, plain), 400, 'request-invalid');
      const large = JSON.stringify({ keys: Array.from({ length: 5000 }, () => ['9'.repeat(250)]) });
      await requireProblem(t, agent, await ask(agent, lookup, { body: large }), 413, 'request-too-large');
    });
    await t.test('G3, S1 the same access as for a page', async (t) => {
      const foreign = viewPath('lookup', 'visitante');
      await requireProblem(t, agent, await ask(agent, foreign, { body }), 403, 'view-not-granted');
      await requireProblem(t, agent, await ask(agent, lookup, { body, grant: null }), 401, 'grant-missing');
      await requireProblem(t, agent, await ask(agent, lookup, { body, key: null }), 401, 'signature-missing');
    });
  });
}
