import type { Test } from 'tap';
import { performAct } from '../../../central/service/access/perform.ts';
import { query } from '../../support/bases.ts';
import { centralBody, officer } from '../bodies/people.ts';
import { blockRead, madeDue, madeIdle } from '../due.ts';
import { browserOf, type ConsoleScene, madeBody, madePerson } from '../scene.ts';
import { anyCpf, bodyWithAuthority, madeRequest, withEmail } from './people.ts';

const motivo = 'Conferi com a chefia: segue na equipe.';

/** Who lets people into a body decides about that one; from the central one about all, and about itself from there alone. */
export async function ownBody(t: Test, scene: ConsoleScene): Promise<void> {
  const central = await centralBody(scene);
  const small = await bodyWithAuthority(scene);
  const ana = await officer(scene, small.id, 'cadastrador-autorizador');
  const rui = await officer(scene, central, 'cadastrador-autorizador');
  const roleOf = async (person: string) =>
    (await query<{ id: string }>(scene.base, 'SELECT id FROM acesso.papel WHERE pessoa = $1', [person]))[0]
      ?.id ?? '';

  await t.test('a request of another body is none', async (t) => {
    const other = await bodyWithAuthority(scene);
    const { id } = await madeRequest(scene, other);
    const waiting = await madeRequest(scene, other, { upTo: 'authority' });
    t.notMatch((await ana.browser.get('/pedidos')).text, id);
    t.equal((await ana.browser.get(`/pedidos/${id}`)).status, 404);
    const approves = { decisao: 'aprovo', ate: '30/06/2026' };
    t.equal((await ana.browser.post(`/pedidos/${id}`, approves)).status, 404);
    const document = { nup: '08016.001234/2026-11', codigo: '1234567', assinado: '30/12/2025' };
    t.equal((await ana.browser.post(`/pedidos/${waiting.id}/documento`, document)).status, 404);
    t.equal((await ana.browser.post(`/pedidos/${waiting.id}/autoridade`, {})).status, 404);
    const own = await madeRequest(scene, small);
    t.match((await ana.browser.get('/pedidos')).text, own.id);
    t.equal((await ana.browser.post(`/pedidos/${own.id}`, approves)).status, 303, 'their own');
    t.match((await rui.browser.get('/pedidos')).text, id);
    t.equal((await rui.browser.post(`/pedidos/${id}`, approves)).status, 303, 'from the central body');
  });

  await t.test('nor are its roles: they are not listed, ended or looked at anew', async (t) => {
    const due = await madeDue(scene, central, 'agente');
    t.notMatch((await ana.browser.get(`/papeis?orgao=${central}`)).text, rui.name);
    t.equal((await ana.browser.get(`/papeis/${due.role}`)).status, 404);
    t.equal((await ana.browser.post(`/papeis/${due.role}`, { motivo })).status, 404);
    t.equal((await ana.browser.post(`/papeis/${due.role}/senha`, { como: motivo })).status, 404);
    t.notMatch((await ana.browser.get('/recertificacao')).text, due.role);
    const said = { decisao: 'encerrar', motivo };
    t.equal((await ana.browser.post(`/recertificacao/${due.role}`, said)).status, 404);
    t.equal((await rui.browser.post(`/recertificacao/${due.role}`, said)).status, 303);
    const theirs = await madePerson(scene, small.id, ['agente']);
    t.match((await rui.browser.get(`/papeis?orgao=${small.id}`)).text, theirs.name);
    t.equal((await rui.browser.post(`/papeis/${await roleOf(theirs.id)}`, { motivo })).status, 303);
  });

  await t.test('the account of who works in the central body is looked after from there', async (t) => {
    const both = await withEmail(scene, small.id);
    await scene.base.transaction((tx) =>
      tx.query(
        `INSERT INTO acesso.papel (id, pessoa, orgao, papel, desde, ate)
         VALUES (gen_random_uuid(), $1, $2, 'agente', $3, $4)`,
        [both.id, central, scene.now(), new Date(scene.now().getTime() + 86_400_000)],
      ),
    );
    t.match((await ana.browser.get(`/papeis/${both.role}`)).text, 'também tem papel no órgão central');
    const path = `/papeis/${both.role}/senha`;
    t.equal((await ana.browser.post(path, { como: motivo })).status, 409);
    t.equal((await rui.browser.post(path, { como: motivo })).status, 303);
  });

  await t.test('whom the central body blocked is let in from there', async (t) => {
    const agent = await madePerson(scene, small.id, ['agente']);
    const reason = 'sob apuração';
    await performAct(scene.base, { act: 'block', input: { cpf: agent.cpf, reason }, who: 'x' }, scene.now());
    t.notMatch((await ana.browser.get('/bloqueadas')).text, agent.id);
    t.equal((await ana.browser.get(`/bloqueadas/${agent.id}`)).status, 404);
    const desde = await blockRead(rui.browser, agent.id);
    t.equal((await ana.browser.post(`/bloqueadas/${agent.id}`, { motivo, desde })).status, 404);
    t.equal((await rui.browser.post(`/bloqueadas/${agent.id}`, { motivo, desde })).status, 303);
    const idle = await madeIdle(scene, (await madeBody(scene)).id);
    t.equal((await ana.browser.get(`/bloqueadas/${idle.id}`)).status, 404, 'of another body');
    const own = await madeIdle(scene, small.id);
    const read = await blockRead(ana.browser, own.id);
    t.equal((await ana.browser.post(`/bloqueadas/${own.id}`, { motivo, desde: read })).status, 303);
  });

  await t.test('a document of before the request is of another one', async (t) => {
    const { id } = await madeRequest(scene, small, { cpf: anyCpf(), upTo: 'authority' });
    const document = { nup: '08016.001234/2026-11', codigo: '1234567', assinado: '01/01/2020' };
    const answer = await (await browserOf(scene, ana.id)).post(`/pedidos/${id}/documento`, document);
    t.equal(answer.status, 422);
    t.match(answer.text, 'O documento é de antes do pedido');
  });
}
