import type { Test } from 'tap';
import { paths, viewPath } from '../../../shared/protocol/paths.ts';
import { generateKeyPair } from '../../../shared/signing/keys.ts';
import { peopleAgent } from '../../support/people-agent.ts';
import {
  ask,
  requireProblem,
  send,
  signatureWith,
  signedRequest,
  unbound,
} from '../../support/signed-requests.ts';
import { stoppedClock } from '../../support/stopped-clock.ts';

const day = 86_400_000;
const rows = viewPath('rows', 'custodiado');

/** The signature: by the key that the grant names, of this request, and fresh. */
export async function signatures(t: Test): Promise<void> {
  await t.test('who signed', async (t) => {
    const agent = await peopleAgent(t);
    const stranger = generateKeyPair();

    await t.test('S1 unsigned', async (t) => {
      await requireProblem(t, agent, await ask(agent, rows, { key: null }), 401, 'signature-missing');
    });
    await t.test('half a signature', async (t) => {
      for (const name of ['signature', 'signature-input']) {
        const request = signedRequest(agent, rows);
        const headers = Object.fromEntries(Object.entries(request.headers).filter(([n]) => n !== name));
        const answer = await send(agent, { ...request, headers });
        await requireProblem(t, agent, answer, 401, 'signature-missing');
      }
    });
    await t.test('a signature that cannot be read', async (t) => {
      const { headers, ...request } = signedRequest(agent, rows);
      for (const signature of ['x', 'other=:AAAA:', 'guarita=1', 'guarita=:AAAA:', 'guarita=:\u00e9:', '']) {
        const answer = await send(agent, { ...request, headers: { ...headers, signature } });
        const readable = signature === 'guarita=:AAAA:' || signature === 'guarita=1';
        const bound = readable ? answer : unbound(answer);
        await requireProblem(t, agent, bound, 401, 'signature-invalid');
      }
    });
    await t.test('G1 signed by another key', async (t) => {
      const answer = await ask(agent, rows, { key: stranger });
      await requireProblem(t, agent, answer, 401, 'signature-key-mismatch');
    });
    await t.test("signed by another key under the grant's key id", async (t) => {
      const key = { ...stranger, thumbprint: agent.centralKey.thumbprint };
      await requireProblem(t, agent, await ask(agent, rows, { key }), 401, 'signature-invalid');
    });
    await t.test("signed by the grant's key under another key id", async (t) => {
      const key = { ...agent.centralKey, thumbprint: stranger.thumbprint };
      await requireProblem(t, agent, await ask(agent, rows, { key }), 401, 'signature-key-mismatch');
    });
    await t.test("a stolen grant: signed by the thief's key, which the grant does not name", async (t) => {
      const grant = agent.issue({ key: stranger });
      await requireProblem(t, agent, await ask(agent, rows, { grant }), 401, 'signature-key-mismatch');
    });
    await t.test('S1 a signature that leaves something out', async (t) => {
      const request = signedRequest(agent, rows, { key: null });
      for (const components of [
        ['@method', '@target-uri'],
        ['@method', 'authorization'],
        ['@target-uri', 'authorization'],
        ['@method', '@path', 'authorization'],
      ]) {
        const answer = await send(agent, signatureWith(request, agent.centralKey, {}, components));
        await requireProblem(t, agent, answer, 401, 'signature-invalid');
      }
    });
    await t.test('a signature that claims another algorithm', async (t) => {
      const request = signedRequest(agent, rows);
      const input = request.headers['signature-input']?.replace('alg="ed25519"', 'alg="hmac-sha256"') ?? '';
      const answer = await send(agent, {
        ...request,
        headers: { ...request.headers, 'signature-input': input },
      });
      await requireProblem(t, agent, answer, 401, 'signature-invalid');
    });
  });

  await t.test('a request that was changed after it was signed', async (t) => {
    const agent = await peopleAgent(t);
    const changed = async (target: string, sent: string) => {
      const answer = await send(agent, signedRequest(agent, target), sent);
      // The agent answers what it was asked, not what was signed.
      const request = { ...answer.request, targetUri: agent.url + sent };
      await requireProblem(t, agent, { ...answer, request }, 401, 'signature-invalid');
    };
    await changed(`${rows}?limit=5`, `${rows}?limit=6`);
    await changed(`${rows}?limit=5`, rows);
    await changed(rows, `${rows}?limit=5`);
    await changed(rows, `${rows}?`);
    await changed(paths.agent, paths.views);
    const otherGrant = { headers: { authorization: `Bearer ${agent.issue({})}` } };
    const request = signedRequest(agent, rows);
    const answer = await send(agent, { ...request, headers: { ...request.headers, ...otherGrant.headers } });
    await requireProblem(t, agent, answer, 401, 'signature-invalid');
  });

  await t.test('the life of a signature', async (t) => {
    const clock = stoppedClock();
    const agent = await peopleAgent(t, 20, clock.read);
    const created = clock.now / 1000;
    const lasting = (parameters: Record<string, number>) => {
      const request = signedRequest(agent, rows, { key: null });
      return send(agent, signatureWith(request, agent.centralKey, { created, ...parameters }));
    };
    t.equal((await lasting({ expires: created + 60 })).status, 200, '60 s');
    await requireProblem(t, agent, await lasting({ expires: created + 61 }), 401, 'signature-invalid');
    await requireProblem(t, agent, await lasting({ expires: created + day }), 401, 'signature-invalid');
    await requireProblem(t, agent, await lasting({ expires: created - 1 }), 401, 'signature-invalid');
    const ended = await lasting({ created: created - 20, expires: created - 10 });
    await requireProblem(t, agent, ended, 401, 'clock-skew');
    for (const missing of ['created', 'expires', 'nonce', 'keyid']) {
      const request = signedRequest(agent, rows, { now: new Date(clock.now) });
      const input = request.headers['signature-input'] ?? '';
      const cut = input.replace(new RegExp(`;${missing}=("[^"]*"|\\d+)`), '');
      t.not(cut, input, `${missing} is taken out`);
      const headers = { ...request.headers, 'signature-input': cut };
      const answer = await send(agent, { ...request, headers });
      t.equal(answer.status, 401, `without ${missing}`);
    }
  });
}
