import { hash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { openBody } from '../../central/sources/responses.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { problemMediaType } from '../../shared/protocol/messages.ts';
import { pageHeaderName, parsePageInfo, rowsMediaType } from '../../shared/protocol/page-header.ts';
import { paths, viewPath } from '../../shared/protocol/paths.ts';
import { verifyResponse } from '../../shared/signing/messages.ts';
import type { ViewSource } from '../../shared/sources/view-source.ts';
import { type TestAgent, testAgent } from '../support/agent.ts';
import { ArraySource } from '../support/array-source.ts';
import { deferred } from '../support/deferred.ts';
import { GatedSource } from '../support/gate.ts';
import {
  type Answer,
  ask,
  requireProblem,
  requireSealed,
  signedRequest,
} from '../support/signed-requests.ts';
import { requestsOf } from '../support/journal.ts';
import {
  createSqlite,
  peopleSource,
  peopleSql,
  peopleView,
  sqliteSource,
  temporaryFolder,
} from '../support/sqlite-views.ts';

// Invariant 7: each answer is signed, bound to its request, and written down before it leaves.

const rows = viewPath('rows', 'custodiado');
const largeEnough = 200;

function peopleAgent(t: Test, count = largeEnough): Promise<TestAgent> {
  return testAgent(t, { source: peopleSource(t, count), views: ['custodiado'] });
}

function jsonIn(answer: Answer): unknown {
  return JSON.parse(answer.body.toString('utf8'));
}

void t.test('S5 every reply has a digest and a signature bound to its request', async (t) => {
  const agent = await peopleAgent(t);
  const open = { grant: null, key: null };
  const answers = [
    await ask(agent, paths.healthz, open),
    await ask(agent, paths.readyz, open),
    await ask(agent, paths.healthz),
    await ask(agent, paths.agent),
    await ask(agent, paths.views),
    await ask(agent, paths.openapi),
    await ask(agent, rows),
    await ask(agent, `${rows}?limit=0`),
    await ask(agent, `${rows}?after=AAAA`),
    await ask(agent, '/nothing'),
    await ask(agent, rows, open),
    await ask(agent, `/${rows}`),
  ];
  for (const answer of answers) await requireSealed(t, agent, answer);
  t.same(
    answers.map((answer) => answer.status),
    [200, 200, 200, 200, 200, 200, 200, 400, 400, 404, 401, 400],
  );

  await t.test('S5 the signature is of this answer to this request, and of no other', async (t) => {
    const [one, two] = [await ask(agent, rows), await ask(agent, rows)];
    await requireSealed(t, agent, one);
    const notAccepted = { message: 'The signature was not accepted.' };
    const rejected = (answer: Answer, what: string) =>
      t.rejects(verifyResponse(answer, answer.request, agent.key), notAccepted, what);
    await rejected({ ...one, request: two.request }, 'the same question, asked again');
    await rejected({ ...one, status: 404 }, 'another status');
    const { method, headers } = one.request;
    await rejected({ ...one, request: { method, headers, targetUri: `${agent.url}/v2/agent` } }, 'target');
    await rejected({ ...one, request: { ...one.request, method: 'POST' } }, 'another method');
    for (const name of ['content-type', pageHeaderName, 'content-digest']) {
      const { [name]: value = '', ...others } = one.headers;
      await rejected({ ...one, headers: { ...others, [name]: `${value}x` } }, `${name} changed`);
      await rejected({ ...one, headers: others }, `${name} removed`);
    }
    await rejected({ ...one, headers: { ...one.headers, 'content-encoding': 'gzip' } }, 'a coding added');
    await t.rejects(verifyResponse(one, one.request, agent.centralKey), notAccepted, 'another key');
  });
});

void t.test('content types', async (t) => {
  const agent = await peopleAgent(t);
  const typeOf = async (target: string) => (await ask(agent, target)).headers['content-type'];
  t.equal(await typeOf(rows), rowsMediaType);
  t.equal(await typeOf(paths.agent), 'application/json; charset=utf-8');
  t.equal(await typeOf(paths.views), 'application/json; charset=utf-8');
  t.equal(await typeOf(paths.openapi), 'application/json; charset=utf-8');
  t.equal(await typeOf(paths.healthz), 'application/json; charset=utf-8');
  t.match(await typeOf('/nothing'), problemMediaType);
});

void t.test('S6 content coding is what was asked for', async (t) => {
  const agent = await peopleAgent(t);
  const plain = await ask(agent, rows);
  t.equal(plain.headers['content-encoding'], undefined, 'nothing asked, nothing coded');
  const cases: [accept: string, coding: string | undefined][] = [
    ['zstd, gzip', 'zstd'],
    ['gzip', 'gzip'],
    ['gzip, zstd', 'zstd'],
    ['gzip;q=1, zstd;q=0', 'gzip'],
    ['zstd', 'zstd'],
    ['identity', undefined],
    ['br', undefined],
    ['', undefined],
  ];
  for (const [accept, coding] of cases) {
    await t.test(`accept-encoding: ${accept}`, async (t) => {
      const answer = await ask(agent, rows, { headers: { 'accept-encoding': accept } });
      await requireSealed(t, agent, answer);
      t.equal(answer.headers['content-encoding'], coding);
      t.equal(answer.headers['vary'], 'accept-encoding');
      t.equal(Number(answer.headers['content-length']), answer.body.length);
      t.ok(coding === undefined || answer.body.length < plain.body.length, 'smaller than plain');
      t.ok((await openBody(answer, 1024 * 1024)).equals(plain.body), 'the same page');
    });
  }
  const small = await ask(agent, `${rows}?limit=1`, { headers: { 'accept-encoding': 'zstd' } });
  t.equal(small.headers['content-encoding'], undefined, 'a small body is sent as it is');
});

void t.test('P3 the header Guarita-Page says what the page is', async (t) => {
  const agent = await peopleAgent(t);
  const first = await ask(agent, `${rows}?limit=150`);
  const info = parsePageInfo(first.headers[pageHeaderName]);
  t.match(info, { rows: 150, complete: false });
  t.equal(first.body.toString('utf8').trimEnd().split('\n').length, 150);
  const query = new URLSearchParams({ after: info.next, until: info.until ?? '' });
  const second = await ask(agent, `${rows}?${query.toString()}`);
  const rest = parsePageInfo(second.headers[pageHeaderName]);
  t.match(rest, { rows: 50, complete: true, until: info.until, epoch: info.epoch });
  t.notMatch(info.next, /custodiado/, 'a cursor shows nothing');
  t.notMatch(Buffer.from(info.next, 'base64url').toString('latin1'), /custodiado|integer/, 'nor decoded');
});

void t.test('S7 problem documents', async (t) => {
  const agent = await peopleAgent(t);
  const secret = 'MariaDaSilva';
  const invalid = [
    '?limit=0',
    '?limit=abc',
    '?limit=1000001',
    '?limit=1&limit=2',
    `?${secret}=1`,
    `?after=${secret}%20`,
    `?limit=${secret}`,
  ];
  for (const query of invalid) {
    const answer = await ask(agent, rows + query);
    const document = await requireProblem(t, agent, answer, 400, 'request-invalid');
    t.notMatch(JSON.stringify(document), secret, 'what was asked is not repeated');
  }
  const cursor = await requireProblem(
    t,
    agent,
    await ask(agent, `${rows}?after=${secret}`),
    400,
    'cursor-invalid',
  );
  t.notMatch(JSON.stringify(cursor), secret);
  t.ok(cursor.hint.length > 10, 'says what to do');
  t.equal(requestsOf(agent).at(-1)?.request, cursor.instance, 'the log and the journal have its instance');
});

void t.test('the state database fails', async (t) => {
  const file = join(temporaryFolder(t), 'estado.sqlite');
  createSqlite(file, peopleSql(20));
  const agent = await testAgent(t, { source: sqliteSource(file, [peopleView()]), views: ['custodiado'] });

  await t.test('it is down, and comes back', async (t) => {
    rmSync(file);
    for (const target of [rows, paths.views, paths.agent, paths.readyz]) {
      const answer = await ask(agent, target);
      await requireProblem(t, agent, answer, 503, 'source-unavailable');
      t.match(answer.headers['retry-after'], /^\d+$/, 'says when to ask again');
    }
    const health = await ask(agent, paths.healthz, { grant: null, key: null });
    t.same(jsonIn(health), { status: 'ok' }, 'the process runs all the same');
    createSqlite(file, peopleSql(20));
    t.equal((await ask(agent, rows)).status, 200);
  });

  await t.test('S7 an error that nobody foresaw shows nothing of itself', async (t) => {
    const failing: ViewSource = {
      describe: () => Promise.reject(new Error('Maria')),
      page: () => Promise.reject(new TypeError('Maria')),
      digests: () => Promise.reject(new TypeError('Maria')),
      list: () => Promise.reject(new TypeError('Maria')),
      lookup: () => Promise.reject(new TypeError('Maria')),
      close: () => Promise.resolve(),
    };
    const broken = await testAgent(t, { source: failing, views: ['custodiado'] });
    for (const target of [rows, paths.views, paths.readyz]) {
      const answer = await ask(broken, target);
      const document = await requireProblem(t, broken, answer, 500, 'internal');
      t.notMatch(JSON.stringify(document), /Maria/);
    }
  });
});

void t.test('whoever asks whether it is ready: nobody known', async (t) => {
  const open = { grant: null, key: null };

  await t.test('is told no name of the database', async (t) => {
    const source = new ArraySource();
    source.beforeDescribe = () => {
      throw new GuaritaError('column-missing', 'View "custodiado" has no column "cpf"; it has: id, nome.');
    };
    const agent = await testAgent(t, { source, views: [] });
    const answer = await ask(agent, paths.readyz, open);
    const document = await requireProblem(t, agent, answer, 503, 'column-missing');
    t.equal('detail' in document, false);
    t.notMatch(answer.body.toString('utf8'), /cpf|custodiado/);
  });

  await t.test('no view can be read', async (t) => {
    const source = new ArraySource();
    source.broken = [{ name: 'custodiado', problem: 'column-missing', detail: 'Column "cpf".' }];
    const agent = await testAgent(t, { source, views: [] });
    const answer = await ask(agent, paths.readyz, open);
    await requireProblem(t, agent, answer, 503, 'column-missing');
    t.notMatch(answer.body.toString('utf8'), /cpf|custodiado/);
  });

  await t.test('costs the database one question at a time, and one in five seconds', async (t) => {
    const source = new ArraySource();
    const asked = deferred();
    const answered = deferred();
    source.beforeDescribe = () => {
      asked.resolve();
      return answered.promise;
    };
    let now = Date.now();
    const agent = await testAgent(t, { source, views: [], clock: () => now });
    const ready = async () => (await agent.app.inject(paths.readyz)).statusCode;
    const first = ready();
    await asked.promise;
    now += 60_000;
    const others = [ready(), ready()];
    await agent.app.inject(paths.healthz);
    answered.resolve();
    t.same(await Promise.all([first, ...others]), [200, 200, 200]);
    t.equal(source.describes, 1, 'who asks meanwhile shares the check');
    source.beforeDescribe = () => {
      throw new GuaritaError('source-unavailable');
    };
    now += 4_999;
    t.same([await ready(), source.describes], [200, 1], 'the outcome is kept');
    now += 1;
    t.same([await ready(), source.describes], [503, 2], 'and then no longer');
    t.same([await ready(), source.describes], [503, 2], 'a bad one as well');
    now -= 60_000;
    t.same([await ready(), source.describes], [503, 3], 'a clock that was set back does not keep it longer');
  });
});

void t.test('a connection lasts longer than the database may take for an answer', async (t) => {
  const source = peopleSource(t, 1);
  for (const [limits, milliseconds] of [
    [{}, 120_000],
    [{ timeoutSeconds: 3600 }, 3_660_000],
    [{ timeoutSeconds: 10, scanTimeoutSeconds: 7200 }, 7_260_000],
    [{ timeoutSeconds: 100, scanTimeoutSeconds: 1 }, 160_000],
  ] as const) {
    const agent = await testAgent(t, { source, views: [], ...limits });
    t.equal(agent.app.server.timeout, milliseconds);
  }
});

void t.test('the journal', async (t) => {
  const agent = await peopleAgent(t);
  const page = await ask(agent, `${rows}?limit=7`, { headers: { 'accept-encoding': 'zstd' } });
  const { next, until } = parsePageInfo(page.headers[pageHeaderName]);
  const query = new URLSearchParams({ after: next, until: until ?? '' }).toString();
  const asked = [
    page,
    await ask(agent, `${rows}?${query}`, { headers: { 'accept-encoding': 'gzip' } }),
    await ask(agent, paths.views),
    await ask(agent, paths.agent),
    await ask(agent, `${rows}?after=${next}x`),
    await ask(agent, `${rows}?Maria`, { grant: null }),
    await ask(agent, '/nothing?Maria'),
    await ask(agent, '/v2/%zz?Maria'),
    await ask(agent, rows, { method: 'HEAD' }),
    await ask(agent, rows, { method: 'POST' }),
  ];
  await ask(agent, paths.healthz, { grant: null, key: null });
  await ask(agent, paths.readyz);
  const entries = requestsOf(agent);
  t.equal(entries.length, asked.length, 'one entry for each request that is not public');
  for (const [index, answer] of asked.entries()) {
    const entry = entries[index];
    const [resource, search] = answer.request.targetUri.slice(agent.url.length).split('?', 2);
    t.match(entry, {
      method: answer.request.method,
      resource,
      query: search === undefined ? null : hash('sha256', search, 'base64url'),
      status: answer.status,
      bytes: answer.body.length,
      digest: answer.headers['content-digest'],
    });
  }
  t.same(
    entries.map((entry) => [entry.rows, entry.problem]),
    [
      [7, null],
      [largeEnough - 7, null],
      [null, null],
      [null, null],
      [null, 'cursor-invalid'],
      [null, 'grant-missing'],
      [null, 'route-unknown'],
      [null, 'path-not-canonical'],
      [null, 'route-unknown'],
      [null, 'route-unknown'],
    ],
  );
  const claims = JSON.parse(Buffer.from(agent.grant.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
    jti: string;
  };
  t.match(entries[0], { grant: claims.jti, key: agent.centralKey.thumbprint }, 'who asked');
  t.match(entries[5], { grant: null, key: null }, 'nobody known');
  const written = JSON.stringify(entries);
  for (const never of ['Maria', 'after=', next, 'Pessoa', agent.grant]) {
    t.notOk(written.includes(never), `never written down: ${never.slice(0, 10)}`);
  }
});

void t.test('S8 what cannot be written down is not served', async (t) => {
  const failures: [what: string, sql: string][] = [
    [
      'the journal cannot be written',
      `CREATE TEMP TRIGGER full BEFORE INSERT ON main.journal_entry BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    ],
    [
      'a nonce cannot be kept',
      `CREATE TEMP TRIGGER full BEFORE INSERT ON main.nonce BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    ],
    ['nothing can be written', 'PRAGMA query_only = ON'],
  ];
  for (const [what, sql] of failures) {
    await t.test(what, async (t) => {
      const agent = await peopleAgent(t);
      agent.state.exec(sql);
      for (const accept of ['identity', 'zstd']) {
        const answer = await ask(agent, rows, { headers: { 'accept-encoding': accept } });
        await requireProblem(t, agent, answer, 507, 'state-unwritable');
        t.match(answer.headers['retry-after'], /^\d+$/);
        t.equal(answer.headers[pageHeaderName], undefined, 'no page header');
        t.equal(answer.headers['content-encoding'], undefined);
        t.notMatch((await openBody(answer, 1024 * 1024)).toString('utf8'), /Pessoa|disk full/, 'no row');
      }
      t.equal((await ask(agent, paths.healthz, { grant: null, key: null })).status, 200);
    });
  }

  await t.test('S8 the state is gone', async (t) => {
    const agent = await peopleAgent(t);
    agent.state.close();
    const answer = await ask(agent, rows);
    await requireProblem(t, agent, answer, 507, 'state-unwritable');
    t.notMatch(answer.body.toString('utf8'), /Pessoa/);
  });
});

async function allOf(line: Socket): Promise<string> {
  let text = '';
  for await (const chunk of line.setEncoding('latin1') as AsyncIterable<string>) text += chunk;
  return text;
}

/** One answer as its bytes, `Content-Length` and no chunks. */
function parseAnswer(text: string): Omit<Answer, 'request'> {
  const [head = '', body = ''] = text.split('\r\n\r\n', 2);
  const [status = '', ...lines] = head.split('\r\n');
  const fields = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return {
    status: Number(status.split(' ')[1]),
    headers: Object.fromEntries(fields),
    body: Buffer.from(body, 'latin1'),
  };
}

void t.test('while the agent closes', async (t) => {
  const source = new GatedSource(peopleSource(t, largeEnough));
  const agent = await testAgent(t, { source, views: ['custodiado'] });
  // One connection that its owner would keep open, as central does.
  const http = new HttpAgent({ keepAlive: true, maxSockets: 1 });
  t.teardown(() => http.destroy());
  const onTheLine = async (): Promise<Answer> => {
    const request = signedRequest(agent, rows);
    const { port } = new URL(agent.url);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { agent: http, host: '127.0.0.1', port, path: rows, headers: request.headers };
      httpRequest(options, resolve).once('error', reject).end();
    });
    const chunks: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
    const headers = response.headers as Record<string, string>;
    return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks), request };
  };
  // Another connection, on which a request has begun to arrive.
  const late = signedRequest(agent, rows);
  const { hostname, port, host } = new URL(agent.url);
  const line = connect(Number(port), hostname);
  const head = Object.entries({ host, ...late.headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  await new Promise<void>((sent) => line.write(`GET ${rows} HTTP/1.1\r\n`, () => sent()));
  const inHand = onTheLine();
  await source.held;
  const closing = agent.app.close();
  // Closing has begun once the port refuses newcomers.
  await t.rejects(async () => {
    for (;;) await ask(agent, paths.healthz);
  });
  line.write(`${head.join('')}\r\n`);
  const refused = { ...parseAnswer(await allOf(line)), request: late };
  await requireProblem(t, agent, refused, 503, 'shutting-down');
  t.match(refused.headers, { connection: 'close', 'retry-after': /^\d+$/ });
  source.release();
  const answer = await inHand;
  t.equal(answer.status, 200, 'the page in hand is finished');
  await requireSealed(t, agent, answer);
  t.equal(answer.headers['connection'], 'close', 'and its connection ends with it');
  await closing;
});
