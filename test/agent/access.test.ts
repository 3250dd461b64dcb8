import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { paths, viewPath } from '../../shared/protocol/paths.ts';
import { contentDigest } from '../../shared/signing/content-digest.ts';
import { generateKeyPair } from '../../shared/signing/keys.ts';
import type { ProblemCode } from '../../shared/problems/catalogue.ts';
import { type TestAgent, testAgent } from '../support/agent.ts';
import { routesOf } from '../support/routes.ts';
import {
  type Ask,
  ask,
  requireProblem,
  requireSealed,
  send,
  signatureWith,
  signedRequest,
  unbound,
} from '../support/signed-requests.ts';
import { createSqlite, peopleSource, peopleSql, peopleView, sqliteSource } from '../support/sqlite-views.ts';

// Invariant 6: nobody in without a grant and a fresh, single-use signature by the key that the grant names.

const day = 86_400_000;
const rows = viewPath('rows', 'custodiado');
const digests = viewPath('digests', 'custodiado');
const lookup = viewPath('lookup', 'custodiado');

function peopleAgent(t: Test, clock?: () => number): Promise<TestAgent> {
  return testAgent(t, {
    source: peopleSource(t, 20),
    views: ['custodiado'],
    ...(clock === undefined ? {} : { clock }),
  });
}

/** A clock that stands still on a whole second, so that skews are exact. */
function stoppedClock(): { now: number; read: () => number } {
  const clock = { now: Math.floor(Date.now() / 1000) * 1000, read: () => clock.now };
  return clock;
}

void t.test('the usual request is answered: what follows is refused for its own reason', async (t) => {
  const agent = await peopleAgent(t);
  const usual: [target: string, ask?: Ask][] = [
    [paths.agent],
    [paths.views],
    [rows],
    [`${rows}?limit=5`],
    [`${digests}?buckets=8`],
    [digests, { body: '{"buckets":8,"wanted":[0,7]}' }],
    [lookup, { body: '{"keys":[["1"],[null]]}' }],
    [paths.openapi],
  ];
  for (const [target, how] of usual) {
    const answer = await ask(agent, target, how);
    t.equal(answer.status, 200, target);
    await requireSealed(t, agent, answer);
  }
});

void t.test('what the grant is', async (t) => {
  const agent = await peopleAgent(t);
  const other = await peopleAgent(t);
  const refused = async (t: Test, status: number, code: ProblemCode, how: Ask, target: string = rows) => {
    await requireProblem(t, agent, await ask(agent, target, how), status, code);
  };

  await t.test('S1 a request without grant', (t) => refused(t, 401, 'grant-missing', { grant: null }));
  await t.test('a request without grant and signature', (t) =>
    refused(t, 401, 'grant-missing', { grant: null, key: null }),
  );
  await t.test('a grant in another scheme', (t) =>
    refused(t, 401, 'grant-missing', {
      grant: null,
      headers: { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` },
    }),
  );
  await t.test("another agent's grant", (t) =>
    refused(t, 401, 'grant-invalid', { grant: other.issue({ key: agent.centralKey }) }),
  );
  await t.test('G2 a grant by this key for an agent of another name', (t) =>
    refused(t, 401, 'grant-invalid', { grant: agent.issue({ issuer: 'RO' }) }),
  );
  await t.test('G2 an expired grant', (t) =>
    refused(t, 403, 'grant-expired', { grant: agent.issue({ end: new Date(Date.now() - 1000) }) }),
  );
  await t.test('G2 a grant that is not yet valid', (t) =>
    refused(t, 403, 'grant-not-yet-valid', { grant: agent.issue({ begin: new Date(Date.now() + day) }) }),
  );
  await t.test("another agent's expired grant says nothing about its term", (t) =>
    refused(t, 401, 'grant-invalid', {
      grant: other.issue({ key: agent.centralKey, end: new Date(Date.now() - day) }),
    }),
  );
  await t.test('G3 a view that the grant does not name', (t) =>
    refused(t, 403, 'view-not-granted', {}, viewPath('rows', 'visitante')),
  );
  await t.test('G3 a grant for no view', async (t) => {
    const grant = agent.issue({ views: [] });
    await refused(t, 403, 'view-not-granted', { grant });
    const views = await ask(agent, paths.views, { grant });
    t.same(
      JSON.parse(views.body.toString('utf8')),
      { views: [], broken: [] },
      'the views that it names: none',
    );
  });
  await t.test('G2 a grant altered in one letter', (t) => {
    const [head = '', claims = '', signature = ''] = agent.grant.split('.');
    const text = Buffer.from(claims, 'base64url').toString('utf8').replace('custodiado', 'visitantes');
    const grant = [head, Buffer.from(text).toString('base64url'), signature].join('.');
    return refused(t, 401, 'grant-invalid', { grant }, viewPath('rows', 'visitantes'));
  });
  await t.test('a grant that says it needs no signature', async (t) => {
    const [, claims = ''] = agent.grant.split('.');
    const head = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    await refused(t, 401, 'grant-invalid', { grant: `${head}.${claims}.AA` });
    await refused(t, 401, 'grant-missing', { grant: `${head}.${claims}.` });
  });
});

void t.test('the agreement ends and begins on its second', async (t) => {
  const clock = stoppedClock();
  const agent = await peopleAgent(t, clock.read);
  const end = new Date(clock.now + 60 * day);
  const begin = new Date(clock.now + day);
  const grant = agent.issue({ begin, end });
  const at = (moment: Date, less: number) => {
    clock.now = moment.getTime() - less;
    return ask(agent, rows, { grant, now: new Date(clock.now) });
  };
  await requireProblem(t, agent, await at(begin, 1000), 403, 'grant-not-yet-valid');
  t.equal((await at(begin, 0)).status, 200, 'the first second');
  t.equal((await at(end, 1000)).status, 200, 'a second before the end');
  await requireProblem(t, agent, await at(end, 0), 403, 'grant-expired');
  // Turned back, the clock does not bring it to life.
  const back = await at(end, 1000);
  await requireProblem(t, agent, back, 403, 'grant-expired');
});

void t.test('who signed', async (t) => {
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

void t.test('a request that was changed after it was signed', async (t) => {
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

void t.test('replayed', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'guarita-agent-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const from = { folder, key: generateKeyPair(), centralKey: generateKeyPair() };
  const clock = stoppedClock();
  const start = (t: Test) =>
    testAgent(t, { source: peopleSource(t, 20), views: ['custodiado'], from, clock: clock.read });
  let used = { method: '', targetUri: '', headers: {} };

  await t.test('S2 at once', async (t) => {
    const agent = await start(t);
    used = signedRequest(agent, rows, { now: new Date(clock.now) });
    t.equal((await send(agent, used)).status, 200);
    await requireProblem(t, agent, await send(agent, used), 401, 'nonce-replayed');
  });

  await t.test('S2 after a restart of the agent', async (t) => {
    const agent = await start(t);
    // The same Host as before: the port of a test agent is another after each start.
    const host = new URL(used.targetUri).host;
    const target = used.targetUri.slice(`http://${host}`.length);
    const replay = { ...used, headers: { ...used.headers, host } };
    await requireProblem(t, agent, await send(agent, replay, target), 401, 'nonce-replayed');
    clock.now -= 20_000;
    await requireProblem(t, agent, await send(agent, replay, target), 401, 'nonce-replayed');
  });

  await t.test('S2 many at once: one of them is answered', async (t) => {
    const agent = await start(t);
    const request = signedRequest(agent, rows, { now: new Date(clock.now) });
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(agent, request)));
    t.same(
      answers.map((a) => a.status).sort((a, b) => a - b),
      [200, 401, 401, 401, 401, 401, 401, 401],
    );
  });

  await t.test('a refused request uses up its nonce only when its signature held', async (t) => {
    const agent = await start(t);
    const now = new Date(clock.now);
    const request = signedRequest(agent, viewPath('rows', 'visitante'), { now });
    await requireProblem(t, agent, await send(agent, request), 403, 'view-not-granted');
    await requireProblem(t, agent, await send(agent, request), 401, 'nonce-replayed');
    // Someone who saw a nonce cannot burn it for its owner.
    const mine = signedRequest(agent, rows, { now });
    const forged = { ...mine.headers, signature: `guarita=:${Buffer.alloc(64).toString('base64')}:` };
    const answer = await send(agent, { ...mine, headers: forged });
    await requireProblem(t, agent, answer, 401, 'signature-invalid');
    t.equal((await send(agent, mine)).status, 200);
  });
});

void t.test('clocks', async (t) => {
  const clock = stoppedClock();
  const agent = await peopleAgent(t, clock.read);
  const ahead = (seconds: number) => ask(agent, rows, { now: new Date(clock.now + seconds * 1000) });
  for (const skew of [600, -600, 31, -31]) {
    const document = await requireProblem(t, agent, await ahead(skew), 401, 'clock-skew');
    t.equal(document.skewSeconds, skew, `${skew} s`);
    t.match(document.detail, String(skew), 'said in words too');
  }
  for (const skew of [30, -30]) t.equal((await ahead(skew)).status, 200, `${skew} s are accepted`);
});

void t.test('S9 what is asked in a body is what was signed', async (t) => {
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
    for (const digest of ['', 'sha-256=:AAAA:', 'md5=:AAAAAAAAAAAAAAAAAAAAAA==:', 'nonsense=', 'sha-256=1']) {
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

void t.test('the life of a signature', async (t) => {
  const clock = stoppedClock();
  const agent = await peopleAgent(t, clock.read);
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

void t.test('paths that are not written in their one form', async (t) => {
  const agent = await peopleAgent(t);
  const refused = async (target: string, how: Ask = {}) => {
    await requireProblem(t, agent, await ask(agent, target, how), 400, 'path-not-canonical');
  };
  const noncanonical = [
    '/v2//views',
    '//v2/views',
    '/v2/%76iews',
    '/v2/./views',
    '/v2/../v2/views',
    '/v2/views/',
    '/v2/views/%63ustodiado/rows',
    '/v2/views/custodiado%2frows',
    '/v2/views/../views',
    '/v2/views/%2e%2e/views',
    '/v2/views/custodiado/rows/',
    '/healthz/',
    '//healthz',
    '/%68ealthz',
    '/v2/%zz',
    '/v2/views/%ff/rows',
    '/v2/views;a=b',
  ];
  for (const target of noncanonical) {
    await t.test(target, async () => {
      await refused(target);
      await refused(target, { grant: null, key: null });
    });
  }
  await t.test('S4 absolute-form targets, and what is no part of a URI', async (t) => {
    const targets = [
      `${agent.url}/v2/views`,
      `${agent.url}/healthz`,
      'http://elsewhere/v2/views',
      '/v2/views#fragment',
      '/healthz#fragment',
      '*',
    ];
    for (const target of targets) {
      const answer = unbound(await send(agent, signedRequest(agent, '/v2/views'), target));
      await requireProblem(t, agent, answer, 400, 'path-not-canonical');
    }
  });
});

void t.test(
  'what is not HTTP is no request: it is answered without the agent, and learns nothing',
  async (t) => {
    const agent = await peopleAgent(t);
    const answer = await send(agent, signedRequest(agent, rows), '/v2/views/caf\u00e9/rows');
    t.equal(answer.status, 400);
    t.equal(answer.headers['signature'], undefined);
    t.same(Object.keys(JSON.parse(answer.body.toString('utf8')) as object), [
      'error',
      'message',
      'statusCode',
    ]);
  },
);

void t.test('routes that there are not', async (t) => {
  const agent = await peopleAgent(t);
  const unknown = [
    '/',
    '/V1/views',
    '/v2',
    '/v2/views%2Frows',
    '/v2/views/custodiado',
    '/v2/views/custodiado%2Frows',
    '/v2/views/custodiado/rows%20',
    '/v2/views/custodiado/rows/rows',
    '/v0/views',
    '/v02/views',
    '/Healthz',
    '/documentation',
    `/${'a'.repeat(5000)}`,
  ];
  for (const target of unknown) {
    await t.test(target.slice(0, 60), async (t) => {
      const without = await ask(agent, target, { grant: null, key: null });
      await requireProblem(t, agent, without, 401, 'grant-missing');
      await requireProblem(t, agent, await ask(agent, target), 404, 'route-unknown');
    });
  }
});

void t.test('view names that only look like a path', async (t) => {
  const agent = await peopleAgent(t);
  for (const view of [
    'custodiado/rows',
    '..',
    '../views',
    'a'.repeat(700),
    'custodiado\u0000',
    'CUSTODIADO',
  ]) {
    const target = viewPath('rows', view);
    await t.test(target.slice(0, 60), async (t) => {
      const answer = await ask(agent, target);
      const dots = view === '..';
      await requireProblem(
        t,
        agent,
        answer,
        dots ? 400 : 403,
        dots ? 'path-not-canonical' : 'view-not-granted',
      );
    });
  }
});

void t.test('other methods', async (t) => {
  const agent = await peopleAgent(t);
  const methods = ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'PURGE'];
  for (const method of methods) {
    await t.test(method, async (t) => {
      const without = await ask(agent, paths.views, { method, grant: null, key: null });
      await requireProblem(t, agent, without, 401, 'grant-missing');
      await requireProblem(t, agent, await ask(agent, paths.views, { method }), 404, 'route-unknown');
      // Not even where GET needs no grant.
      const health = await ask(agent, paths.healthz, { method, grant: null, key: null });
      await requireProblem(t, agent, health, 401, 'grant-missing');
    });
  }
  await t.test('HEAD', async (t) => {
    const without = await ask(agent, paths.views, { method: 'HEAD', grant: null, key: null });
    t.equal(without.status, 401);
    await requireSealed(t, agent, without);
    const granted = await ask(agent, rows, { method: 'HEAD' });
    t.equal(granted.status, 404);
    await requireSealed(t, agent, granted);
    t.equal(granted.headers['guarita-page'], undefined, 'nothing of a page');
  });
  await t.test('OPTIONS *', async (t) => {
    const answer = unbound(await send(agent, signedRequest(agent, '/', { method: 'OPTIONS' }), '*'));
    await requireProblem(t, agent, answer, 400, 'path-not-canonical');
  });
  await t.test('a GET that was signed as another method', async (t) => {
    const { headers, targetUri } = signedRequest(agent, paths.views, { method: 'POST' });
    const answer = await send(agent, { method: 'GET', targetUri, headers });
    await requireProblem(t, agent, answer, 401, 'signature-invalid');
  });
  await t.test('a method override in a header means nothing', async (t) => {
    const answer = await ask(agent, paths.views, {
      method: 'POST',
      headers: { 'x-http-method-override': 'GET' },
    });
    await requireProblem(t, agent, answer, 404, 'route-unknown');
  });
});

void t.test("S3 every route in the router's own table refuses without a grant", async (t) => {
  const agent = await peopleAgent(t);
  const routes = routesOf(agent.app);
  t.same(
    [...new Set(routes.map((route) => route.url))].sort((a, b) => a.localeCompare(b)),
    Object.values(paths).sort((a, b) => a.localeCompare(b)),
    'all routes are declared',
  );
  t.same(
    routes.filter(({ method }) => method !== 'GET').map(({ method, url }) => [method, url]),
    [
      ['POST', paths.digests],
      ['POST', paths.lookup],
      ['POST', paths.renewal],
    ],
    'and what more than GET they take',
  );
  const open = new Set<string>([paths.healthz, paths.readyz]);
  for (const { method, url } of routes) {
    await t.test(`${method} ${url}`, async (t) => {
      const target = url.replace(':view', 'custodiado');
      const answer = await ask(agent, target, { method, grant: null, key: null });
      if (open.has(url)) t.equal(answer.status, 200);
      else await requireProblem(t, agent, answer, 401, 'grant-missing');
    });
  }
});

void t.test('a view whose name needs percent-encoding', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'guarita-test-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'estado.sqlite');
  createSqlite(file, peopleSql(3));
  const names = ['presos & visão 100%', "d'água?#", '💡'.repeat(63)];
  const views = names.map((name) => peopleView(name, ['custodiado']));
  const agent = await testAgent(t, {
    source: sqliteSource(file, views),
    views: names.slice(0, 1).concat(names[2] ?? ''),
  });
  for (const name of [names[0] ?? '', names[2] ?? '']) {
    const answer = await ask(agent, viewPath('rows', name));
    t.equal(answer.status, 200, name);
    t.match(answer.headers['guarita-page'], 'rows=3');
    await requireSealed(t, agent, answer);
  }
  const refused = await ask(agent, viewPath('rows', names[1] ?? ''));
  await requireProblem(t, agent, refused, 403, 'view-not-granted');
});
