import type { Test } from 'tap';
import { setAuthority } from '../../../central/base/access-layer/authorities.ts';
import { blockPerson } from '../../../central/base/access-layer/people.ts';
import { endRole, rolesOf } from '../../../central/base/access-layer/roles.ts';
import { query } from '../../support/bases.ts';
import { blockRead, madeIdle } from '../due.ts';
import type { ConsoleScene } from '../scene.ts';
import { anyCpf, bodyWithAuthority, centralAutorizador, madeRequest } from './people.ts';

const approves = { decisao: 'aprovo', ate: '30/06/2026' };

/** A word counts as long as who said it could say it; and people are told apart by their CPF and by their mailbox. */
export async function stillCounts(t: Test, scene: ConsoleScene): Promise<void> {
  const [ana, rui] = [await centralAutorizador(scene), await centralAutorizador(scene)];
  const mailed = (id: string, email: string) =>
    scene.base.transaction((tx) =>
      tx.query('UPDATE acesso.pessoa SET email = $2 WHERE id = $1', [id, email]),
    );
  const given = (cpf: string) =>
    query(
      scene.base,
      'SELECT FROM acesso.papel p JOIN acesso.pessoa d ON d.id = p.pessoa WHERE d.cpf = $1 AND p.encerrado IS NULL',
      [cpf],
    );

  for (const loss of ['the role', 'the account'] as const) {
    await t.test(`who approved first and lost ${loss}`, async (t) => {
      const first = await centralAutorizador(scene);
      const { id, cpf } = await madeRequest(scene, await bodyWithAuthority(scene), { role: 'revisor' });
      t.equal((await first.browser.post(`/pedidos/${id}`, approves)).location, `/pedidos/${id}?feito=meia`);
      await scene.base.transaction(async (tx) => {
        if (loss === 'the account') await blockPerson(tx, first.id, 'sob apuração', scene.now());
        else for (const role of await rolesOf(tx, first.id)) await endRole(tx, role.id, null, scene.now());
      });
      const answer = await rui.browser.post(`/pedidos/${id}`, approves);
      t.equal(answer.status, 422);
      t.match(answer.text, 'Quem aprovou primeiro já não pode aprovar');
      t.same(await given(cpf), []);
      const refuses = { decisao: 'recuso', motivo: 'Quem aprovou primeiro saiu do órgão.' };
      t.equal((await rui.browser.post(`/pedidos/${id}`, refuses)).status, 303);
    });
  }

  await t.test('an authority that was replaced', async (t) => {
    const body = await bodyWithAuthority(scene);
    const { id, cpf } = await madeRequest(scene, body);
    const other = { name: 'Otávio Reis', office: 'Chefe', email: 'o@dpe.exemplo', cpf: anyCpf() };
    await scene.base.transaction((tx) =>
      setAuthority(tx, { ...other, body: body.id, by: null }, scene.now()),
    );
    const answer = await rui.browser.post(`/pedidos/${id}`, approves);
    t.match(answer.text, 'Quem autorizou já não é a autoridade do órgão');
    t.same(await given(cpf), []);
  });

  await t.test('an account that was forgotten is not open again by a new role', async (t) => {
    const body = await bodyWithAuthority(scene);
    const idle = await madeIdle(scene, body.id);
    const { id } = await madeRequest(scene, body, { role: 'estatistico', cpf: idle.cpf });
    t.match((await rui.browser.post(`/pedidos/${id}`, approves)).text, 'Resolva o bloqueio antes');
    t.equal((await given(idle.cpf)).length, 1, 'which it had');
    const desde = await blockRead(rui.browser, idle.id);
    await rui.browser.post(`/bloqueadas/${idle.id}`, { motivo: 'Conferi com a chefia dela.', desde });
    t.equal((await rui.browser.post(`/pedidos/${id}`, approves)).status, 303);
  });

  await t.test('the authority by its mailbox', async (t) => {
    const body = await bodyWithAuthority(scene);
    const { id } = await madeRequest(scene, body);
    await mailed(ana.id, body.authority.email.replace('@', '+eu@').toUpperCase());
    t.match((await ana.browser.post(`/pedidos/${id}`, approves)).text, 'Você responde pelo órgão');
    t.equal((await rui.browser.post(`/pedidos/${id}`, approves)).status, 303);
  });

  await t.test('who put the authority in office, by their mailbox', async (t) => {
    const body = await bodyWithAuthority(scene);
    const registrar = await centralAutorizador(scene);
    await mailed(registrar.id, 'cadastra@dpe.exemplo');
    await scene.base.transaction((tx) =>
      tx.query('UPDATE acesso.autoridade SET por = $2 WHERE id = $1', [body.authority.id, registrar.id]),
    );
    const { id } = await madeRequest(scene, body);
    await mailed(ana.id, 'Cadastra+2@dpe.exemplo');
    t.match((await ana.browser.post(`/pedidos/${id}`, approves)).text, 'Você registrou a autoridade');
    await scene.base.transaction((tx) =>
      tx.query("UPDATE acesso.pedido SET email = 'cadastra+3@dpe.exemplo' WHERE id = $1", [id]),
    );
    t.match((await rui.browser.post(`/pedidos/${id}`, approves)).text, 'Quem pede registrou a autoridade');
  });

  await t.test('a document or a password for one’s own mailbox', async (t) => {
    const body = await bodyWithAuthority(scene);
    const { id, email } = await madeRequest(scene, body, { upTo: 'authority' });
    await mailed(ana.id, email.toUpperCase());
    t.equal((await ana.browser.post(`/pedidos/${id}/documento`, {})).status, 403);
    t.equal((await ana.browser.post(`/pedidos/${id}/senha`, {})).status, 403);
  });
}
