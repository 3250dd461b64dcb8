import type { Test } from 'tap';
import { endBody } from '../../../central/base/access-layer/body-end.ts';
import { unconfirmedDays } from '../../../central/base/access-layer/unconfirmed-requests.ts';
import { putInOffice } from '../../../central/console/body-authority/put-in-office.ts';
import { Tidier } from '../../../central/service/tidier.ts';
import { createLogger } from '../../../shared/log.ts';
import { query } from '../../support/bases.ts';
import { centralBody, officer } from '../bodies/people.ts';
import { browserOf, type ConsoleScene } from '../scene.ts';
import { Visitor } from '../visitor.ts';
import {
  anyCpf,
  askedByPage,
  bodyWithAuthority,
  centralAutorizador,
  formOf,
  letterTo,
  linkTo,
  madeRequest,
  reason,
} from './people.ts';

const hour = 3_600_000;

/** What becomes of a request that nobody goes on with, and of links that are too many or too late. */
export async function deadlines(t: Test, scene: ConsoleScene): Promise<void> {
  const body = await bodyWithAuthority(scene);

  await t.test('a link that was not followed for a day says so, and how to get another', async (t) => {
    const visitor = new Visitor(scene);
    await visitor.fill('/pedido', { email: 'tarde@dpe.exemplo', orgao: body.id });
    const link = await linkTo(scene, 'tarde@dpe.exemplo');
    scene.clock.pass(24 * hour);
    const late = await visitor.get(link);
    t.equal(late.status, 410);
    t.match(late.text, /O link venceu em .*href="\/pedido"/s);
    t.equal((await visitor.fill('/pedido', { email: 'tarde@dpe.exemplo', orgao: body.id })).status, 200);
    t.equal((await visitor.fill(await linkTo(scene, 'tarde@dpe.exemplo'), {})).location, '/pedido/meu');
  });

  await t.test('an address that nobody confirmed goes, and what came further stays', async (t) => {
    const { base, clock } = scene;
    const requests = async (email: string) =>
      (await query(base, 'SELECT 1 FROM acesso.pedido WHERE email = $1', [email])).length;
    const tidy = async () => {
      const timeless = { now: () => clock.now(), after: () => () => undefined };
      const tidier = new Tidier({ base, clock: timeless, log: createLogger('silent', 'test') });
      tidier.start();
      await tidier.settled();
      await tidier.stop();
    };
    const visitor = new Visitor(scene);
    await visitor.fill('/pedido', { email: 'ninguem@dpe.exemplo', orgao: body.id });
    await linkTo(scene, 'ninguem@dpe.exemplo');
    await askedByPage(scene, body, 'alguem@dpe.exemplo');
    clock.pass((unconfirmedDays + 1) * 24 * hour);
    await tidy();
    t.equal(await requests('ninguem@dpe.exemplo'), 1, 'not yet');
    clock.pass(1);
    await tidy();
    t.equal(await requests('ninguem@dpe.exemplo'), 0);
    t.equal(await requests('alguem@dpe.exemplo'), 1, 'confirmed, if not filled in');
    const sql = `DELETE FROM acesso.pedido_passo WHERE pedido IN (SELECT id FROM acesso.pedido WHERE email = $1)`;
    await t.rejects(query(base, sql, ['alguem@dpe.exemplo']), { code: 'base-failed' }, 'by nobody');
  });

  await t.test('a browser forgets a request, which goes on', async (t) => {
    const visitor = await askedByPage(scene, body, 'balcao@dpe.exemplo');
    const page = await visitor.get('/pedido/meu');
    t.match(page.text, 'Esquecer neste navegador');
    t.equal((await visitor.send(page, '/pedido/meu/esquecer', {})).location, '/pedido');
    t.equal((await visitor.get('/pedido/meu')).status, 404);
    await visitor.fill('/pedido', { email: 'balcao@dpe.exemplo', orgao: body.id });
    t.equal((await visitor.fill(await linkTo(scene, 'balcao@dpe.exemplo'), {})).location, '/pedido/meu');
    t.match((await visitor.get('/pedido/meu')).text, 'E-mail confirmado');
  });

  await t.test('a form that was not filled in for 72 hours', async (t) => {
    const visitor = await askedByPage(scene, body, 'forma@dpe.exemplo');
    const page = await visitor.get('/pedido/meu');
    scene.clock.pass(72 * hour);
    t.match((await visitor.get('/pedido/meu')).text, 'O prazo para preencher o formulário terminou');
    t.equal((await visitor.send(page, '/pedido/meu', formOf('agente'))).status, 409);
  });

  await t.test('an authority that does not answer for ten days, and one that left office', async (t) => {
    const visitor = await askedByPage(scene, body, 'chefe@dpe.exemplo');
    await visitor.fill('/pedido/meu', formOf('agente'));
    const link = await linkTo(scene, body.authority.email);
    const registrar = (await officer(scene, await centralBody(scene), 'cadastrador-estruturas')).browser;
    const next = { nome: 'Otávio Reis', cargo: 'Corregedor', email: 'otavio@dpe.exemplo', cpf: anyCpf() };
    t.equal((await registrar.post(`/orgaos/${body.id}/autoridade`, next)).status, 303);
    t.match((await visitor.get(link)).text, 'O órgão tem hoje outra autoridade');
    const history = await registrar.get(`/orgaos/${body.id}/historia`);
    t.match(
      history.text,
      /Autoridade do órgão registrada.*Helena Prado, Defensora-Geral.*Otávio Reis, Corregedor/s,
    );
    const theirs = await linkTo(scene, 'otavio@dpe.exemplo');
    t.match((await visitor.get(theirs)).text, 'Otávio Reis');
    scene.clock.pass(240 * hour);
    t.match((await visitor.get(theirs)).text, 'O link venceu');
    t.match((await visitor.get('/pedido/meu')).text, 'A autoridade do órgão não respondeu');
  });

  await t.test('a body that ended takes no yes, and has no authority', async (t) => {
    const other = await bodyWithAuthority(scene);
    const visitor = await askedByPage(scene, other, 'fim@dpe.exemplo');
    const late = await askedByPage(scene, other, 'fim-depois@dpe.exemplo');
    await visitor.fill('/pedido/meu', formOf('agente'));
    const link = await linkTo(scene, other.authority.email);
    const opened = new Visitor(scene);
    const page = await opened.get(link);
    await scene.base.transaction((tx) =>
      endBody(tx, { body: other.id, by: null, reason: 'Fim do acordo.' }, scene.now()),
    );
    const answer = { decisao: 'autorizo', texto: reason };
    t.match(await opened.send(page, link, answer), { status: 410, text: 'O órgão foi encerrado' });
    t.match((await late.fill('/pedido/meu', formOf('agente'))).status, 422);
    const put = { name: 'X', office: 'Y', cpf: anyCpf(), email: 'x@x.exemplo', body: other.id, by: null };
    t.equal(await scene.base.transaction((tx) => putInOffice(tx, put, scene.now())), 'ended');
  });

  await t.test('a password that ran out is sent again', async (t) => {
    const other = await bodyWithAuthority(scene);
    const request = await madeRequest(scene, other);
    const autorizador = (await centralAutorizador(scene)).id;
    const at = `/pedidos/${request.id}`;
    const ate = '30/06/2026';
    t.equal((await (await browserOf(scene, autorizador)).post(at, { decisao: 'aprovo', ate })).status, 303);
    const first = await letterTo(scene, request.email);
    scene.clock.pass(25 * hour);
    const browser = await browserOf(scene, autorizador);
    t.match((await browser.get(at)).text, 'Senha provisória vencida');
    t.equal((await browser.post(`${at}/senha`, {})).location, `${at}?feito=senha`);
    const second = await letterTo(scene, request.email);
    t.match(second, 'A sua senha provisória');
    t.not(second, first);
    for (let sent = 1; sent < 5; sent += 1) {
      t.equal((await browser.post(`${at}/senha`, {})).location, `${at}?feito=senha`);
      await letterTo(scene, request.email);
    }
    const more = await browser.post(`${at}/senha`, {});
    t.equal(more.location, `${at}?feito=senhas`, 'five in a day');
    t.match((await browser.get(more.location ?? '')).text, 'Já foram cinco senhas');
  });

  await t.test('a mailbox is one, however its address is written', async (t) => {
    const visitor = new Visitor(scene);
    const ways = ['Uma@dpe.exemplo', 'uma@dpe.exemplo', ...[1, 2, 3, 4].map((n) => `uma+${n}@dpe.exemplo`)];
    for (const email of ways) {
      t.equal((await visitor.fill('/pedido', { email, orgao: body.id })).status, 200);
      scene.clock.pass(hour);
    }
    t.same(
      await query(
        scene.base,
        `SELECT count(*)::int AS n FROM acesso.carta_pedida c JOIN acesso.pedido p ON p.id = c.sobre
          WHERE c.tipo = 'request-link' AND lower(p.email) LIKE 'uma%'`,
      ),
      [{ n: 5 }],
    );
  });

  await t.test('so many links in a day, and so many tries', async (t) => {
    const email = 'muitos@dpe.exemplo';
    for (const address of [1, 2, 3, 4, 5, 6]) {
      const visitor = new Visitor(scene, { address: `192.0.2.${address}` });
      t.equal((await visitor.fill('/pedido', { email, orgao: body.id })).status, 200);
      await letterTo(scene, email);
    }
    const sent = await query(scene.base, 'SELECT 1 FROM correio.carta WHERE para = $1', [email]);
    t.equal(sent.length, 5);
    const more = await new Visitor(scene).fill('/pedido', { email, orgao: body.id });
    t.equal(more.status, 429);
    t.match(more.text, 'Houve pedidos demais');
  });
}
