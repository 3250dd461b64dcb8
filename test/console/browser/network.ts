import type { Test } from 'tap';
import { everything } from '../network/grants.ts';
import { beyond, middle, visited } from '../network/people.ts';
import { browserOf, madeBody, madeCase, madePerson } from '../scene.ts';
import { type BrowserScene, openWindow } from './scene.ts';

/** People of the network are those that the listed pages are of, too. */
export async function networkIsExpanded(t: Test, scene: BrowserScene): Promise<void> {
  const body = await madeBody(scene, { ...everything, personQuota: 1000 });
  const person = await madePerson(scene, body.id, ['agente']);
  const { session, secret } = await browserOf(scene, person.id, { body: body.id });
  const number = await madeCase(scene, session);
  const options = { javaScriptEnabled: false, viewport: { width: 320, height: 640 } };
  const { page, problems } = await openWindow(t, scene, secret, options);
  await page.goto(`/caso/${number}/pessoa/${middle.pessoa_id}/rede`);
  const network = page.getByRole('group', { name: 'Rede de JOYCE DA SILVA' });
  await network.getByRole('link', { name: /^Abrir CARLOS/ }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/rede?abrir=${visited.pessoa_id}`);
  await network.getByRole('link', { name: 'SEVERINO BEZERRA' }).waitFor();
  await page.getByRole('link', { name: 'Esconder Mesma cela' }).click();
  await page.waitForURL('**/rede?tipos=*&abrir=*');
  t.equal(await network.getByRole('link', { name: /^ANTÔNIO/ }).count(), 1, 'of the unit still');
  await page.getByText('Período: todo').click();
  await page.getByLabel('Até o dia').fill('31/12/2022');
  await page.getByRole('button', { name: 'Filtrar' }).click();
  await page.waitForURL('**ate=31*');
  t.equal(await network.getByRole('link', { name: /^RITA/ }).count(), 1, 'kinds and days go together');
  await page.goto(`/caso/${number}/pessoa/${middle.pessoa_id}/caminho`);
  await page.getByLabel('Até quem').fill(`${scene.origin}/caso/${number}/pessoa/${beyond.pessoa_id}`);
  await page.keyboard.press('Enter');
  await page.getByText('estão ligados em 3 passos').waitFor();
  t.same(problems, []);
}
