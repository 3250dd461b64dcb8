import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import t, { type Test } from 'tap';
import { AgentSource, type AgentSourceOptions } from '../../central/sources/agent.ts';
import { freePort } from '../../scripts/demo/processes.ts';
import type { GuaritaError } from '../../shared/errors.ts';
import type { ProblemCode } from '../../shared/problems/catalogue.ts';
import { contentDigest } from '../../shared/signing/content-digest.ts';
import { generateKeyPair } from '../../shared/signing/keys.ts';
import { type SignedReceipt, signResponse } from '../../shared/signing/messages.ts';
import type { Page, ViewSource } from '../../shared/sources/view-source.ts';
import { type TestAgent, testAgent } from '../support/agent.ts';
import { GatedSource } from '../support/gate.ts';
import { type Line, type Passing, tamperedLine } from '../support/line.ts';
import { peopleSource } from '../support/sqlite-views.ts';

// Invariant 7, seen from central: of an answer that is not the agent's own to this very request, nothing is used.

const view = 'custodiado';
const wholeView = { after: null, until: null };

interface Central {
  readonly source: AgentSource;
  /** Views of the receipts that were handed on. */
  readonly receipts: string[];
}

function central(
  t: Test,
  agent: Pick<TestAgent, 'key' | 'centralKey' | 'grant'>,
  url: string,
  changes: Partial<AgentSourceOptions> = {},
): Central {
  const receipts: string[] = [];
  const source = new AgentSource({
    url,
    key: agent.centralKey,
    agentKeys: [agent.key],
    grant: agent.grant,
    timeoutSeconds: 20,
    maxBytes: 1024 * 1024,
    onReceipt: (view) => receipts.push(view ?? '–'),
    ...changes,
  });
  t.teardown(() => source.close());
  return { source, receipts };
}

/** What cannot be laid at the agent's door leaves no receipt. */
async function refused(t: Test, { source, receipts }: Central, code: ProblemCode, what = ''): Promise<void> {
  await t.rejects(source.page(view, wholeView), { code } satisfies Partial<GuaritaError>, `${what} ${code}`);
  t.same(receipts, [], 'no receipt');
}

/** C5: what the agent signed is kept, of use or not. */
async function refusedAsGiven(t: Test, { source, receipts }: Central, code: ProblemCode): Promise<void> {
  await t.rejects(source.page(view, wholeView), { code } satisfies Partial<GuaritaError>, code);
  t.same(receipts, [view], 'its receipt');
}

async function overTamperedLine(t: Test): Promise<{ agent: TestAgent; line: Line }> {
  const agent = await testAgent(t, { source: peopleSource(t, 200), views: [view] });
  return { agent, line: await tamperedLine(t, agent) };
}

function flip(body: Buffer, at: number): Buffer {
  const flipped = Buffer.from(body);
  flipped[at] = (flipped[at] ?? 0) ^ 1;
  return flipped;
}

function withHeader(answer: Passing, name: string, change: (value: string) => string): Passing {
  return { ...answer, headers: { ...answer.headers, [name]: change(answer.headers[name] ?? '') } };
}

function without(answer: Passing, ...names: string[]): Passing {
  const headers = Object.entries(answer.headers).filter(([name]) => !names.includes(name));
  return { ...answer, headers: Object.fromEntries(headers) };
}

void t.test('C5, I7 a receipt is verified offline, and tells of no person', async (t) => {
  const agent = await testAgent(t, { source: peopleSource(t, 200), views: [view] });
  const receipts: SignedReceipt[] = [];
  const { source } = central(t, agent, agent.url, { onReceipt: (_view, receipt) => receipts.push(receipt) });
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

void t.test('an answer that nobody touched', async (t) => {
  const { agent, line } = await overTamperedLine(t);
  const { source, receipts } = central(t, agent, line.url);
  const page = await source.page(view, wholeView);
  t.match(page, { rows: 200, complete: true });
  t.same(receipts, [view]);
  t.equal((await source.describe()).views.length, 1);
});

void t.test('an answer that was changed on the way', async (t) => {
  const { agent, line } = await overTamperedLine(t);
  const changes: Record<string, (answer: Passing) => Passing> = {
    'the first byte of the body': (answer) => ({ ...answer, body: flip(answer.body, 0) }),
    'the last byte of the body': (answer) => ({ ...answer, body: flip(answer.body, answer.body.length - 1) }),
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

void t.test('an answer that was not signed, or not by the agent', async (t) => {
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

void t.test('the answer to another request', async (t) => {
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

void t.test('an answer that is too large', async (t) => {
  const { agent, line } = await overTamperedLine(t);

  await t.test('as sent', async (t) => {
    line.tamper = (answer) => answer;
    await refused(t, central(t, agent, line.url, { maxBytes: 1000 }), 'response-too-large');
  });
  await t.test('as sent, without end', async (t) => {
    line.tamper = (_answer, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.guarita.rows' });
      const more = () => {
        while (response.write(Buffer.alloc(64 * 1024)));
      };
      response.on('drain', more);
      more();
      return null;
    };
    await refused(t, central(t, agent, line.url), 'response-too-large');
  });
  await t.test('S6 once expanded, signed by the agent itself', async (t) => {
    const lines = Buffer.alloc(8 * 1024 * 1024, '0\t\\N\ta\n');
    const sent = zstdCompressSync(lines);
    t.ok(sent.length < 10_000, 'small on the wire');
    const notAsked = () => Promise.reject(new Error('not asked'));
    const repetitive: ViewSource = {
      ...{ describe: notAsked, digests: notAsked, list: notAsked, lookup: notAsked },
      page: () => {
        const info = { rows: 1, next: 'n', until: null, complete: true, fingerprint: 'f', epoch: 'e' };
        return Promise.resolve({ ...info, lines: Buffer.from(lines) } satisfies Page);
      },
      close: () => Promise.resolve(),
    };
    const bomb = await testAgent(t, { source: repetitive, views: [view] });
    const enough = central(t, bomb, bomb.url, { maxBytes: lines.length });
    t.equal(
      (await enough.source.page(view, wholeView)).lines.length,
      lines.length,
      'the limit itself is fine',
    );
    const small = central(t, bomb, bomb.url, { maxBytes: lines.length - 1 });
    await refusedAsGiven(t, small, 'response-too-large');
  });
});

void t.test('an answer that does not come', async (t) => {
  await t.test('never', async (t) => {
    const { agent, line } = await overTamperedLine(t);
    line.tamper = () => null;
    const { source } = central(t, agent, line.url, { timeoutSeconds: 0.2 });
    // The timeout's own code is the number of a DOMException, which tells an operator nothing.
    await t.rejects(source.page(view, wholeView), { code: 'agent-timeout', detail: '' });
  });
  await t.test('an agent that is slow', async (t) => {
    const source = new GatedSource(peopleSource(t, 20));
    const agent = await testAgent(t, { source, views: [view] });
    t.teardown(() => source.release());
    await refused(t, central(t, agent, agent.url, { timeoutSeconds: 0.2 }), 'agent-timeout');
    source.release();
  });
  await t.test('its head comes, its body does not', async (t) => {
    const { agent, line } = await overTamperedLine(t);
    line.tamper = (answer, response) => {
      response.writeHead(answer.status, answer.headers).write(answer.body.subarray(0, 100));
      return null;
    };
    await refused(t, central(t, agent, line.url, { timeoutSeconds: 0.5 }), 'agent-timeout');
  });
  await t.test('the connection breaks in the middle of the body', async (t) => {
    const { agent, line } = await overTamperedLine(t);
    line.tamper = (answer, response) => {
      response.writeHead(answer.status, answer.headers);
      response.write(answer.body.subarray(0, 100), () => response.destroy());
      return null;
    };
    await refused(t, central(t, agent, line.url), 'agent-unreachable');
  });
  await t.test('the connection breaks before it', async (t) => {
    const { agent, line } = await overTamperedLine(t);
    line.tamper = (_answer, response) => {
      response.destroy();
      return null;
    };
    await refused(t, central(t, agent, line.url), 'agent-unreachable');
  });
  await t.test('refused', async (t) => {
    const { agent } = await overTamperedLine(t);
    const { source } = central(t, agent, `http://127.0.0.1:${await freePort()}`);
    await t.rejects(source.page(view, wholeView), { code: 'agent-unreachable', detail: 'ECONNREFUSED.' });
  });
  await t.test('from something that does not speak HTTP', async (t) => {
    const { agent } = await overTamperedLine(t);
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy()).end('SSH-2.0-OpenSSH\r\n');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.teardown(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await refused(t, central(t, agent, `http://127.0.0.1:${port}`), 'agent-unreachable');
  });
});

void t.test('a signed answer that does not keep the protocol', async (t) => {
  const { agent, line } = await overTamperedLine(t);
  const signedBy = (change: (answer: Passing) => Passing) => (answer: Passing, asked: IncomingMessage) => {
    const changed = change(answer);
    const sized = { ...changed.headers, 'content-length': String(changed.body.length) };
    const headers = { ...sized, 'content-digest': contentDigest(changed.body) };
    const request = {
      method: 'GET',
      targetUri: line.url + (asked.url ?? ''),
      headers: { signature: String(asked.headers['signature']) },
    };
    const signed = signResponse({ status: changed.status, headers }, request, agent.key);
    return { ...changed, headers: { ...headers, ...signed } };
  };
  const changes: Record<string, (answer: Passing) => Passing> = {
    'no page header': (answer) => without(answer, 'guarita-page'),
    'a page header that lacks a member': (answer) =>
      withHeader(answer, 'guarita-page', (v) => v.replace('complete, ', '')),
    'a page header that cannot be read': (answer) => withHeader(answer, 'guarita-page', () => 'rows=='),
    'another media type': (answer) => withHeader(answer, 'content-type', () => 'application/json'),
    'a coding that was not asked for': (answer) => withHeader(answer, 'content-encoding', () => 'br'),
    'a body that does not expand': (answer) => ({ ...answer, body: flip(answer.body, 0) }),
    'a body that ends early': (answer) => ({ ...answer, body: answer.body.subarray(0, 100) }),
    'a refusal that is no problem document': (answer) => ({ ...answer, status: 500 }),
    'a problem document that is no JSON': (answer) => {
      const problem = withHeader(answer, 'content-type', () => 'application/problem+json');
      return { ...without(problem, 'content-encoding'), status: 500, body: Buffer.from('{') };
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    await t.test(what, async (t) => {
      const resign = signedBy(change);
      line.tamper = (answer, response) => resign(answer, response.req);
      await refusedAsGiven(t, central(t, agent, line.url), 'page-invalid');
    });
  }
  await t.test(
    'a problem that only a newer agent knows: tried again when it is the agent’s own',
    async (t) => {
      for (const [status, code, retry] of [
        [503, 'source-failed', 'later'],
        [500, 'source-failed', 'later'],
        [422, 'page-invalid', 'no'],
      ] as const) {
        const document = {
          type: 'urn:guarita:problem:not-known-yet',
          title: 'What is new',
          status,
          hint: 'Wait.',
        };
        const resign = signedBy((answer) => ({
          ...without(
            withHeader(answer, 'content-type', () => 'application/problem+json'),
            'content-encoding',
          ),
          status,
          body: Buffer.from(JSON.stringify(document)),
        }));
        line.tamper = (answer, response) => resign(answer, response.req);
        const { source } = central(t, agent, line.url);
        await t.rejects(source.page(view, wholeView), { code, retry, detail: /not-known-yet: What is new/ });
      }
    },
  );
  await t.test('a description that is no JSON', async (t) => {
    const { source } = central(t, agent, line.url);
    line.tamper = (answer, response) => {
      const broken = { ...without(answer, 'content-encoding'), body: Buffer.from('{') };
      return signedBy(() => broken)(broken, response.req);
    };
    await t.rejects(source.describe(), { code: 'page-invalid' });
  });
});
