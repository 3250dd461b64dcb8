import { inspect } from 'node:util';
import type { Test } from 'tap';
import { apiServer, listed, openLine, peopleOf } from '../../support/api-server.ts';

export async function credentials(t: Test): Promise<void> {
  await t.test('each kind is shown as it is written', async (t) => {
    const shown: unknown[] = [];
    const server = await apiServer(t, (_url, { headers }) => {
      shown.push([headers.authorization, headers['x-chave']]);
      return { json: [] };
    });
    const environment = { S: 'segredo' };
    for (const auth of [
      undefined,
      { bearer: { env: 'S' } },
      { basic: { user: 'central', password: { env: 'S' } } },
      { apiKey: { header: 'X-Chave', value: { env: 'S' } } },
    ]) {
      const { line } = openLine(
        t,
        { base: server.base, ...(auth === undefined ? {} : { auth }) },
        environment,
      );
      await line.ask(new URL(server.base));
    }
    const basic = `Basic ${Buffer.from('central:segredo').toString('base64')}`;
    t.same(shown, [
      [undefined, undefined],
      ['Bearer segredo', undefined],
      [basic, undefined],
      [undefined, 'segredo'],
    ]);
  });

  await t.test('a secret that is not there is told before anything is asked', (t) => {
    t.throws(() => openLine(t, { base: 'http://127.0.0.1:1', auth: { bearer: { env: 'S' } } }), {
      code: 'secret-missing',
    });
    t.end();
  });

  /** An API whose tokens are numbered, and the last one alone is good. */
  async function withTokens(t: Test, seconds: number | null) {
    const tokens = { token: 0, shown: [] as string[], isRefusing: false, answers: [] as number[] };
    const server = await apiServer(t, (url, { headers, method }) => {
      if (url.pathname === '/token') {
        t.equal(method, 'POST');
        if (tokens.isRefusing) return { status: 401, json: { error: 'invalid_client' } };
        tokens.token += 1;
        const expires = seconds === null ? {} : { expires_in: seconds };
        return { json: { access_token: `t${tokens.token}`, token_type: 'Bearer', ...expires } };
      }
      tokens.shown.push(headers.authorization ?? '');
      const status =
        headers.authorization === `Bearer t${tokens.token}` ? (tokens.answers.shift() ?? 200) : 401;
      return { status, json: [], headers: { 'retry-after': '100' } };
    });
    const auth = { oauth2: { tokenUrl: `${server.base}/token`, clientId: 'guarita', client: { env: 'S' } } };
    return { ...openLine(t, { base: server.base, auth }, { S: 'segredo' }), tokens, server, auth };
  }

  await t.test('a token is kept for as long as it lasts, and then asked for anew', async (t) => {
    const { tokens, server, line, clock } = await withTokens(t, 300);
    const ask = () => line.ask(new URL(`${server.base}/v`));
    await ask();
    await ask();
    t.equal(tokens.token, 1);
    clock.now += 271_000;
    await ask();
    t.same(tokens.shown, ['Bearer t1', 'Bearer t1', 'Bearer t2']);
  });

  await t.test('a token that ended in the middle of a listing, or while 429 was waited for', async (t) => {
    const { tokens, server, line } = await withTokens(t, null);
    const ask = () => line.ask(new URL(`${server.base}/v`));
    await ask();
    tokens.token += 1;
    t.equal((await ask()).status, 200, 'refused, so there is a new one');
    t.equal(tokens.token, 3);
    const other = await withTokens(t, 60);
    other.tokens.answers.push(429);
    t.equal((await other.line.ask(new URL(`${other.server.base}/v`))).status, 200);
    t.same(other.tokens.shown, ['Bearer t1', 'Bearer t2'], 'renewed within the retry');
  });

  await t.test('tokens that are refused at once, or not given', async (t) => {
    const { tokens, server, line, auth } = await withTokens(t, 300);
    tokens.answers.push(401, 401, 401);
    await t.rejects(line.ask(new URL(`${server.base}/v`)), { code: 'api-login-refused' });
    t.equal(tokens.shown.length, 2, 'once again, and no more');
    tokens.isRefusing = true;
    const fresh = openLine(t, { base: server.base, auth }, { S: 'segredo' });
    await t.rejects(fresh.line.ask(new URL(`${server.base}/v`)), { code: 'api-login-refused' });
    t.equal(fresh.line.requests, 0, 'the API was not asked');
  });

  await t.test('nothing of a secret or an answer is in an error', async (t) => {
    const server = await apiServer(t, () => ({ status: 401, json: { nome: 'MARIA' } }));
    const failure: unknown = await listed(t, { base: server.base }, peopleOf({})).catch(
      (error: unknown) => error,
    );
    t.notMatch(inspect(failure, { depth: 10 }), /MARIA/);
  });
}
