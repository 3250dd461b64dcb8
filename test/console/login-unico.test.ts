// Tier: quick. Signing in by Login Único over a base on PostgreSQL: a real OpenID provider on loopback, in this process.

import t from 'tap';
import { stageOf } from '../../central/console/access/open.ts';
import { tierBases } from '../support/bases.ts';
import { attacks } from './login-unico/attacks.ts';
import { WalkingBrowser } from './login-unico/browser.ts';
import { failing } from './login-unico/failing.ts';
import { govbrScene } from './login-unico/govbr-scene.ts';
import { clientId } from './login-unico/provider.ts';
import { said } from './login-unico/said.ts';
import { whoComesIn } from './login-unico/who-comes-in.ts';
import { consoleScene, origin } from './scene.ts';

void t.test('signing in by Login Único', async (t) => {
  const { shared: base } = await tierBases(t);
  const govbr = await govbrScene(t, base);
  const { provider, scene } = govbr;
  said(t);
  await t.test('who comes in', (t) => whoComesIn(t, govbr));
  await t.test('what somebody may try', (t) => attacks(t, govbr));
  await t.test('when it fails', (t) => failing(t, govbr));

  await t.test('what the browser is sent there with', async (t) => {
    const url = new URL((await new WalkingBrowser(scene).ask('/entrar/govbr')).location ?? '');
    t.match(Object.fromEntries(url.searchParams), {
      ...{ response_type: 'code', client_id: clientId, code_challenge_method: 'S256' },
      ...{ redirect_uri: `${origin}/entrar/govbr/retorno`, nonce: /^[\w-]{43}$/, state: /^[\w-]{43}$/ },
      scope: 'openid email profile govbr_confiabilidades govbr_confiabilidades_idtoken',
      code_challenge: /^[\w-]{43}$/,
    });
  });

  void t.test('what is left to do', (t) => {
    const nothing = { roles: [], hasFactor: false, hasTemporaryPassword: false };
    const [here, there] = [{ means: 'senha' as const }, { means: 'govbr' as const }];
    const cases = [
      [nothing, { ...here, factor: false }, 'aberta'],
      [{ ...nothing, roles: ['agente', 'unknown'] }, { ...here, factor: false }, 'aberta'],
      [{ ...nothing, roles: ['auditor'] }, { ...here, factor: false }, 'cadastrar-fator'],
      [{ ...nothing, roles: ['auditor'] }, { ...there, factor: true }, 'aberta'],
      [{ ...nothing, hasFactor: true }, { ...here, factor: false }, 'segundo-fator'],
      [{ ...nothing, hasFactor: true }, { ...there, factor: true }, 'aberta'],
      [{ ...nothing, hasTemporaryPassword: true }, { ...here, factor: false }, 'trocar-senha'],
      [{ ...nothing, hasTemporaryPassword: true }, { ...there, factor: false }, 'aberta'],
      [
        { roles: ['auditor'], hasFactor: false, hasTemporaryPassword: true },
        { ...here, factor: false },
        'trocar-senha',
      ],
    ] as const;
    for (const [facts, shown, stage] of cases)
      t.equal(stageOf(facts, shown), stage, JSON.stringify([facts, shown]));
    t.end();
  });

  await t.test('signing out there as well (ASVS 7.6.1)', async (t) => {
    const browser = new WalkingBrowser(scene);
    t.match(await browser.see('/sair/govbr'), { status: 200, text: 'href="/sair/govbr/concluir"' });
    const returned = encodeURIComponent(`${origin}/sair/govbr/pronto`);
    t.match(await browser.ask('/sair/govbr/concluir'), {
      ...{ status: 303, location: `${provider.at('/logout')}?post_logout_redirect_uri=${returned}` },
    });
    t.match(await browser.see('/sair/govbr/pronto'), { status: 200, text: 'href="/entrar"' });
  });

  await t.test('where it is not configured there is none of it', async (t) => {
    const without = new WalkingBrowser(await consoleScene(t, base));
    const asked = ['/entrar/govbr', '/entrar/govbr/retorno?state=a&code=b', '/sair/govbr/concluir'];
    for (const path of [...asked, '/entrar/govbr/recusado?motivo=sem-conta']) {
      t.match(await without.see(path), { path, status: 404 });
    }
    t.match(await new WalkingBrowser(scene).see('/entrar/govbr/recusado?motivo=x'), { status: 404 });
  });
});
