import type { Test } from 'tap';
import { registrars } from '../../../central/base/access-layer/bodies.ts';
import { bodyDays } from '../../../central/console/bodies/milestones.ts';
import { query } from '../../support/bases.ts';
import { browserOf, type ConsoleScene, madePerson } from '../scene.ts';
import { centralBody, grantForm, officer, proposalsIn, reason } from './people.ts';

const day = 24 * 60 * 60_000;
const steps = [
  'Acordo assinado',
  'Cadastradores indicados',
  'Estruturas cadastradas',
  'Concessão em vigor',
  'Primeira pessoa trabalhando',
] as const;

/** A body from its registration to its use: each step is seen from what there is. */
export async function milestones(t: Test, scene: ConsoleScene): Promise<void> {
  const central = await centralBody(scene);
  const editor = await officer(scene, central, 'cadastrador-estruturas');
  const taken = await editor.browser.post('/orgaos', { sigla: 'dpe-zz', nome: 'Defensoria' });
  t.match(taken.location, /^\/orgaos\/[0-9a-f-]{36}\?feito=cadastrado$/);
  t.equal((await editor.browser.post('/orgaos', { sigla: 'DPE-ZZ', nome: 'Outra' })).status, 422);
  t.equal((await editor.browser.post('/orgaos', { sigla: 'dpe zz', nome: '' })).status, 422);
  const [, at = '', id = ''] = /^(\/orgaos\/([0-9a-f-]{36}))/.exec(taken.location ?? '') ?? [];
  /** Which steps are done, by its page. */
  const done = async () => {
    const { text } = await (await browserOf(scene, editor.id)).get(at);
    return steps.filter((name) => {
      const row = text.slice(text.indexOf(name)).split('</tr>', 1)[0] ?? '';
      return row.includes('✓');
    });
  };
  t.strictSame(await done(), []);

  const decider = await officer(scene, central, 'cadastrador-autorizador');
  const other = await officer(scene, central, 'cadastrador-autorizador');
  t.equal((await decider.browser.post(`${at}/concessoes`, grantForm)).status, 303);
  t.strictSame(await done(), steps.slice(0, 1), 'a proposal names the agreement');

  for (const role of registrars.slice(1)) await madePerson(scene, id, [role]);
  t.strictSame(await done(), steps.slice(0, 1), 'one of three is missing');
  const own = await officer(scene, id, registrars[0]);
  t.strictSame(await done(), steps.slice(0, 2));

  t.equal((await own.browser.post(`${at}/estruturas`, { nome: 'Sede', versao: '0' })).status, 303);
  t.strictSame(await done(), steps.slice(0, 3));

  const [proposal] = await proposalsIn(scene, id);
  const confirm = { resposta: 'confirmar', parecer: reason };
  await other.browser.post(`${at}/propostas/${proposal?.id}`, confirm);
  t.strictSame(await done(), steps.slice(0, 4));

  const page = async () => (await (await browserOf(scene, editor.id)).get('/orgaos')).text;
  t.match(await page(), 'Primeira pessoa trabalhando (órgão)');
  scene.clock.pass((bodyDays + 2) * day);
  const agent = await madePerson(scene, id, ['agente']);
  const form = { finalidade: 'execucao-penal', referencia: '0001234-75.2026.8.02.0001' };
  t.equal((await (await browserOf(scene, agent.id)).post('/finalidade', form)).status, 303);
  t.strictSame(await done(), steps, 'nobody marks any of it');
  const { text } = await (await browserOf(scene, editor.id)).get(at);
  t.equal(text.split('fora do prazo').length - 1, 1, 'the last one came late');
  t.match(await page(), '✓ todas cumpridas');

  const sql = 'UPDATE acesso.papel SET encerrado = $2 WHERE orgao = $1';
  await query(scene.base, sql, [id, scene.now()]);
  t.strictSame(await done(), steps, 'what was reached stays reached');
}
