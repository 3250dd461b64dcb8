import type { Test } from 'tap';
import type { Role } from '../../../central/console/access/roles.ts';
import { query } from '../../support/bases.ts';
import type { ConsoleScene } from '../scene.ts';
import { statusesOf } from '../second-factor/people.ts';
import { Visitor } from '../visitor.ts';
import {
  anyCpf,
  bodyWithAuthority,
  centralAutorizador,
  formOf,
  linkTo,
  madeRequest,
  reason,
} from './people.ts';

const approves = { decisao: 'aprovo', ate: '30/06/2026' };

/** What two do in the same moment is done once, or by one after the other. */
export async function atOnce(t: Test, scene: ConsoleScene): Promise<void> {
  const body = await bodyWithAuthority(scene);
  const autorizador = async () => (await centralAutorizador(scene)).browser;
  const browsers = [await autorizador(), await autorizador(), await autorizador()] as const;
  const rolesOfCpf = (cpf: string) =>
    query<{ papel: string }>(
      scene.base,
      `SELECT papel FROM acesso.papel p JOIN acesso.pessoa d ON d.id = p.pessoa
        WHERE d.cpf = $1 AND p.encerrado IS NULL ORDER BY papel`,
      [cpf],
    );

  await t.test('a link in two browsers', async (t) => {
    const asking = new Visitor(scene, { address: '203.0.113.20' });
    await asking.fill('/pedido', { email: 'dois@dpe.exemplo', orgao: body.id });
    const link = await linkTo(scene, 'dois@dpe.exemplo');
    const visitors = [asking, new Visitor(scene)] as const;
    const pages = await Promise.all(visitors.map((one) => one.get(link)));
    const [first, second] = pages as [(typeof pages)[0], (typeof pages)[0]];
    const sent = await Promise.all([visitors[0].send(first, link, {}), visitors[1].send(second, link, {})]);
    t.same(statusesOf(sent), [303, 410]);
  });

  await t.test('an authority that clicks twice', async (t) => {
    const visitor = new Visitor(scene, { address: '203.0.113.21' });
    await visitor.fill('/pedido', { email: 'clica@dpe.exemplo', orgao: body.id });
    await visitor.fill(await linkTo(scene, 'clica@dpe.exemplo'), {});
    await visitor.fill('/pedido/meu', formOf('agente'));
    const link = await linkTo(scene, body.authority.email);
    const page = await visitor.get(link);
    const says = (decisao: string) => visitor.send(page, link, { decisao, texto: reason });
    const sent = await Promise.all([says('autorizo'), says('nao-autorizo')]);
    const [one, other] = statusesOf(sent);
    t.equal(one, 200);
    t.ok(other === 409 || other === 410, String(other));
  });

  await t.test('one Autorizador does not become two, and three are no more than two', async (t) => {
    const alone = await madeRequest(scene, body, { role: 'revisor' });
    const twice = [1, 2].map(() => browsers[0].post(`/pedidos/${alone.id}`, approves));
    t.same(statusesOf(await Promise.all(twice)), [303, 409]);
    t.same(await rolesOfCpf(alone.cpf), []);
    const all = await madeRequest(scene, body, { role: 'revisor' });
    const sent = await Promise.all(browsers.map((one) => one.post(`/pedidos/${all.id}`, approves)));
    t.same(statusesOf(sent), [303, 303, 409]);
    t.same(await rolesOfCpf(all.cpf), [{ papel: 'revisor' }]);
  });

  await t.test('two roles that nobody may have together, and two requests of somebody new', async (t) => {
    const wanted = async (roles: readonly [Role, Role]) => {
      const cpf = anyCpf();
      const [one, other] = [
        await madeRequest(scene, body, { role: roles[0], cpf }),
        await madeRequest(scene, body, { role: roles[1], cpf }),
      ];
      const approve = (by: 0 | 1) =>
        Promise.all([
          browsers[by].post(`/pedidos/${one.id}`, approves),
          browsers[by === 0 ? 2 : by].post(`/pedidos/${other.id}`, approves),
        ]);
      return { cpf, approve };
    };
    const apart = await wanted(['cadastrador-autorizador', 'auditor']);
    await apart.approve(0);
    await apart.approve(1);
    t.equal((await rolesOfCpf(apart.cpf)).length, 1, 'of the two that nobody has together one is given');
    const both = await wanted(['agente', 'estatistico']);
    t.same(statusesOf(await both.approve(0)), [303, 303]);
    t.same(await rolesOfCpf(both.cpf), [{ papel: 'agente' }, { papel: 'estatistico' }]);
  });
}
