import type { Test } from 'tap';
import { endGrant } from '../../../central/base/access-layer/grants.ts';
import type { Base } from '../../../central/base/base.ts';
import { type Role, roles } from '../../../central/console/access/roles.ts';
import { browserOf, consoleScene, madeBody, madePerson } from '../scene.ts';
import { forgetStates, States } from './scene.ts';

export async function whoSeesStates(t: Test, base: Base): Promise<void> {
  const scene = await consoleScene(t, base);
  const s = new States(t, base);
  for (const uf of ['AL', 'RO']) {
    s.enrols(uf);
    await s.collects(uf);
  }
  const refs = { AL: s.loses('AL'), RO: s.loses('RO', 151) };
  await s.shows();

  await t.test('operators alone', async (t) => {
    const body = await madeBody(scene);
    for (const role of Object.keys(roles) as Role[]) {
      const { id } = await madePerson(scene, body.id, [role]);
      const browser = await browserOf(scene, id);
      for (const path of ['/estados', '/estados/AL', `/estados/AL/decisoes/${refs.AL}`]) {
        t.equal((await browser.get(path)).status, role === 'operador' ? 200 : 403, `${role} ${path}`);
      }
      t.equal((await browser.get('/')).text.includes('href="/estados"'), role === 'operador', role);
    }
  });

  await t.test('a state is told of itself, and does not decide about itself', async (t) => {
    const body = await madeBody(scene, { states: ['AL'] });
    const { id } = await madePerson(scene, body.id, ['operador']);
    const browser = await browserOf(scene, id);
    const list = await browser.get('/estados');
    t.match(list.text, /Alagoas \(AL\)/);
    t.notMatch(list.text, /Rondônia|Acre/);
    t.match(list.text, /Crítico: 1/, 'nor counted');
    t.equal([...list.text.matchAll(/<a href="\/estados\/[A-Z]{2}" aria-label/g)].length, 1);
    for (const path of ['/estados/RO', `/estados/RO/decisoes/${refs.RO}`, '/estados/AC']) {
      t.equal((await browser.get(path)).status, 403, path);
    }
    t.equal((await browser.get(`/estados/AL/decisoes/${refs.RO}`)).status, 404, 'nor by another way');
    const doubt = await browser.get(`/estados/AL/decisoes/${refs.AL}`);
    t.match(doubt.text, /Quem decide é a SENAPPEN/);
    t.notMatch(doubt.text, /name="resposta"/);
    const said = { resposta: 'accepted', motivo: 'O estado confirmou por telefone agora.' };
    t.equal((await browser.post(`/estados/AL/decisoes/${refs.AL}`, said)).status, 403);

    await base.transaction((tx) => endGrant(tx, body.grant, scene.now()));
    const after = await browser.get('/estados');
    t.match(after.text, /Nenhum acordo do seu órgão está em vigor/);
    t.notMatch(after.text, /Alagoas/, 'an end takes away, and gives nothing');
    t.equal((await browser.get('/estados/AL')).status, 403);
  });
  await s.publisher.close();
  await forgetStates(base);
}
