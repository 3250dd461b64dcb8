import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { browserOf } from '../scene.ts';
import type { FlowScene } from './scene.ts';
import { enter, madeMember, password } from './sign-in.ts';
import { type Way, walk } from './walk.ts';

const form = '/finalidade/emergencia';
const reason = (what: string) => `Preciso saber onde está a pessoa ${what}, que corre risco de vida.`;

/** How a form goes, whatever people do with it. */
export async function formsGoWell(t: Test, scene: FlowScene): Promise<void> {
  const agent = await madeMember(scene, ['agente']);
  const opened = async () => {
    const { secret } = await browserOf(scene, agent.id, { body: agent.body.id });
    return secret;
  };
  const declared = async (what: string) => {
    const rows = await scene.base.snapshot((questions) =>
      questions.query('SELECT 1 FROM acesso.emergencia WHERE motivo = $1', [reason(what)]),
    );
    return rows.length;
  };
  const emergency = async (page: Page, what: string) => {
    await page.goto(form);
    await page.getByLabel('O que aconteceu').fill(reason(what));
    await page.getByLabel('Finalidade', { exact: true }).selectOption('investigacao');
  };

  await t.test('a button clicked twice sends once', async (t) => {
    const { page } = await walk(t, scene, { name: 'fluxo-clique', width: 1280, secret: await opened() });
    await emergency(page, 'com pressa');
    let sent = 0;
    page.on('request', (request) => {
      if (request.method() === 'POST') sent += 1;
    });
    await page.getByRole('button', { name: 'Declarar emergência' }).dblclick();
    await page.waitForURL(/\/caso\/\d+$/);
    t.equal(sent, 1);
    t.equal(await declared('com pressa'), 1);
  });

  await t.test('without a script, clicked twice and sent from two tabs, it is done once', async (t) => {
    const way: Way = { name: 'fluxo-clique', width: 320, hasScript: false, secret: await opened() };
    const here = await walk(t, scene, way);
    const other = await here.tab();
    await emergency(here.page, 'sem script');
    await emergency(other, 'sem script');
    const button = { name: 'Declarar emergência' };
    await here.page.getByRole('button', button).dblclick();
    await here.page.waitForURL(/\/caso\/\d+$/);
    await other.getByRole('button', button).click();
    await other.waitForURL(here.page.url());
    t.equal(await declared('sem script'), 1);
  });

  await t.test('after signing out in another tab it is told what to do', async (t) => {
    const here = await walk(t, scene, { name: 'fluxo-fora', width: 1280, secret: await opened() });
    const { page, look } = here;
    await emergency(page, 'fora');
    const other = await here.tab();
    await other.goto('/');
    await other.getByRole('button', { name: 'Sair' }).click();
    await other.getByText('Você saiu.').waitFor();
    await here.press('Declarar emergência');
    await page.getByRole('heading', { name: 'É preciso entrar.' }).waitFor();
    await look('saiu');
    await page.getByRole('link', { name: 'Entrar' }).click();
    await enter(here, agent.cpf, password);
    await page.getByRole('heading', { name: 'Início' }).waitFor();

    await emergency(page, 'fora');
    await other.goto('/');
    await other.getByRole('button', { name: 'Sair' }).click();
    await other.getByLabel('CPF').fill(agent.cpf);
    await other.getByLabel('Senha').fill(password);
    await other.getByRole('button', { name: 'Entrar' }).click();
    await other.getByRole('heading', { name: 'Início' }).waitFor();
    await here.press('Declarar emergência');
    await page.getByRole('heading', { name: 'O formulário não é desta sessão.' }).waitFor();
    await look('outra-sessao');
    t.equal(await declared('fora'), 0);
  });

  await t.test('one that ran out while a page was open', async (t) => {
    const { page, press, look } = await walk(t, scene, {
      ...{ name: 'fluxo-demora', width: 320, secret: await opened() },
    });
    await emergency(page, 'demora');
    scene.clock.pass(31 * 60_000);
    await press('Declarar emergência');
    await page.getByRole('heading', { name: 'A sessão terminou.' }).waitFor();
    await look('terminou');
  });

  await t.test('a form of 2 MB', async (t) => {
    const { page, press, look, problems } = await walk(t, scene, {
      ...{ name: 'fluxo-grande', width: 1280, secret: await opened() },
    });
    await emergency(page, 'grande');
    // More than the field lets anybody type.
    await page.evaluate(`document.getElementById('motivo').value = 'x'.repeat(2_000_000)`);
    await press('Declarar emergência');
    await page.getByRole('heading', { name: 'O formulário é grande demais.' }).waitFor();
    await look('grande');
    t.same(problems, []);
  });
}
