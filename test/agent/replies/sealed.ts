import type { Test } from 'tap';
import { openBody } from '../../../central/sources/responses.ts';
import { problemMediaType } from '../../../shared/protocol/messages.ts';
import { pageHeaderName, parsePageInfo, rowsMediaType } from '../../../shared/protocol/page-header.ts';
import { paths, viewPath } from '../../../shared/protocol/paths.ts';
import { verifyResponse } from '../../../shared/signing/messages.ts';
import { requestsOf } from '../../support/journal.ts';
import { peopleAgent } from '../../support/people-agent.ts';
import { type Answer, ask, requireProblem, requireSealed } from '../../support/signed-requests.ts';

const rows = viewPath('rows', 'custodiado');
const largeEnough = 200;

/** Each answer is signed and bound to its request, and is of the form that was asked for. */
export async function sealed(t: Test): Promise<void> {
  await t.test('S5 every reply has a digest and a signature bound to its request', async (t) => {
    const agent = await peopleAgent(t, largeEnough);
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

  await t.test('content types', async (t) => {
    const agent = await peopleAgent(t, largeEnough);
    const typeOf = async (target: string) => (await ask(agent, target)).headers['content-type'];
    t.equal(await typeOf(rows), rowsMediaType);
    t.equal(await typeOf(paths.agent), 'application/json; charset=utf-8');
    t.equal(await typeOf(paths.views), 'application/json; charset=utf-8');
    t.equal(await typeOf(paths.openapi), 'application/json; charset=utf-8');
    t.equal(await typeOf(paths.healthz), 'application/json; charset=utf-8');
    t.match(await typeOf('/nothing'), problemMediaType);
  });

  await t.test(
    'the description names itself, who needs no grant, and which numbers of buckets there are',
    async (t) => {
      const agent = await peopleAgent(t);
      const { body } = await ask(agent, paths.openapi);
      const described = JSON.parse(body.toString('utf8')) as {
        paths: Record<
          string,
          Record<string, { security?: unknown; parameters?: { name: string; schema: unknown }[] }>
        >;
      };
      t.ok(paths.openapi in described.paths);
      t.same(described.paths[paths.readyz]?.['get']?.security, []);
      t.equal(described.paths[paths.agent]?.['get']?.security, undefined, 'that of all');
      const { parameters = [] } = described.paths['/v2/views/{view}/digests']?.['get'] ?? {};
      const buckets = parameters.find(({ name }) => name === 'buckets');
      const { enum: counts = [] } = (buckets?.schema ?? {}) as { enum?: number[] };
      t.same([counts.length, counts[0], counts.at(-1)], [17, 1, 65_536]);
    },
  );

  await t.test('S6 content coding is what was asked for', async (t) => {
    const agent = await peopleAgent(t, largeEnough);
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

  await t.test('P3 the header Guarita-Page says what the page is', async (t) => {
    const agent = await peopleAgent(t, largeEnough);
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

  await t.test('S7 problem documents', async (t) => {
    const agent = await peopleAgent(t, largeEnough);
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
}
