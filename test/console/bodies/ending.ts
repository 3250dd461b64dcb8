import type { Test } from 'tap';
import { most } from '../../../central/base/access-layer/most.ts';
import { performAct } from '../../../central/service/access/perform.ts';
import { query } from '../../support/bases.ts';
import { browserOf, type ConsoleScene, madePerson } from '../scene.ts';
import { atGrants, centralBody, grantForm, officer, proposalsIn, reason } from './people.ts';

/** A body is renamed, and ended, from the central one; with it ends what its people may. */
export async function ending(t: Test, scene: ConsoleScene): Promise<void> {
  const { body, at, one, other, proposed } = await atGrants(scene);
  const central = await centralBody(scene);
  const { browser } = await officer(scene, central, 'cadastrador-estruturas');
  const own = await officer(scene, body.id, 'cadastrador-estruturas');
  const agent = await browserOf(scene, (await madePerson(scene, body.id, ['agente'])).id);
  t.equal((await own.browser.post(`${at}/estruturas`, { nome: 'Sede', versao: '0' })).status, 303);
  const proposal = await proposed();

  const renamed = { sigla: 'NOVA-SIGLA', nome: 'Nome novo' };
  t.equal((await browser.post(`${at}/nome`, { ...renamed, versao: '0' })).status, 409, 'made before');
  t.equal((await browser.post(`${at}/nome`, { ...renamed, versao: '1' })).status, 303);
  t.equal((await browser.post(`${at}/nome`, { ...renamed, versao: '2' })).status, 422, 'it is so already');
  const second = await atGrants(scene);
  t.match((await browser.post(`${second.at}/nome`, { ...renamed, versao: '0' })).status, 422, 'taken');
  t.equal((await own.browser.post(`${at}/nome`, { ...renamed, versao: '2' })).status, 404, 'by itself');
  const earlier = { sigla: renamed.sigla, nome: 'Outro' };
  t.equal((await browser.post(`${at}/nome`, { sigla: 'OUTRA-SIGLA', nome: 'X', versao: '2' })).status, 303);
  t.equal((await browser.post('/orgaos', earlier)).status, 422, 'what it was called stays its own');
  t.equal((await browser.post(`${second.at}/nome`, { ...earlier, versao: '0' })).status, 422);
  const added = performAct(
    scene.base,
    { act: 'bodyAdd', input: { short: earlier.sigla, name: 'Outro' }, who: 'x' },
    scene.now(),
  );
  await t.rejects(added, { code: 'option-invalid' });
  t.equal(
    (await browser.post(`${at}/nome`, { ...earlier, versao: '3' })).status,
    303,
    'it may have it again',
  );

  const page = await browser.get(`${at}/mudar`);
  t.match(page.text, /2 papéis de 2 pessoas; 1 concessão; 1 proposta de concessão; 1 estrutura/);
  const end = (form: Readonly<Record<string, string>>) => browser.post(`${at}/encerrar`, form);
  t.equal((await end({ motivo: reason })).status, 422, 'it is confirmed');
  t.equal((await end({ confirmo: 'sim', motivo: 'sim' })).status, 422, 'and explained');
  t.equal((await agent.get('/finalidade')).status, 200);
  t.equal((await own.browser.post(`${at}/estruturas`, { nome: 'Anexo', versao: '4' })).status, 303);
  await changedAllDay(scene, body.id);
  t.equal((await own.browser.post(`${at}/estruturas`, { nome: 'Outro', versao: '5' })).status, 422);
  t.equal((await end({ confirmo: 'sim', motivo: reason })).status, 303, 'its own people cannot keep it open');
  t.equal((await end({ confirmo: 'sim', motivo: reason })).status, 404, 'once');

  t.equal((await agent.get('/finalidade')).status, 403, 'the next click');
  t.equal((await own.browser.get(`${at}/estruturas`)).status, 403);
  t.equal((await other.browser.post(proposal, { resposta: 'confirmar', parecer: reason })).status, 404);
  t.match(await proposalsIn(scene, body.id), [{ grant: null }]);
  t.equal((await one.browser.post(`${at}/concessoes`, grantForm)).status, 404);
  const late = await browser.post(`${at}/estruturas`, { nome: 'Outra', versao: '6' });
  t.equal(late.status, 409);
  t.match(late.text, 'Este órgão foi encerrado: nada mais muda nele.');
  t.match((await browser.get(at)).text, 'Este órgão foi encerrado');
  t.match((await browser.get(`${at}/historia`)).text, reason);
  t.equal((await browser.get(`${at}/mudar`)).status, 404);

  const whole = await browser.post(`/orgaos/${central}/encerrar`, {
    ...{ confirmo: 'sim', motivo: reason },
  });
  t.equal(whole.status, 404, 'without the central one nobody looks after the others');
  t.equal((await browser.get('/orgaos')).status, 200);
}

/** As often as a body may be changed on a day. */
async function changedAllDay(scene: ConsoleScene, body: string): Promise<void> {
  await query(
    scene.base,
    `INSERT INTO acesso.estrutura_historia (orgao, feito, quando) SELECT $1, 'body-renamed', $2 FROM generate_series(1, $3)`,
    [body, scene.now(), most.structureChanges.value],
  );
}
