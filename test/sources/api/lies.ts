import { gzipSync } from 'node:zlib';
import type { Test } from 'tap';
import { apiServer, type Handler, listed, openLine, peopleOf } from '../../support/api-server.ts';

const number = (url: URL, name: string) => Number(url.searchParams.get(name) ?? '0');
const pages = { next: { page: { parameter: 'p', first: 1 } } } as const;

/** An API that does not keep to its word: each ends in a clear problem, in bounded time and memory. */
export async function lies(t: Test): Promise<void> {
  const refused = (title: string, code: string, answer: Handler, list = {}, api = {}) =>
    t.test(title, async (t) => {
      const server = await apiServer(t, answer);
      await t.rejects(listed(t, { base: server.base, ...api }, peopleOf(list)), { code });
      t.ok(server.asked.length <= 10, `${server.asked.length} requests`);
    });

  const row = (id: number) => ({ id, nome: 'x' });
  await refused(
    'its last page comes again for ever',
    'api-endless',
    (url) => ({ json: [row(Math.min(number(url, 'p'), 3))] }),
    pages,
  );
  await refused(
    'two pages take turns for ever',
    'api-endless',
    (url) => ({ json: [row(number(url, 'p') % 2)] }),
    pages,
  );
  await refused(
    'the same cursor comes again',
    'api-endless',
    (url) => ({ json: { r: [row(Math.random())], c: 'a' + url.search.slice(0, 0) } }),
    { records: 'r', next: { cursor: { parameter: 'c', path: 'c' } } },
  );
  await refused('pages without end', 'api-endless', (url) => ({ json: [row(number(url, 'p'))] }), pages, {
    maxPages: 5,
  });
  await refused('200 with an error in the body', 'api-answer-invalid', () => ({ json: { erro: 'x' } }), {
    records: 'r',
  });
  await refused(
    '200 with an error where the list is expected',
    'api-answer-invalid',
    () => ({ json: { r: 'x' } }),
    { records: 'r' },
  );
  await refused('200 with HTML', 'api-answer-invalid', () => ({ text: '<html></html>' }));
  await refused('nothing at all', 'api-answer-invalid', () => ({ text: '' }));
  await refused('10,000 levels', 'api-answer-invalid', () => ({
    text: '['.repeat(10_000) + ']'.repeat(10_000),
  }));
  await refused('a string without end', 'api-answer-invalid', () => ({
    text: `["${'\\"['.repeat(100_000)}`,
  }));
  await refused('a record that is none', 'api-answer-invalid', () => ({ json: [1] }));
  await refused('a record without its key', 'api-answer-invalid', () => ({ json: [{ nome: 'x' }] }));
  await refused('no total where one is declared', 'api-answer-invalid', () => ({ json: { r: [] } }), {
    records: 'r',
    total: { path: 'n' },
  });
  await refused(
    'whether there is more, in other words',
    'api-answer-invalid',
    () => ({ json: { r: [], m: 'sim' } }),
    {
      ...{ records: 'r', next: { offset: { parameter: 'o', more: 'm' } } },
    },
  );
  await refused(
    'more than is accepted',
    'api-answer-too-large',
    () => ({ text: 'x'.repeat(5000) }),
    {},
    { maxBytes: 4096 },
  );
  const bomb = gzipSync(Buffer.alloc(5_000_000));
  await refused(
    'more than is accepted, once it is expanded',
    'api-answer-too-large',
    () => ({ text: bomb, headers: { 'content-encoding': 'gzip' } }),
    {},
    { maxBytes: 100_000 },
  );
  await refused('a coding that nobody asked for', 'api-answer-invalid', () => ({
    text: bomb,
    headers: { 'content-encoding': 'br' },
  }));
  for (const status of [301, 302, 307, 308]) {
    await refused(`${status} to elsewhere`, 'api-redirected', () => ({
      status,
      headers: { location: 'http://169.254.169.254/' },
    }));
  }
  await refused(
    'the next page on another server',
    'api-redirected',
    () => ({ json: { r: [], n: 'http://localhost:1/v' } }),
    {
      ...{ records: 'r', next: { url: { path: 'n' } } },
    },
  );
  await refused(
    'the next page is a file',
    'api-redirected',
    () => ({ json: [], headers: { link: '<file:///etc/passwd>; rel=next' } }),
    {
      next: { link: true },
    },
  );
  await refused(
    'the next page is no address',
    'api-answer-invalid',
    () => ({ json: { r: [], n: 'http://[' } }),
    {
      ...{ records: 'r', next: { url: { path: 'n' } } },
    },
  );
  await refused('429 for an hour', 'api-throttled', () => ({
    status: 429,
    headers: { 'retry-after': '3600' },
  }));
  await refused('429 again and again', 'api-throttled', () => ({
    status: 429,
    headers: { 'retry-after': '1' },
  }));
  await refused('503 again and again', 'api-refused', () => ({ status: 503 }));
  await refused('404 where the list should be', 'api-refused', () => ({ status: 404 }), {
    next: { page: { parameter: 'p', first: 1, endStatus: 404 } },
  });
  await refused('401', 'api-login-refused', () => ({ status: 401 }));
  await refused('it hangs up', 'api-unreachable', (_url, request) => void request.socket.destroy());
  await refused('it hangs up in the middle', 'api-unreachable', (_url, request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('[{', () => request.socket.destroy());
    return undefined;
  });
  await refused(
    'it never answers',
    'api-endless',
    () => undefined,
    {},
    { timeoutSeconds: 30, listSeconds: 1 },
  );

  await t.test('totals: what was announced is told, and where it changed', async (t) => {
    const server = await apiServer(t, (url) => ({
      json: number(url, 'p') > 2 ? [] : [row(number(url, 'p'))],
      headers: { 'x-total-count': url.pathname === '/v' ? '7' : url.search.slice(-1) },
    }));
    const list = { ...pages, total: { header: 'X-Total-Count' } };
    const { total, received, isSteady } = await listed(t, { base: server.base }, peopleOf(list));
    t.same([total, received, isSteady], [7, 2, true]);
    const unsteady = await listed(t, { base: server.base }, peopleOf({ ...list, path: '/w' }));
    t.same([unsteady.total, unsteady.isSteady], [3, false]);
  });

  await t.test('429 and 503 are waited for as long as they ask, and the listing goes on', async (t) => {
    const answers = [{ status: 429, headers: { 'retry-after': '7' } }, { status: 503 }, { json: [row(1)] }];
    const server = await apiServer(t, () => answers.shift());
    const { line, waits } = openLine(t, { base: server.base });
    t.equal((await line.ask(new URL(`${server.base}/v`))).status, 200);
    t.ok(waits.includes(7000), String(waits));
    t.equal(line.requests, 3);
  });

  await t.test('requests are spread over the minute', async (t) => {
    const server = await apiServer(t, () => ({ json: [] }));
    const { line, clock } = openLine(t, { base: server.base, rate: { perMinute: 30 } });
    for (let i = 0; i < 4; i += 1) await line.ask(new URL(`${server.base}/v`));
    t.equal(clock.now, 6000);
  });
}
