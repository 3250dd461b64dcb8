import type { Test } from 'tap';
import { browserOf, madeBody, madeCase, madePerson } from '../scene.ts';
import { photograph, print } from './pictures.ts';
import { type BrowserScene, openWindow } from './scene.ts';

export async function pagesAreKeptAsPrinted(t: Test, scene: BrowserScene): Promise<void> {
  const body = await madeBody(scene);
  const person = await madePerson(scene, body.id, ['agente']);
  const { session, secret } = await browserOf(scene, person.id, { body: body.id });
  const number = await madeCase(scene, session);
  const { page } = await openWindow(t, scene, secret);
  await page.goto(`/caso/${number}/t/pessoas`);
  const paper = page.getByText(`Aberto por ${person.name}`);
  const navigation = page.getByRole('navigation', { name: 'Páginas', exact: true });
  t.equal(await paper.isVisible(), false, 'on a screen the page says it elsewhere');
  t.equal(await navigation.isVisible(), true);
  await page.emulateMedia({ media: 'print' });
  t.equal(await paper.isVisible(), true, 'by whom, when and why');
  t.equal(await navigation.isVisible(), false);
  t.equal(await page.getByRole('button').count(), 0, 'nothing to click');
  await print(page, 'partes');
  await photograph(page, 'partes-papel');
}
