import { gzipSync, zstdDecompressSync } from 'node:zlib';
import type { Test } from 'tap';
import { contentDigest } from '../../../shared/signing/content-digest.ts';
import { generateKeyPair } from '../../../shared/signing/keys.ts';
import { type SignedReceipt, signResponse } from '../../../shared/signing/messages.ts';
import { testAgent } from '../../support/agent.ts';
import { type Passing } from '../../support/line.ts';
import { peopleSource } from '../../support/sqlite-views.ts';
import {
  central,
  flip,
  overTamperedLine,
  refused,
  view,
  wholeView,
  withHeader,
  without,
} from '../../support/tampered-answers.ts';

// Invariant 7, seen from central: of an answer that is not the agent's own to this very request, nothing is used.

export async function tampering(t: Test): Promise<void> {
  await t.test('C5, I7 a receipt is verified offline, and tells of no person', async (t) => {
    const agent = await testAgent(t, { source: peopleSource(t, 200), views: [view] });
    const receipts: SignedReceipt[] = [];
    const { source } = central(t, agent, agent.url, {
      onReceipt: (_view, receipt) => receipts.push(receipt),
    });
    const first = await source.page(view, { ...wholeView, limit: 150 });
    await source.page(view, { after: first.next, until: first.until });
    t.equal(receipts.length, 2);
    for (const { keyid, signatureBase, signature } of receipts) {
      t.equal(keyid, agent.key.thumbprint);
      t.ok(agent.key.verify(Buffer.from(signatureBase), signature));
      t.notOk(
        agent.key.verify(Buffer.from(signatureBase.replace('"@status": 200', '"@status": 201')), signature),
      );
      t.match(signatureBase, /^"content-digest": sha-256=:/m);
      t.match(signatureBase, /^"signature";req;key="guarita": :/m, 'it names the request that it answers');
    }
    // The cursor is the one place where a key could stand; sealed, it says nothing.
    const cursor = /after=([^&"]+)/.exec(receipts[1]?.signatureBase ?? '')?.[1] ?? '';
    t.not(cursor, '');
    t.notMatch(Buffer.from(cursor, 'base64url').toString('latin1'), view);
  });

  await t.test('an answer that nobody touched', async (t) => {
    const { agent, line } = await overTamperedLine(t);
    const { source, receipts } = central(t, agent, line.url);
    const page = await source.page(view, wholeView);
    t.match(page, { rows: 200, complete: true });
    t.same(receipts, [view]);
    t.equal((await source.describe()).views.length, 1);
  });

  await t.test('an answer that was changed on the way', async (t) => {
    const { agent, line } = await overTamperedLine(t);
    const changes: Record<string, (answer: Passing) => Passing> = {
      'the first byte of the body': (answer) => ({ ...answer, body: flip(answer.body, 0) }),
      'the last byte of the body': (answer) => ({
        ...answer,
        body: flip(answer.body, answer.body.length - 1),
      }),
      'the body and its digest': (answer) => {
        const body = flip(answer.body, 10);
        return withHeader({ ...answer, body }, 'content-digest', () => contentDigest(body));
      },
      'an empty body': (answer) => ({
        ...withHeader(answer, 'content-length', () => '0'),
        body: Buffer.alloc(0),
      }),
      'a body cut short, its length corrected': (answer) => {
        const body = answer.body.subarray(0, 100);
        return withHeader({ ...answer, body }, 'content-length', () => String(body.length));
      },
      'the body expanded by a proxy': (answer) => {
        const body = zstdDecompressSync(answer.body);
        const plain = without({ ...answer, body }, 'content-encoding');
        return withHeader(plain, 'content-length', () => String(body.length));
      },
      'the body compressed anew': (answer) => {
        const body = gzipSync(zstdDecompressSync(answer.body));
        const other = withHeader({ ...answer, body }, 'content-encoding', () => 'gzip');
        const sized = withHeader(other, 'content-length', () => String(body.length));
        return withHeader(sized, 'content-digest', () => contentDigest(body));
      },
      'the status': (answer) => ({ ...answer, status: 404 }),
      'the status, to another success': (answer) => ({ ...answer, status: 206 }),
      'the signature': (answer) => {
        const bytes = Buffer.from(answer.headers['signature']?.slice('guarita=:'.length, -1) ?? '', 'base64');
        return withHeader(answer, 'signature', () => `guarita=:${flip(bytes, 5).toString('base64')}:`);
      },
      'a signature that is none': (answer) => withHeader(answer, 'signature', () => 'guarita'),
      'a signature under another label': (answer) =>
        withHeader(
          withHeader(answer, 'signature', (v) => v.replace('guarita=', 'other=')),
          'signature-input',
          (v) => v.replace('guarita=', 'other='),
        ),
      'the time of the signature': (answer) =>
        withHeader(answer, 'signature-input', (v) => v.replace(/created=\d/, 'created=9')),
      'what the signature covers': (answer) =>
        withHeader(answer, 'signature-input', (v) => v.replace(' "guarita-page"', '')),
      'Guarita-Page: the number of rows': (answer) =>
        withHeader(answer, 'guarita-page', (v) => v.replace('rows=200', 'rows=100')),
      'Guarita-Page: complete': (answer) =>
        withHeader(answer, 'guarita-page', (v) => v.replace('complete', 'complete=?0')),
      'Guarita-Page: removed': (answer) => without(answer, 'guarita-page'),
      'the content coding': (answer) => withHeader(answer, 'content-encoding', () => 'gzip'),
      'the content coding, removed': (answer) => without(answer, 'content-encoding'),
      'the media type': (answer) => withHeader(answer, 'content-type', () => 'application/problem+json'),
      'the digest': (answer) => withHeader(answer, 'content-digest', () => contentDigest(Buffer.from('x'))),
      'a digest by another algorithm only': (answer) =>
        withHeader(answer, 'content-digest', (v) => v.replace('sha-256', 'sha-512')),
      'a digest that is none': (answer) => withHeader(answer, 'content-digest', () => 'x'),
    };
    for (const [what, change] of Object.entries(changes)) {
      await t.test(what, async (t) => {
        line.tamper = change;
        await refused(t, central(t, agent, line.url), 'response-altered', what);
      });
    }
  });

  await t.test('an answer that was not signed, or not by the agent', async (t) => {
    const { agent, line } = await overTamperedLine(t);
    const other = await testAgent(t, { source: peopleSource(t, 200), views: [view] });

    await t.test('S5 without signature', async (t) => {
      for (const names of [
        ['signature'],
        ['signature-input'],
        ['content-digest'],
        ['signature', 'signature-input'],
      ]) {
        line.tamper = (answer) => without(answer, ...names);
        await refused(t, central(t, agent, line.url), 'response-unsigned', `without ${names.join(', ')}`);
      }
    });
    await t.test("someone else's page, as a proxy gives it", async (t) => {
      for (const status of [200, 302, 401, 404, 502, 503]) {
        line.tamper = () => ({
          status,
          headers: { 'content-type': 'text/html', location: 'http://127.0.0.1:9/' },
          body: Buffer.from('<html>'),
        });
        await refused(t, central(t, agent, line.url), 'response-unsigned', String(status));
      }
    });
    await t.test('S5 signed by another key', async (t) => {
      line.tamper = (answer) => answer;
      const expected = central(t, agent, line.url, { agentKeys: [other.key] });
      await refused(t, expected, 'response-altered');
    });
    await t.test('signed anew by someone on the way', async (t) => {
      const thief = generateKeyPair();
      line.tamper = (answer) => {
        const request = { method: 'GET', targetUri: `${line.url}/v2/views/${view}/rows`, headers: {} };
        const signed = signResponse(answer, request, thief);
        return { ...answer, headers: { ...answer.headers, ...signed } };
      };
      await refused(t, central(t, agent, line.url), 'response-altered');
    });
    await t.test('a refusal that was made up', async (t) => {
      line.tamper = () => ({
        status: 403,
        headers: { 'content-type': 'application/problem+json' },
        body: Buffer.from('{"type":"urn:guarita:problem:grant-expired","title":"","status":403,"hint":""}'),
      });
      await refused(t, central(t, agent, line.url), 'response-unsigned');
    });
  });

  await t.test('the answer to another request', async (t) => {
    const { agent, line } = await overTamperedLine(t);
    const { source, receipts } = central(t, agent, line.url);
    const kept: Passing[] = [];
    line.tamper = (answer) => {
      kept.push(answer);
      return answer;
    };
    const first = await source.page(view, { ...wholeView, limit: 50 });
    const earlier = kept[0];
    if (earlier === undefined) throw new Error('nothing passed');
    t.equal(receipts.length, 1);
    line.tamper = () => earlier;
    await t.rejects(
      source.page(view, { ...wholeView, limit: 50 }),
      { code: 'response-altered' },
      'asked again',
    );
    await t.rejects(
      source.page(view, { after: first.next, until: first.until }),
      { code: 'response-altered' },
      'the page that follows',
    );
    await t.rejects(source.describe(), { code: 'response-altered' }, 'another resource');
    t.equal(receipts.length, 1, 'no receipt for any of them');
  });
}
