import type { Test } from 'tap';
import { createLogger } from '../../../shared/log.ts';
import { silentServer } from '../../support/silent-server.ts';
import { WalkingBrowser } from './browser.ts';
import type { GovbrScene } from './govbr-scene.ts';
import { clientSecret } from './provider.ts';

/** A provider that refuses, answers something else, or nothing. */
export async function failing(t: Test, govbr: GovbrScene): Promise<void> {
  const { provider, agent, sceneWith, told, account, enter, refused } = govbr;

  await t.test('what Login Único refuses, in plain words', async (t) => {
    const cases: readonly [string, string][] = [
      ['access_denied', 'nao-autorizado'],
      ['login_required', 'nao-autorizado'],
      ['temporarily_unavailable', 'sem-resposta'],
      ['server_error', 'sem-resposta'],
      ['invalid_scope', 'nao-confirmado'],
    ];
    for (const [error, reason] of cases) {
      account(agent.cpf);
      provider.refusal = error;
      const seen = await enter();
      t.equal(seen.path, `/entrar/govbr/recusado?motivo=${reason}`, error);
      t.notMatch(seen.text, /Fulana|_/, 'nothing of its own words');
      t.notMatch(JSON.stringify(await told()), '123.456');
    }
  });

  await t.test('a provider that answers something else, or nothing', async (t) => {
    const page = '<!doctype html><p>Manutenção';
    let sent = 0;
    const cases: readonly [string, Parameters<typeof provider.instead.set>, string][] = [
      [
        'a page instead of a token',
        ['/token', (_q, a) => void a.writeHead(200, { 'content-type': 'text/html' }).end(page)],
        'nao-confirmado',
      ],
      [
        'a page and 503',
        ['/token', (_q, a) => void a.writeHead(503, { 'content-type': 'text/html' }).end(page)],
        'nao-confirmado',
      ],
      [
        'another address',
        ['/token', (_q, a) => void a.writeHead(302, { location: provider.at('/elsewhere') }).end()],
        'nao-confirmado',
      ],
      [
        'no JSON',
        ['/token', (_q, a) => void a.writeHead(200, { 'content-type': 'application/json' }).end('{')],
        'nao-confirmado',
      ],
      [
        'nothing in it',
        ['/token', (_q, a) => void a.writeHead(200, { 'content-type': 'application/json' }).end('{}')],
        'nao-confirmado',
      ],
      [
        'the wrong secret',
        [
          '/token',
          (_q, a) =>
            void a.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"invalid_client"}'),
        ],
        'nao-confirmado',
      ],
      [
        'no keys',
        ['/jwk', (_q, a) => void a.writeHead(200, { 'content-type': 'application/json' }).end('{"keys":[]}')],
        'nao-confirmado',
      ],
      ['hangs up', ['/token', (q) => void q.socket.destroy()], 'sem-resposta'],
      [
        'without an end',
        [
          '/token',
          (_q, a) => {
            a.writeHead(200, { 'content-type': 'application/json' });
            const more = () => {
              for (let room = true; room && !a.destroyed; sent++) room = a.write(' '.repeat(64 * 1024));
            };
            a.on('drain', more);
            more();
          },
        ],
        'nao-confirmado',
      ],
    ];
    for (const [name, instead, reason] of cases) {
      account(agent.cpf);
      // One that knows no keys yet.
      const scene = await sceneWith(t);
      provider.instead.set(...instead);
      const seen = await enter(undefined, new WalkingBrowser(scene));
      t.equal(seen.path, `/entrar/govbr/recusado?motivo=${reason}`, name);
      t.equal(seen.status, reason === 'sem-resposta' ? 503 : 502, name);
    }
    t.notOk(
      provider.asked.some(({ path }) => path === '/elsewhere'),
      'nobody goes where it points',
    );
    t.equal((await told())['reason'], 'too-large');
    t.ok(sent > 0);

    const dead = await sceneWith(t, { tokenEndpoint: 'http://127.0.0.1:1/token' });
    const { port } = await silentServer(t);
    const silent = await sceneWith(t, { tokenEndpoint: `http://127.0.0.1:${port}/token`, timeoutSeconds: 1 });
    for (const scene of [dead, silent]) {
      account(agent.cpf);
      const seen = await enter(undefined, new WalkingBrowser(scene));
      await refused(t, seen, 'sem-resposta', 'govbr-unavailable');
    }
    t.equal((await told())['reason'], 'OAUTH_TIMEOUT');
  });

  await t.test('nothing of anybody is logged', async (t) => {
    const lines: string[] = [];
    const log = createLogger('silent', 'test').child({});
    for (const name of ['info', 'warn', 'error'] as const)
      log[name] = (...said: unknown[]) => void lines.push(JSON.stringify(said));
    const own = await sceneWith(t, {}, log);
    for (const twist of [{ claims: { nonce: 'x' } }, { sign: () => '' }, { claims: { sub: 'abc' } }]) {
      account(agent.cpf, { name: 'Fulana', email: 'f@example.org', email_verified: 'true' });
      provider.twist = twist;
      await enter(undefined, new WalkingBrowser(own));
    }
    t.equal(lines.length, 3);
    for (const line of lines) {
      t.match(line, 'govbr-untrusted');
      t.notMatch(line, new RegExp(`${agent.cpf}|Fulana|example|eyJ|${clientSecret}`));
    }
  });
}
