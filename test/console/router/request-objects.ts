import type { Test } from 'tap';
import { query } from '../../support/bases.ts';
import { centralBody, officer } from '../bodies/people.ts';
import { bodyWithAuthority, madeRequest, reason } from '../pre-registration/people.ts';
import type { Browser, ConsoleScene } from '../scene.ts';
import { Visitor } from '../visitor.ts';

type Show = (t: Test) => Promise<unknown>;

const nobody = '00000000-0000-4000-8000-000000000000';
const secret = 'A'.repeat(43);

/**
 * Requests, roles and authorities are of one's own body, and from the central one of all, as bodies without such a person
 * ask for access, too; but not their own. What somebody asked for is theirs, and a link is of the letter that it was in.
 */
export function requestObjects(scene: ConsoleScene): Readonly<Record<string, Show>> {
  const withRole = async (role: 'cadastrador-autorizador' | 'cadastrador-estruturas') => {
    // From the central body whoever registers sees all.
    return officer(scene, await centralBody(scene), role);
  };
  const own = async (upTo: 'authority' | 'approval') => {
    const { cpf, browser } = await withRole('cadastrador-autorizador');
    return { browser, ...(await madeRequest(scene, await bodyWithAuthority(scene), { cpf, upTo })) };
  };
  const notOwn =
    (path: string, upTo: 'authority' | 'approval'): Show =>
    async (t) => {
      const { browser, id } = await own(upTo);
      t.equal((await browser.post(`/pedidos/${id}${path}`, {})).status, 403);
      t.equal((await browser.post(`/pedidos/${nobody}${path}`, {})).status, 404);
    };
  const role = async (browser: Browser) => {
    const sql = 'SELECT p.id FROM acesso.papel p JOIN acesso.sessao s ON s.pessoa = p.pessoa WHERE s.id = $1';
    const [found] = await query<{ id: string }>(scene.base, sql, [browser.session]);
    return found?.id ?? '';
  };
  const noLink =
    (kind: string): Show =>
    async (t) => {
      const visitor = new Visitor(scene);
      t.equal((await visitor.get(`/pedido/${kind}/${secret}`)).status, 404);
    };
  const notSent =
    (kind: string): Show =>
    async (t) => {
      const visitor = new Visitor(scene);
      await bodyWithAuthority(scene);
      const page = await visitor.get('/pedido');
      const path = `/pedido/${kind}/${secret}`;
      const text = page.text.replace('action="/pedido"', `action="${path}"`);
      t.equal((await visitor.send({ ...page, text }, path, {})).status, 404);
    };
  return {
    'GET /pedidos/:id': async (t) => {
      const { browser, id } = await own('approval');
      const shown = await browser.get(`/pedidos/${id}`);
      t.notMatch(shown.text, 'name="decisao"', 'of their own nothing is asked');
      t.equal((await browser.get(`/pedidos/${nobody}`)).status, 404);
    },
    'POST /pedidos/:id': notOwn('', 'approval'),
    'POST /pedidos/:id/documento': notOwn('/documento', 'authority'),
    'POST /pedidos/:id/senha': notOwn('/senha', 'approval'),
    'POST /pedidos/:id/autoridade': async (t) => {
      const { browser } = await withRole('cadastrador-autorizador');
      t.equal((await browser.post(`/pedidos/${nobody}/autoridade`, {})).status, 404);
    },
    'GET /papeis/:id': async (t) => {
      const { browser } = await withRole('cadastrador-autorizador');
      const shown = await browser.get(`/papeis/${await role(browser)}`);
      t.notMatch(shown.text, 'name="motivo"', 'of their own nothing is asked');
      t.notMatch(shown.text, 'name="como"', 'nor a password sent');
      t.equal((await browser.get(`/papeis/${nobody}`)).status, 404);
    },
    'POST /papeis/:id/senha': async (t) => {
      const { browser } = await withRole('cadastrador-autorizador');
      t.equal((await browser.post(`/papeis/${await role(browser)}/senha`, { como: reason })).status, 403);
      t.equal((await browser.post(`/papeis/${nobody}/senha`, { como: reason })).status, 404);
    },
    'POST /papeis/:id': async (t) => {
      const { browser } = await withRole('cadastrador-autorizador');
      t.equal((await browser.post(`/papeis/${await role(browser)}`, { motivo: reason })).status, 403);
      t.equal((await browser.post(`/papeis/${nobody}`, { motivo: reason })).status, 404);
    },
    'GET /orgaos/:id/autoridade': async (t) => {
      const { browser } = await withRole('cadastrador-estruturas');
      t.equal((await browser.get(`/orgaos/${nobody}/autoridade`)).status, 404);
    },
    'POST /orgaos/:id/autoridade': async (t) => {
      const { browser, cpf } = await withRole('cadastrador-estruturas');
      const body = await bodyWithAuthority(scene);
      const form = { nome: 'Eu Mesmo', cargo: 'Chefe', email: 'eu@dpe.exemplo', cpf };
      t.equal((await browser.post(`/orgaos/${body.id}/autoridade`, form)).status, 403);
      t.equal((await browser.post(`/orgaos/${nobody}/autoridade`, form)).status, 404);
    },
    'POST /conta/pedidos': async (t) => {
      const { browser } = await withRole('cadastrador-estruturas');
      const body = await bodyWithAuthority(scene);
      const answer = await browser.post('/conta/pedidos', { orgao: body.id });
      t.equal(answer.status, 400, 'an address that was not confirmed');
    },
    'POST /conta/pedidos/:id': async (t) => {
      const { browser } = await withRole('cadastrador-autorizador');
      const { id } = await madeRequest(scene, await bodyWithAuthority(scene));
      t.equal((await browser.post(`/conta/pedidos/${id}`, {})).status, 404);
    },
    'POST /pedido': async (t) => {
      const visitor = new Visitor(scene, { address: '192.0.2.77' });
      await bodyWithAuthority(scene);
      const answer = await visitor.fill('/pedido', { email: 'a@dpe.exemplo', orgao: nobody });
      t.equal(answer.status, 422);
    },
    'POST /pedido/meu': async (t) => {
      const visitor = new Visitor(scene);
      await visitor.get('/pedido');
      t.equal((await visitor.get('/pedido/meu')).status, 404, 'a browser knows what it was given');
    },
    'GET /pedido/link/:segredo': noLink('link'),
    'POST /pedido/link/:segredo': notSent('link'),
    'GET /pedido/autoridade/:segredo': noLink('autoridade'),
    'POST /pedido/autoridade/:segredo': notSent('autoridade'),
  };
}
