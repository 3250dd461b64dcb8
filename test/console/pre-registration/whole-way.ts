import type { Test } from 'tap';
import { Edited } from '../bodies/people.ts';
import type { ConsoleScene } from '../scene.ts';
import { changedIn, tablesOf } from '../untouched.ts';
import { Visitor } from '../visitor.ts';
import { anyCpf, bodyWithAuthority, centralAutorizador, formOf, letterTo, linkTo, reason } from './people.ts';

/** From an address of mail to the first sign-in, page by page and letter by letter. */
export async function wholeWay(t: Test, scene: ConsoleScene): Promise<void> {
  const body = await bodyWithAuthority(scene);
  const [typed, email] = ['Maria.Souza+guarita@DPE-AL.Exemplo', 'Maria.Souza+guarita@dpe-al.exemplo'];
  const maria = new Visitor(scene);
  const first = await maria.fill('/pedido', { email: typed, orgao: body.id });
  t.equal(first.status, 200);
  const link = await linkTo(scene, email);
  const again = await new Visitor(scene).fill('/pedido', { email: typed, orgao: body.id });
  t.equal(again.text, first.text, 'an address that is known is told no otherwise');

  await t.test('a link that is only opened does nothing', async (t) => {
    const before = await tablesOf(scene.base);
    const scanner = new Visitor(scene);
    for (const _ of [1, 2]) t.match((await scanner.get(link)).text, 'Confirmar e continuar');
    t.same(changedIn(before, await tablesOf(scene.base)), []);
    t.equal((await scanner.get(`${link.slice(0, -3)}abc`)).status, 404);
    t.equal((await scanner.get('/pedido/meu')).status, 404);
  });

  await t.test('it is of use once, in whichever browser', async (t) => {
    t.equal((await maria.fill(link, {})).location, '/pedido/meu');
    t.match((await maria.get('/pedido/meu')).text, /Preencha o formulário.*Prazo: /s);
    const closed = await Edited.made(scene);
    await closed.structure('Núcleo que não recebe pedidos');
    const asked = await maria.get(`/pedido/meu?orgao=${closed.body}`);
    t.notMatch(asked.text, 'Núcleo que não recebe pedidos', 'nothing of a body that takes none');
    const other = new Visitor(scene);
    const used = await other.get(link);
    t.equal(used.status, 410);
    t.match(used.text, 'já foi usado');
    const second = await linkTo(scene, email);
    t.not(second, link);
    t.equal((await other.fill(second, {})).location, '/pedido/meu', 'another link, another browser');
    t.match((await other.get('/pedido/meu')).text, 'Formulário');
  });

  const cpf = anyCpf();
  await t.test('the form', async (t) => {
    const faulty = await maria.fill('/pedido/meu', { ...formOf('agente', '123'), motivo: 'sim' });
    t.equal(faulty.status, 422);
    t.match(faulty.text, 'Corrija 2 campos');
    const own = await maria.fill('/pedido/meu', formOf('agente', body.authority.cpf));
    t.match(own.text, 'ninguém autoriza a si mesmo');
    t.equal((await maria.fill('/pedido/meu', formOf('agente', cpf))).location, '/pedido/meu');
    t.match((await maria.get('/pedido/meu')).text, /A autoridade do órgão precisa autorizar.*Prazo: /s);
  });

  await t.test('who answers for the body says yes, in writing', async (t) => {
    const letter = (await letterTo(scene, body.authority.email)) ?? '';
    t.notMatch(letter, 'Maria');
    t.notMatch(letter, email);
    const path = await linkTo(scene, body.authority.email);
    const authority = new Visitor(scene);
    const page = await authority.get(path);
    t.match(page.text, 'Maria de Souza');
    t.notMatch(page.text, cpf);
    t.equal((await authority.send(page, path, { decisao: 'autorizo', texto: 'ok' })).status, 422);
    const texto = 'Autorizo, porque trabalha no núcleo de execução penal.';
    const done = await authority.send(page, path, { decisao: 'autorizo', texto });
    t.match(done.text, 'Decisão registrada');
    t.match((await authority.get(path)).text, 'já foi usado');
    t.match(
      (await maria.get('/pedido/meu')).text,
      /Um Cadastrador Autorizador precisa aprovar.*Helena Prado/s,
    );
  });

  await t.test('an Autorizador approves, and a password comes by mail', async (t) => {
    const { browser } = await centralAutorizador(scene);
    const [, path = ''] =
      /href="(\/pedidos\/[0-9a-f-]{36})">Maria/.exec((await browser.get('/pedidos')).text) ?? [];
    const page = await browser.get(path);
    t.match(page.text, 'name="ate"');
    const [, ate = ''] = /name="ate"[^>]*value="([^"]*)"/.exec(page.text) ?? [];
    const approved = await browser.post(path, { decisao: 'aprovo', ate });
    t.equal(approved.location, `${path}?feito=aprovado`);
    t.equal((await browser.post(path, { decisao: 'aprovo', ate })).status, 409, 'once');
    const [, password = ''] =
      /^([a-z2-9]{4}(?:-[a-z2-9]{4}){3})$/m.exec((await letterTo(scene, email)) ?? '') ?? [];
    t.match((await maria.get('/pedido/meu')).text, 'Entre com a senha provisória');
    const entered = await maria.enter(cpf, password);
    t.equal(entered.location, '/senha');
    const chosen = 'tamanduás dançam no telhado';
    await maria.fill('/senha', { atual: password, nova: chosen, repetida: chosen });
    t.equal((await maria.get('/')).status, 200);
    t.match((await maria.get('/pedido/meu')).text, 'Tudo pronto');
    t.match((await maria.get('/conta/pedidos')).text, 'Concluído');
  });

  await t.test('and asks for another role, by the address that was confirmed', async (t) => {
    const begun = await maria.fill('/conta/pedidos', { orgao: body.id });
    t.equal(begun.location, `/pedido/meu?orgao=${body.id}`);
    const page = await maria.get('/pedido/meu');
    t.notMatch(page.text, 'name="cpf"', 'who it is is known');
    const sent = await maria.send(page, '/pedido/meu', { ...formOf('estatistico'), motivo: reason });
    t.equal(sent.location, '/pedido/meu');
    t.match((await maria.get('/pedido/meu')).text, 'A autoridade do órgão precisa autorizar');
    const next = new Visitor(scene);
    next.cookies.set('__Host-pedido', maria.cookies.get('__Host-pedido') ?? '');
    t.match(
      (await next.get('/pedido/meu')).location,
      /^\/entrar/,
      'not of whoever comes to the browser next',
    );
    const other = await centralAutorizador(scene);
    next.cookies.set('__Host-guarita', other.browser.secret);
    t.equal((await next.get('/pedido/meu')).status, 404);
    await maria.fill('/pedido/meu', {}, '/pedido/meu/desistir');
    t.match((await maria.get('/pedido/meu')).text, 'Você desistiu');
    await maria.fill('/conta', {}, '/sair');
    t.equal(maria.cookies.get('__Host-pedido'), undefined, 'who leaves leaves it, too');
  });
}
