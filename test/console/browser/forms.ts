import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { browserOf, madeBody, madePerson } from '../scene.ts';
import { violationsIn } from './axe.ts';
import { photograph } from './pictures.ts';
import { type BrowserScene, openWindow } from './scene.ts';

const hasFocus = (page: Page) => page.evaluate<string>('document.activeElement.id');

export async function formsAreSent(t: Test, scene: BrowserScene): Promise<void> {
  const body = await madeBody(scene);
  const person = await madePerson(scene, body.id, ['agente']);
  const { secret } = await browserOf(scene, person.id, { body: body.id });

  await t.test('by keyboard alone', async (t) => {
    const { page, problems } = await openWindow(t, scene, secret);
    await page.goto('/t/formulario');
    await page.keyboard.press('Tab');
    t.equal(await page.evaluate('document.activeElement.textContent'), 'Ir para o conteúdo');
    await page.keyboard.press('Enter');
    t.equal(await hasFocus(page), 'conteudo');
    await page.keyboard.press('Tab');
    t.equal(await hasFocus(page), 'nome', 'the first field comes next');
    await page.keyboard.type("Ana D'Ávila <b>");
    await page.keyboard.press('Tab');
    await page.keyboard.type('segredo');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    t.match(await page.getByRole('alert').innerText(), /Corrija 3 campos/);
    t.equal(await page.evaluate('document.activeElement.className'), 'corrigir', 'it is where one begins');
    t.equal(await page.getByLabel('Nome').inputValue(), "Ana D'Ávila <b>", 'what was typed is there');
    t.equal(await page.getByLabel('Senha').inputValue(), '', 'a password is not');
    t.same(await violationsIn(page), []);
    await photograph(page, 'formulario-erros-1280');
    await page.getByRole('link', { name: 'Escolha o estado.' }).focus();
    await page.keyboard.press('Enter');
    t.equal(await hasFocus(page), 'uf', 'the summary leads to the field');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    t.equal(await hasFocus(page), 'aceito');
    await page.keyboard.press('Space');
    await page.getByLabel('Senha').focus();
    await page.keyboard.type('segredo');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/t/formulario?feito=1');
    t.match(await page.getByRole('status').innerText(), 'Tudo certo.');
    t.same(problems, []);
  });

  await t.test('without JavaScript', async (t) => {
    const options = { javaScriptEnabled: false, viewport: { width: 320, height: 640 } };
    const { page, problems } = await openWindow(t, scene, secret, options);
    await page.goto('/t/formulario');
    await page.getByRole('button', { name: 'Enviar' }).click();
    t.match(await page.getByRole('alert').innerText(), /Corrija 5 campos/);
    await photograph(page, 'formulario-erros-320');
    await page.getByLabel('Nome').fill('Ana');
    await page.getByLabel('Senha').fill('segredo');
    await page.getByLabel('Estado').selectOption('al');
    await page.getByLabel('Processo').check();
    await page.getByLabel('Li o aviso').check();
    await page.getByRole('button', { name: 'Enviar' }).click();
    await page.waitForURL('**/t/formulario?feito=1');
    await page.goto('/auditoria/t/partes');
    t.equal(await page.getByRole('button', { name: 'Imprimir' }).count(), 0, 'no button that does nothing');
    t.same(problems, []);
  });

  await t.test('clicked again while it is on its way it is sent once', async (t) => {
    const { page } = await openWindow(t, scene, secret);
    await page.goto('/t/formulario');
    // As a click does it, but that nothing leaves: true where it would have been sent.
    const send = `document.querySelector('.formulario').dispatchEvent(
      new Event('submit', { bubbles: true, cancelable: true }),
    )`;
    t.same(await page.evaluate(`[${send}, ${send}, ${send}]`), [true, false, false]);
    await page.evaluate(`dispatchEvent(new PageTransitionEvent('pageshow'))`);
    t.equal(await page.evaluate(send), true, 'who comes back sends it again');
  });
}
