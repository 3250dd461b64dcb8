import type { Test } from 'tap';
import { views } from '../desk/reviewers.ts';
import { browserOf, madeBody, madeCase, madePerson } from '../scene.ts';
import { type BrowserScene, openWindow } from './scene.ts';

/** Says of two pairs who is who: by keys, then on a small screen without a script, where it is undone again. */
export async function pairsAreReviewed(t: Test, scene: BrowserScene): Promise<void> {
  const body = await madeBody(scene, { views });
  const person = await madePerson(scene, body.id, ['revisor']);
  const { session, secret } = await browserOf(scene, person.id, { body: body.id });
  const start = `/caso/${await madeCase(scene, session)}/vinculacao`;

  await t.test('by keyboard alone', async (t) => {
    const { page, problems } = await openWindow(t, scene, secret);
    await page.goto(start);
    const distinct = page.getByLabel('Não são a mesma pessoa');
    await distinct.focus();
    await page.keyboard.press('Space');
    t.ok(await distinct.isChecked(), 'a key chooses');
    await page.keyboard.press('Tab');
    t.equal(await page.evaluate('document.activeElement.id'), 'fundamento');
    await page.keyboard.type('Parentes');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Gêmeos, pelas fotos');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/vinculacao?depois=*');
    t.match(
      await page.getByRole('status').first().innerText(),
      /Decisão 1 registrada: são pessoas distintas/,
    );
    const before = page.url();
    await page.getByRole('link', { name: 'Pular' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.href !== before);
    t.same(problems, []);
  });

  await t.test('Enter alone decides nothing', async (t) => {
    const { page } = await openWindow(t, scene, secret);
    await page.goto(start);
    await page.getByLabel('Explicação').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('alert').first().waitFor();
    t.match(await page.getByRole('alert').first().innerText(), /Corrija 2 campos/);
  });

  await t.test('without JavaScript, on a small screen, and undone', async (t) => {
    const options = { javaScriptEnabled: false, viewport: { width: 320, height: 640 } };
    const { page, problems } = await openWindow(t, scene, secret, options);
    await page.goto(start);
    await page.getByLabel('Não sei').check();
    await page.getByLabel('Em que se baseia').selectOption('faltam');
    await page.getByRole('button', { name: 'Registrar' }).click();
    await page.getByRole('link', { name: 'Desfazer' }).click();
    t.match(await page.getByRole('heading', { level: 1 }).innerText(), 'Decisão 2');
    await page.getByLabel('Motivo').fill('Respondi ao par errado');
    await page.getByRole('button', { name: 'Desfazer a decisão' }).click();
    await page.getByText('Já foi desfeita.').waitFor();
    t.same(problems, []);
  });
}
