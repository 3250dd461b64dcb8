import { createHmac, generateKeyPairSync } from 'node:crypto';
import type { Test } from 'tap';
import { origin } from '../scene.ts';
import { WalkingBrowser } from './browser.ts';
import { type GovbrScene, isCallback } from './govbr-scene.ts';
import { clientId, clientSecret, publicKey, signedBy, type Twist } from './provider.ts';

const now = () => Math.floor(Date.now() / 1000);

/** What somebody may bring who is not who they say, or says so for the second time. */
export async function attacks(t: Test, govbr: GovbrScene): Promise<void> {
  const { base, provider, scene, agent, told, account, enter, refused } = govbr;

  await t.test('to no page of another site', async (t) => {
    for (const after of ['//evil.example', 'https://evil.example', '/\\evil.example', '/%0d%0aa', 'x']) {
      account(agent.cpf);
      const seen = await enter(
        `/entrar/govbr?para=${after.startsWith('/%') ? after : encodeURIComponent(after)}`,
      );
      t.match(seen, { path: '/', status: 200 }, after);
    }
  });

  await t.test('another site signs nobody in, nor keeps them from it (ASVS 7.6.2)', async (t) => {
    const opened = async (url: string, site: string) => {
      const answer = await scene.app.inject({ method: 'GET', url, headers: { 'sec-fetch-site': site } });
      return answer.headers.location;
    };
    for (const site of ['cross-site', 'same-site']) {
      t.equal(await opened('/entrar/govbr?para=%2F%3Fa', site), '/entrar?para=%2F%3Fa', site);
    }
    for (const site of ['same-origin', 'none']) {
      t.match(await opened('/entrar/govbr', site), provider.at('/authorize?'), site);
    }
    account(agent.cpf);
    const browser = new WalkingBrowser(scene);
    const back = await browser.walk('/entrar/govbr', isCallback);
    await browser.see('/entrar/govbr/retorno?state=made-up&code=made-up');
    t.match(await enter(back, browser), { path: '/', status: 200 }, 'what was made up takes nothing away');
  });

  await t.test('tokens that are not what they should be (ASVS 6.8.2, 10.5.1 to 10.5.4)', async (t) => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const byKey = (text: string) => createHmac('sha256', publicKey).update(text).digest('base64url');
    const bySecret = (text: string) => createHmac('sha256', clientSecret).update(text).digest('base64url');
    const cases: readonly [string, Twist, string?][] = [
      ['signed by somebody else', { sign: signedBy(other) }],
      ['without a signature', { head: { alg: 'none' }, sign: () => '' }],
      ['a signature that is empty', { sign: () => '' }],
      ['signed by the public key as a secret', { head: { alg: 'HS256' }, sign: byKey }],
      ['signed by our own secret', { head: { alg: 'HS256' }, sign: bySecret }],
      ['by a key that is not known', { head: { kid: 'other' } }],
      ['with another nonce', { claims: { nonce: 'x'.repeat(43) } }],
      ['without a nonce', { claims: { nonce: undefined } }],
      ['of another issuer', { claims: { iss: 'https://sso.acesso.gov.br/' } }],
      ['of its issuer without the slash', { claims: { iss: provider.at('') } }],
      ['for another site', { claims: { aud: 'other.gov.br' } }],
      ['for several sites, by another', { claims: { aud: [clientId, 'other'], azp: 'other' } }],
      ['without its end', { claims: { exp: undefined } }],
      [
        'run out for longer than clocks differ',
        { claims: { iat: now() - 600, exp: now() - 540 } },
        'relogio',
      ],
      ['valid later', { claims: { nbf: now() + 600 } }, 'relogio'],
    ];
    for (const [name, twist, reason = 'nao-confirmado'] of cases) {
      account(agent.cpf);
      provider.twist = twist;
      await refused(t, await enter(), reason, reason === 'relogio' ? 'govbr-clock' : 'govbr-untrusted', name);
    }
    for (const claims of [{ agent: 'true' }, { agent: true }, { grantor_account: { sub: agent.cpf } }]) {
      account(agent.cpf);
      provider.twist = { claims };
      await refused(t, await enter(), 'procuracao', 'govbr-proxy', 'in the name of somebody else');
    }
  });

  await t.test('clocks that differ, in both directions, as far as is tolerated', async (t) => {
    // The console's own clock stands in another year: nothing of the tokens is judged by it.
    for (const ahead of [600, -100]) {
      account(agent.cpf);
      provider.twist = { claims: { iat: now() + ahead, exp: now() + ahead + 60 + (ahead < 0 ? 20 : 0) } };
      t.match(await enter(), { path: '/', status: 200 }, `${ahead} s ahead of us`);
    }
  });

  await t.test('a token of a former sign-in is of no use (ASVS 6.8.3)', async (t) => {
    let first: string | null = null;
    account(agent.cpf);
    provider.twist = (token) => {
      first ??= token;
      return first;
    };
    t.match(await enter(), { path: '/', status: 200 });
    await refused(t, await enter(), 'nao-confirmado', 'govbr-untrusted');
  });

  await t.test('the way back is gone once, in the browser that began (ASVS 10.1.2, 10.2.1)', async (t) => {
    account(agent.cpf);
    const browser = new WalkingBrowser(scene);
    const back = await browser.walk('/entrar/govbr', isCallback);
    const tokens = () => provider.asked.filter(({ path }) => path === '/token').length;
    const before = tokens();
    await refused(t, await enter(back), 'comecar-de-novo', 'govbr-stale', 'in a browser that began nothing');
    const begun = new WalkingBrowser(scene);
    await begun.ask('/entrar/govbr');
    await refused(t, await enter(back, begun), 'comecar-de-novo', 'govbr-stale', 'in one that began another');
    t.equal(tokens(), before, 'and nobody is asked');
    const answer = await browser.ask(back);
    t.match(
      answer,
      { status: 303, location: `${origin}/`, text: '' },
      'nothing is shown where the code stands',
    );
    await refused(t, await enter(back, browser), 'comecar-de-novo', 'govbr-stale', 'again, in the same');
    t.match(await enter('/', browser), { path: '/', status: 200 }, 'who is in stays in');
  });

  await t.test('of two that were begun in one browser neither disturbs the other', async (t) => {
    account(agent.cpf);
    const browser = new WalkingBrowser(scene);
    const one = await browser.walk('/entrar/govbr?para=%2F%3F1', isCallback);
    const other = await browser.walk('/entrar/govbr?para=%2F%3F2', isCallback);
    t.match((await browser.ask(one)).location, `${origin}/?1`);
    t.equal(
      (await enter(other, browser)).path,
      '/entrar/govbr/recusado?motivo=comecar-de-novo',
      'one came in',
    );
    const next = new WalkingBrowser(scene);
    await next.walk('/entrar/govbr?para=%2F%3F1', isCallback);
    const last = await next.walk('/entrar/govbr?para=%2F%3F2', isCallback);
    t.match((await next.ask(last)).location, `${origin}/?2`);
  });

  await t.test('what comes back is not what was sent for', async (t) => {
    const changes: readonly [string, (url: URL) => void, string][] = [
      ['another state', (url) => url.searchParams.set('state', 'x'.repeat(43)), 'comecar-de-novo'],
      ['no state', (url) => url.searchParams.delete('state'), 'comecar-de-novo'],
      ['two states', (url) => url.searchParams.append('state', 'x'), 'comecar-de-novo'],
      ['no code', (url) => url.searchParams.delete('code'), 'nao-confirmado'],
      ['two codes', (url) => url.searchParams.append('code', 'x'), 'nao-confirmado'],
      ['a code that is made up', (url) => url.searchParams.set('code', 'x'.repeat(43)), 'comecar-de-novo'],
      ['of another issuer', (url) => url.searchParams.set('iss', 'https://other/'), 'nao-confirmado'],
      ['an error that is made up', (url) => url.searchParams.set('error', '<b>'), 'nao-autorizado'],
    ];
    for (const [name, change, reason] of changes) {
      account(agent.cpf);
      const browser = new WalkingBrowser(scene);
      const back = new URL(await browser.walk('/entrar/govbr', isCallback));
      change(back);
      const seen = await enter(back.href, browser);
      t.equal(seen.path, `/entrar/govbr/recusado?motivo=${reason}`, name);
      t.notMatch(seen.text, '<b>');
      t.notMatch(JSON.stringify(await told()), '<b>');
    }
  });

  await t.test('longer than ten minutes', async (t) => {
    account(agent.cpf);
    const browser = new WalkingBrowser(scene);
    const back = await browser.walk('/entrar/govbr', isCallback);
    scene.clock.pass(600_000);
    await refused(t, await enter(back, browser), 'comecar-de-novo', 'govbr-stale');
    await enter();
    const left = await base.snapshot((questions) =>
      questions.query('SELECT FROM acesso.desafio WHERE ate <= $1', [scene.now()]),
    );
    t.strictSame(left, [], 'and what nobody came back for is forgotten');
  });
}
