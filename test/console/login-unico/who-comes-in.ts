import type { Test } from 'tap';
import { blockPerson } from '../../../central/base/access-layer/people.ts';
import type { Role } from '../../../central/console/access/roles.ts';
import { audited, withCheckDigits } from '../scene.ts';
import { changedIn, tablesOf, withoutAudit } from '../untouched.ts';
import { WalkingBrowser } from './browser.ts';
import { type GovbrScene, level } from './govbr-scene.ts';
import { clientId, clientSecret } from './provider.ts';

/** Who comes in by what Login Único says of them, and who does not. */
export async function whoComesIn(t: Test, govbr: GovbrScene): Promise<void> {
  const { base, provider, config, scene, agent, sceneWith, made, accountOf, told, account, enter, refused } =
    govbr;

  await t.test('who has an account comes in, to the page that they asked for', async (t) => {
    account(agent.cpf, { email: 'f@example.org', email_verified: 'true' });
    const browser = new WalkingBrowser(scene);
    const seen = await browser.see('/entrar/govbr?para=%2F%3Fa%3D1');
    t.match(seen, { path: '/?a=1', status: 200, text: agent.name });
    t.match(
      (await audited(scene)).find(({ event }) => event === 'signed-in'),
      { means: 'govbr', person: agent.id, level: 3, factor: true, stage: 'aberta' },
    );
    t.notOk(browser.cookie('__Host-entrada'), 'what was kept for the way is forgotten');
    t.equal((await accountOf(agent.cpf))?.email, 'f@example.org', 'an address that was verified, as a text');
    const token = provider.asked.find(({ path }) => path === '/token');
    const plain = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    t.equal(token?.authorization, `Basic ${plain}`, 'with points and hyphens as they are');

    account(agent.cpf, { email: 'other@example.org', email_verified: 'true' });
    const former = browser.cookie('__Host-guarita');
    await browser.see('/entrar/govbr');
    t.not(browser.cookie('__Host-guarita'), former, 'under another secret each time (ASVS 7.2.4)');
    t.equal((await accountOf(agent.cpf))?.email, 'f@example.org', 'one that is known stays');
    const [ended] = await base.snapshot((questions) =>
      questions.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM acesso.sessao WHERE pessoa = $1 AND fim = 'signed-in-again'`,
        [agent.id],
      ),
    );
    t.equal(ended?.n, 1, 'what the browser had before has ended');

    const other = await made(['agente']);
    account(other.cpf, { email: 'g@example.org', email_verified: 'false' });
    await enter();
    t.equal((await accountOf(other.cpf))?.email, null, 'an address that was not verified is none');
  });

  await t.test('a CPF with its points is the same; what is no CPF is nobody (ASVS 6.8.1)', async (t) => {
    const [, a, b, c, d] = /^(...)(...)(...)(..)$/.exec(agent.cpf) ?? [];
    const points = `${a}.${b}.${c}-${d}`;
    account(points);
    t.match(await enter(), { path: '/', text: agent.name });
    const wrong = `${agent.cpf.slice(0, 10)}${(Number(agent.cpf[10]) + 1) % 10}`;
    for (const sub of [wrong, agent.cpf.slice(1), `0${agent.cpf}`, 'abc', '11111111111', `${agent.cpf}x`]) {
      account(agent.cpf);
      provider.twist = { claims: { sub } };
      await refused(t, await enter(), 'nao-confirmado', 'govbr-untrusted', sub);
    }
    account(agent.cpf);
    provider.twist = { claims: { sub: Number(agent.cpf) } };
    await refused(t, await enter(), 'nao-confirmado', 'govbr-untrusted', 'a number');
  });

  await t.test('who has no account gets none, and is told how to ask for one', async (t) => {
    const cpf = withCheckDigits('123456789');
    account(cpf);
    const seen = await enter();
    await refused(t, seen, 'sem-conta', 'account-unknown');
    t.match(seen.text, 'precisa ser pedido');
    t.match(seen.text, 'href="/sair/govbr/concluir"', 'and may use another account');
    t.equal(await accountOf(cpf), null);
    t.notMatch(JSON.stringify(await told()), cpf);
  });

  await t.test('who is blocked is told so', async (t) => {
    const blocked = await made(['agente']);
    await base.transaction((tx) => blockPerson(tx, blocked.id, 'teste', scene.now()));
    account(blocked.cpf);
    await refused(t, await enter(), 'conta-bloqueada', 'account-blocked');
    t.equal((await told())['person'], blocked.id);
  });

  await t.test('the level of the account has to be that of the roles (ASVS 6.8.4)', async (t) => {
    const scene = await sceneWith(t, { minimumLevels: { ...config.minimumLevels, auditor: 3 } });
    const cases: readonly [Role, string, string | null][] = [
      ['agente', 'bronze', 'nivel-prata'],
      ['agente', 'silver', null],
      ['estatistico', 'bronze', null],
      ['auditor', 'bronze', 'nivel-ouro'],
      ['auditor', 'silver', 'nivel-ouro'],
      ['auditor', 'gold', null],
    ];
    for (const [role, named, reason] of cases) {
      account((await made([role])).cpf, level(named));
      const seen = await enter(undefined, new WalkingBrowser(scene));
      const name = `${role} by ${named}`;
      if (reason === null) t.match(seen, { path: '/', status: 200 }, name);
      else {
        await refused(t, seen, reason, 'govbr-level-low', name);
        t.match(seen.text, reason === 'nivel-ouro' ? 'nível ouro' : 'nível prata', 'and what to do about it');
      }
    }
    const both = await made(['estatistico', 'auditor']);
    account(both.cpf, level('silver'));
    const seen = await enter(undefined, new WalkingBrowser(scene));
    await refused(t, seen, 'nivel-ouro', 'govbr-level-low', 'of several roles the highest');
  });

  await t.test('a level that the token does not say is asked for', async (t) => {
    account(agent.cpf, { reliability_info: undefined });
    await refused(t, await enter(), 'sem-nivel', 'govbr-level-untold', 'nowhere');
    account(agent.cpf, { reliability_info: { level: 'diamond' } });
    await refused(t, await enter(), 'sem-nivel', 'govbr-level-untold', 'one that is not known');
    account(agent.cpf, { reliability_info: undefined });
    provider.account = { ...provider.account, userinfo: level('silver') };
    t.match(await enter(), { path: '/', status: 200 }, 'by the data of the account');

    const scene = await sceneWith(t, { levelsEndpoint: provider.at('/confiabilidades/v3/') });
    const answers: readonly [number, string, string | null][] = [
      [200, '[{"id":"1"},{"id":"2"}]', null],
      [200, '[{"id":3}]', null],
      [200, '[{"id":"1"}]', 'nivel-prata'],
      [200, '[]', 'sem-nivel'],
      [200, '{"id":"3"}', 'sem-nivel'],
      [200, '[null, 3]', 'sem-nivel'],
      [200, '<html>', 'nao-confirmado'],
      [500, '[{"id":"3"}]', 'nao-confirmado'],
    ];
    for (const [status, text, reason] of answers) {
      account(agent.cpf, { reliability_info: undefined });
      provider.instead.set(`/confiabilidades/v3/contas/${agent.cpf}/niveis`, (_request, response) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(text);
      });
      const seen = await enter(undefined, new WalkingBrowser(scene));
      t.equal(
        seen.path,
        reason === null ? '/' : `/entrar/govbr/recusado?motivo=${reason}`,
        `${status} ${text}`,
      );
    }
    t.match(provider.asked.at(-1)?.authorization, /^Bearer ./);
  });

  await t.test(
    'a second factor that was shown there counts, and nothing else does (ASVS 6.8.4)',
    async (t) => {
      const reviewer = await made(['revisor']);
      const cases: readonly [unknown, string][] = [
        [['passwd', 'mfa', 'otp'], '/'],
        [['x509_token'], '/'],
        [['x509'], '/'],
        ['mfa', '/'],
        [['passwd'], '/segundo-fator/novo'],
        ['passwd', '/segundo-fator/novo'],
        [['mfa_maybe'], '/segundo-fator/novo'],
        [[], '/segundo-fator/novo'],
        [{ mfa: true }, '/segundo-fator/novo'],
        [undefined, '/segundo-fator/novo'],
      ];
      for (const [amr, path] of cases) {
        account(reviewer.cpf);
        provider.twist = { claims: { amr } };
        t.equal((await enter()).path, path, JSON.stringify(amr));
      }
      account(agent.cpf, {}, ['passwd']);
      t.match(await enter(), { path: '/', status: 200 }, 'a role without power needs none');
    },
  );

  await t.test('where it cannot be written down nobody comes in, and then they do', async (t) => {
    account(agent.cpf);
    const before = await tablesOf(base);
    const seen = await withoutAudit(base, () => enter());
    t.equal(seen.status, 503);
    t.same(changedIn(before, await tablesOf(base)), []);
    t.match(await enter(), { path: '/', status: 200 });
  });
}
