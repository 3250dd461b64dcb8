import type { Test } from 'tap';
import { dayOf, dayText } from '../../../shared/day.ts';
import { query } from '../../support/bases.ts';
import { centralBody, officer } from '../bodies/people.ts';
import { audited, browserOf, type ConsoleScene, madeBody, madePerson } from '../scene.ts';
import { anyCpf, bodyWithAuthority, centralAutorizador, letterTo, linkTo, madeRequest } from './people.ts';

const ate = '30/06/2026';
const approves = { decisao: 'aprovo', ate };

/** Who may not say yes to whom. */
export async function separation(t: Test, scene: ConsoleScene): Promise<void> {
  const body = await bodyWithAuthority(scene);
  const [ana, rui] = [await centralAutorizador(scene), await centralAutorizador(scene)];
  const rolesOfCpf = (cpf: string) =>
    query<{ papel: string }>(
      scene.base,
      `SELECT papel FROM acesso.papel p JOIN acesso.pessoa d ON d.id = p.pessoa WHERE d.cpf = $1 AND p.encerrado IS NULL`,
      [cpf],
    );

  await t.test('nobody decides on their own request, nor records a document for it', async (t) => {
    const { id } = await madeRequest(scene, body, { cpf: ana.cpf });
    t.match((await ana.browser.get(`/pedidos/${id}`)).text, 'O pedido é seu');
    t.equal((await ana.browser.post(`/pedidos/${id}`, approves)).status, 403);
    t.match((await audited(scene, 1)).at(-1), { problem: 'own-doing', person: ana.id });
    const waiting = await madeRequest(scene, body, { cpf: ana.cpf, upTo: 'authority' });
    t.equal((await ana.browser.post(`/pedidos/${waiting.id}/documento`, {})).status, 403);
  });

  await t.test('a role with power takes two, who are not one', async (t) => {
    const { id, cpf } = await madeRequest(scene, body, { role: 'revisor' });
    t.equal((await ana.browser.post(`/pedidos/${id}`, approves)).location, `/pedidos/${id}?feito=meia`);
    t.same(await rolesOfCpf(cpf), []);
    t.equal((await ana.browser.post(`/pedidos/${id}`, approves)).status, 409);
    t.same(await rolesOfCpf(cpf), []);
    t.equal((await rui.browser.post(`/pedidos/${id}`, approves)).location, `/pedidos/${id}?feito=aprovado`);
    t.same(await rolesOfCpf(cpf), [{ papel: 'revisor' }]);
  });

  await t.test('who said yes for the body says it no second time', async (t) => {
    const own = await bodyWithAuthority(scene);
    await scene.base.transaction((tx) =>
      tx.query('UPDATE acesso.autoridade SET cpf = $2 WHERE id = $1', [own.authority.id, ana.cpf]),
    );
    const { id } = await madeRequest(scene, own);
    const answer = await ana.browser.post(`/pedidos/${id}`, approves);
    t.equal(answer.status, 422);
    t.match(answer.text, 'Você responde pelo órgão neste pedido');
    t.equal((await rui.browser.post(`/pedidos/${id}`, approves)).status, 303);
  });

  await t.test('nobody puts themselves into office', async (t) => {
    const registrar = await officer(scene, await centralBody(scene), 'cadastrador-estruturas');
    const { browser } = registrar;
    const elsewhere = await officer(scene, (await madeBody(scene)).id, 'cadastrador-estruturas');
    t.equal((await elsewhere.browser.get(`/orgaos/${body.id}/autoridade`)).status, 404, 'of another body');
    const form = { nome: 'Eu Mesmo', cargo: 'Chefe', email: 'eu@dpe.exemplo', cpf: registrar.cpf };
    t.equal((await browser.post(`/orgaos/${body.id}/autoridade`, form)).status, 403);
    await scene.base.transaction((tx) =>
      tx.query("UPDATE acesso.pessoa SET email = 'Eu@dpe.exemplo' WHERE id = $1", [registrar.id]),
    );
    const other = { ...form, email: 'eu+2@dpe.exemplo', cpf: anyCpf() };
    t.equal(
      (await browser.post(`/orgaos/${body.id}/autoridade`, other)).status,
      403,
      'nor their own mailbox',
    );
  });

  await t.test('who put the authority in office neither decides nor asks', async (t) => {
    const own = await bodyWithAuthority(scene);
    const asker = await madePerson(scene, own.id, ['agente']);
    const appointed = (by: string) =>
      scene.base.transaction((tx) =>
        tx.query('UPDATE acesso.autoridade SET por = $2 WHERE id = $1', [own.authority.id, by]),
      );
    await appointed(ana.id);
    const { id } = await madeRequest(scene, own);
    t.match((await ana.browser.post(`/pedidos/${id}`, approves)).text, 'Você registrou a autoridade');
    await appointed(asker.id);
    const asked = await madeRequest(scene, own, { role: 'estatistico', cpf: asker.cpf });
    t.match(
      (await rui.browser.post(`/pedidos/${asked.id}`, approves)).text,
      'Quem pede registrou a autoridade',
    );
    await appointed(rui.id);
    t.equal((await ana.browser.post(`/pedidos/${asked.id}`, approves)).status, 303);
  });

  await t.test('whoever is told of as another than they are by their mailbox is the same', async (t) => {
    const { id, email } = await madeRequest(scene, body);
    await scene.base.transaction((tx) =>
      tx.query('UPDATE acesso.pessoa SET email = $2 WHERE id = $1', [ana.id, email.toUpperCase()]),
    );
    t.match((await ana.browser.post(`/pedidos/${id}`, approves)).text, 'O pedido é seu');
  });

  await t.test('an approval whose end has passed holds nobody up without a word', async (t) => {
    const { id } = await madeRequest(scene, body, { role: 'revisor' });
    const today = { decisao: 'aprovo', ate: dayText(dayOf(scene.now())) };
    t.equal((await ana.browser.post(`/pedidos/${id}`, today)).status, 303);
    scene.clock.set(scene.clock.now() + 2 * 86_400_000);
    const late = await browserOf(scene, rui.id);
    const answer = await late.post(`/pedidos/${id}`, approves);
    t.equal(answer.status, 422);
    t.match(answer.text, 'A primeira aprovação valia até uma data que já passou');
    scene.clock.set(scene.clock.now() - 2 * 86_400_000);
  });

  await t.test('no auditor is made Autorizador', async (t) => {
    const auditor = await madePerson(scene, body.id, ['auditor']);
    const { id } = await madeRequest(scene, body, { role: 'cadastrador-autorizador', cpf: auditor.cpf });
    const answer = await ana.browser.post(`/pedidos/${id}`, approves);
    t.equal(answer.status, 422);
    t.match(answer.text, 'Esta pessoa tem um papel que ninguém pode ter junto com este');
    t.same(await rolesOfCpf(auditor.cpf), [{ papel: 'auditor' }]);
  });

  await t.test('no role outlives the agreement of who looks at people', async (t) => {
    const day = 86_400_000;
    const short = await bodyWithAuthority(scene, { to: new Date(scene.now().getTime() + 20 * day) });
    const { id, cpf } = await madeRequest(scene, short);
    const far = await ana.browser.post(`/pedidos/${id}`, approves);
    t.match(far.text, 'O papel não pode passar do fim do acordo');
    const page = await ana.browser.get(`/pedidos/${id}`);
    const [, end = ''] = /name="ate"[^>]*value="([^"]*)"/.exec(page.text) ?? [];
    t.equal((await ana.browser.post(`/pedidos/${id}`, { decisao: 'aprovo', ate: end })).status, 303, end);
    t.same(await rolesOfCpf(cpf), [{ papel: 'agente' }]);
    const none = await bodyWithAuthority(scene, null);
    const looking = await madeRequest(scene, none);
    t.match((await ana.browser.post(`/pedidos/${looking.id}`, approves)).text, 'não tem acordo em vigor');
    const figures = await madeRequest(scene, none, { role: 'estatistico' });
    t.equal((await ana.browser.post(`/pedidos/${figures.id}`, approves)).status, 303);
  });

  await t.test('a password goes to no address but the account’s own', async (t) => {
    const known = await madePerson(scene, body.id, ['agente']);
    await scene.base.transaction((tx) =>
      tx.query("UPDATE acesso.pessoa SET email = 'dono@dpe.exemplo' WHERE id = $1", [known.id]),
    );
    const { id, email } = await madeRequest(scene, body, { role: 'estatistico', cpf: known.cpf });
    t.match((await ana.browser.get(`/pedidos/${id}`)).text, 'A conta tem outro e-mail');
    t.equal((await ana.browser.post(`/pedidos/${id}`, approves)).status, 303);
    t.notMatch(await letterTo(scene, email), 'senha provisória:');
    t.equal((await ana.browser.post(`/pedidos/${id}/senha`, {})).status, 409);
    t.same(await query(scene.base, 'SELECT 1 FROM acesso.senha WHERE pessoa = $1', [known.id]), []);
    // Nor does an account without one get that of whoever knows its CPF.
    const bare = await madePerson(scene, body.id, ['agente']);
    const other = await madeRequest(scene, body, { role: 'estatistico', cpf: bare.cpf });
    t.equal((await ana.browser.post(`/pedidos/${other.id}`, approves)).status, 303);
    t.notMatch(await letterTo(scene, other.email), 'senha provisória:');
    t.same(await query(scene.base, 'SELECT email FROM acesso.pessoa WHERE id = $1', [bare.id]), [
      { email: null },
    ]);
  });

  await t.test('a refusal says why, to who asked alone', async (t) => {
    const { id, email } = await madeRequest(scene, body);
    const motivo = 'O setor informado não existe neste órgão hoje.';
    t.equal((await ana.browser.post(`/pedidos/${id}`, { decisao: 'recuso', motivo: 'não' })).status, 422);
    t.equal((await ana.browser.post(`/pedidos/${id}`, { decisao: 'recuso', motivo })).status, 303);
    t.notMatch(await letterTo(scene, email), 'setor');
    t.match(await linkTo(scene, email), '/pedido/link/');
    t.equal((await ana.browser.post(`/pedidos/${id}`, approves)).status, 409);
  });

  await t.test('a signed document stands for the page, and is told by number and code', async (t) => {
    const { id } = await madeRequest(scene, body, { upTo: 'authority' });
    t.equal((await ana.browser.post(`/pedidos/${id}`, approves)).status, 409, 'nobody has said yes yet');
    const document = {
      nup: '08016.001234/2026-11',
      codigo: '1234567',
      assinado: dayText(dayOf(scene.now())),
    };
    const late = await ana.browser.post(`/pedidos/${id}/documento`, { ...document, assinado: '30/12/2030' });
    t.match(late.text, 'Esta data ainda não chegou');
    t.equal((await ana.browser.post(`/pedidos/${id}/documento`, document)).status, 303);
    t.match((await ana.browser.get(`/pedidos/${id}`)).text, '08016.001234/2026-11');
    t.match(await letterTo(scene, body.authority.email), 'Foi registrado um documento assinado');
    const own = await ana.browser.post(`/pedidos/${id}`, approves);
    t.equal(own.status, 422, 'who recorded it says no second word');
    t.match(own.text, 'Você registrou o documento deste pedido');
    t.equal((await rui.browser.post(`/pedidos/${id}`, approves)).status, 303);
  });

  await t.test('a request whose form is empty is nobody’s to see', async (t) => {
    const { id } = await madeRequest(scene, body, { upTo: 'form' });
    t.equal((await ana.browser.get(`/pedidos/${id}`)).status, 404);
    t.equal((await ana.browser.get(`/pedidos/${anyCpf()}`)).status, 404);
  });

  await t.test('a role is ended with its reason, and not by its person', async (t) => {
    const agent = await madePerson(scene, body.id, ['agente']);
    const list = (await ana.browser.get(`/papeis?orgao=${body.id}`)).text;
    t.match(list, agent.name);
    const [role] = await query<{ id: string }>(scene.base, 'SELECT id FROM acesso.papel WHERE pessoa = $1', [
      agent.id,
    ]);
    const motivo = 'Mudou de órgão e não trabalha mais aqui.';
    t.equal((await ana.browser.post(`/papeis/${role?.id}`, { motivo })).status, 303);
    t.same(await rolesOfCpf(agent.cpf), []);
    const [own] = await query<{ id: string }>(scene.base, 'SELECT id FROM acesso.papel WHERE pessoa = $1', [
      ana.id,
    ]);
    t.equal((await ana.browser.post(`/papeis/${own?.id}`, { motivo })).status, 403);
  });
}
