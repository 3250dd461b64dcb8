import type { Test } from 'tap';
import { most } from '../../../central/base/access-layer/most.ts';
import { query } from '../../support/bases.ts';
import { browserOf, type ConsoleScene, madePerson } from '../scene.ts';
import { statusesOf } from '../second-factor/people.ts';
import { atTies, Edited, officer, reason, versionOf } from './people.ts';

/** What is done to a tree by its forms, and what is refused, in words. */
export async function structures(t: Test, scene: ConsoleScene): Promise<void> {
  const stored = async (id: string) => {
    const sql =
      'SELECT nome AS name, acima AS above, encerrada IS NOT NULL AS "isClosed" FROM acesso.estrutura WHERE id = $1';
    return (await query<{ name: string; above: string | null; isClosed: boolean }>(scene.base, sql, [id]))[0];
  };

  await t.test('a tree, and its history', async (t) => {
    const edited = await Edited.made(scene);
    const [top, low] = [await edited.structure('Diretoria'), await edited.structure('Núcleo')];
    t.match((await edited.send(`/estruturas/${low}/nome`, { nome: '  Núcleo  do interior ' })).status, 303);
    t.match((await edited.send(`/estruturas/${low}/mover`, { acima: top })).status, 303);
    t.match(await stored(low), { name: 'Núcleo do interior', above: top, isClosed: false });
    t.match((await edited.send(`/estruturas/${low}/mover`, { acima: '' })).status, 303);
    const closing = await edited.send(`/estruturas/${low}/encerrar`, { 'motivo-encerrar': reason });
    t.match(closing.location, `/orgaos/${edited.body}/estruturas/${low}?feito=encerrada`);
    t.match(await stored(low), { above: null, isClosed: true });
    const page = await edited.browser.get(`/orgaos/${edited.body}/historia`);
    t.match(page.text, reason);
    t.match(page.text, /Núcleo do interior/);
    const closed = await edited.browser.get(`/orgaos/${edited.body}/estruturas/${low}`);
    t.notMatch(closed.text, '<form method="post" action="/orgaos', 'nothing more is done to it');
    t.notMatch((await edited.browser.get(`/orgaos/${edited.body}/estruturas`)).text, low);
  });

  await t.test('what is refused is said', async (t) => {
    const edited = await Edited.made(scene);
    const top = await edited.structure('Diretoria');
    const middle = await edited.structure('Núcleo', top);
    const low = await edited.structure('Setor', middle);
    const before = await versionOf(scene, edited.body);
    const refused = async (path: string, form: Readonly<Record<string, string>>, words: RegExp) => {
      const answer = await edited.send(path, form);
      t.equal(answer.status, 422, `${path}: ${words.source}`);
      t.match(answer.text, words);
    };
    const itself = /não fica abaixo dela mesma/;
    for (const acima of [top, middle, low]) await refused(`/estruturas/${top}/mover`, { acima }, itself);
    await refused(`/estruturas/${top}/mover`, { acima: '' }, /Já está assim/);
    await refused(`/estruturas/${top}/unir`, { outra: low, 'motivo-unir': reason }, itself);
    await refused(`/estruturas/${top}/unir`, { outra: '', 'motivo-unir': '' }, /Escolha a estrutura/);
    await refused(`/estruturas/${low}/unir`, { outra: top, 'motivo-unir': 'sim' }, /Explique em uma frase/);
    await refused('/estruturas', { nome: 'NÚCLEO', acima: top }, /Este nome já é de outra/);
    await refused('/estruturas', { nome: ' – ', acima: top }, /Escreva o nome/);
    await refused('/estruturas', { nome: 'a'.repeat(151) }, /no máximo 150/);
    await refused(`/estruturas/${top}/encerrar`, { 'motivo-encerrar': reason }, /estruturas abertas abaixo/);
    t.equal(await versionOf(scene, edited.body), before, 'nothing was done');

    let deepest = low;
    for (let depth = 3; depth < most.structureDepth.value; depth += 1) {
      deepest = await edited.structure(`Nível ${depth}`, deepest);
    }
    await refused('/estruturas', { nome: 'Mais um', acima: deepest }, /níveis demais/);
    const branch = await edited.structure('Outra');
    await refused(`/estruturas/${branch}/mover`, { acima: deepest }, /níveis demais/);
  });

  await t.test('a union takes along who and what is in it', async (t) => {
    const { edited, structure, tie, ties } = await atTies(scene);
    const into = await edited.structure('Coordenação');
    const child = await edited.structure('Setor', structure);
    const collection = await edited.collection(structure);
    await tie(structure);
    const closing = { 'motivo-encerrar': reason };
    const people = await edited.send(`/estruturas/${child}/encerrar`, closing);
    t.equal(people.status, 303, 'nobody is in the one below');
    const second = await edited.structure('Posto', structure);
    const merged = await edited.send(`/estruturas/${structure}/unir`, { outra: into, 'motivo-unir': reason });
    t.match(merged.location, into);
    t.match(await stored(second), { above: into, isClosed: false });
    t.match(await stored(structure), { isClosed: true });
    const held = await ties();
    t.match(
      held.map(({ structure: where, until }) => [where, until === null]),
      [
        [structure, false],
        [into, true],
      ],
    );
    const page = await edited.browser.get(`/orgaos/${edited.body}/colecoes/${collection}`);
    t.match(page.text, 'Nenhuma estrutura.');
    const refused = await edited.send(`/estruturas/${into}/encerrar`, closing);
    t.match(refused.text, 'Há estruturas abertas abaixo');
    await edited.send(`/estruturas/${second}/mover`, { acima: '' });
    const occupied = await edited.send(`/estruturas/${into}/encerrar`, closing);
    t.equal(occupied.status, 422);
    t.match(occupied.text, 'Há pessoas nesta estrutura');
  });

  await t.test('of two who change a body at once one is told', async (t) => {
    const edited = await Edited.made(scene);
    const other = (await officer(scene, edited.body, 'cadastrador-estruturas')).browser;
    const structure = await edited.structure('Núcleo');
    const versao = await versionOf(scene, edited.body);
    const at = `/orgaos/${edited.body}/estruturas`;
    const answers = await Promise.all([
      edited.browser.post(at, { nome: 'Uma', versao }),
      other.post(`${at}/${structure}/nome`, { nome: 'Outra', versao }),
    ]);
    t.strictSame(statusesOf(answers), [303, 409]);
    const told = answers.find(({ status }) => status === 409);
    t.match(told?.text, 'Alguém mudou este órgão depois que você abriu a página: nada foi feito.');
    const now = await versionOf(scene, edited.body);
    t.not(now, versao);
    t.match(told?.text, `name="versao" value="${now}"`, 'and may do it from there');
    const late = await other.post(`${at}/${structure}/encerrar`, { versao, 'motivo-encerrar': reason });
    t.equal(late.status, 409);
    t.match(await stored(structure), { isClosed: false });
  });

  await t.test('collections', async (t) => {
    const edited = await Edited.made(scene);
    const one = await edited.structure('Núcleo');
    const collection = await edited.collection(one, 'Interior');
    const path = `/colecoes/${collection}`;
    const taken = await edited.send('/colecoes', { nome: 'INTERIOR' });
    t.equal(taken.status, 422);
    t.match(taken.text, 'Este nome já é de outra');
    t.equal((await edited.send(`${path}/incluir`, { estrutura: one })).status, 422);
    t.equal((await edited.send(`${path}/incluir`)).status, 422);
    t.equal((await edited.send(`${path}/retirar`, { estrutura: one })).status, 303);
    t.equal((await edited.send(`${path}/retirar`, { estrutura: one })).status, 422, 'it is in it no more');
    t.equal((await edited.send(`${path}/encerrar`)).status, 303);
    t.equal((await edited.send(`${path}/incluir`, { estrutura: one })).status, 422, 'it is closed');
    t.equal((await edited.send('/colecoes', { nome: 'Interior' })).status, 303, 'its name is free');
  });
}

/** Who works in which structure, one of each body at a time. */
export async function tying(t: Test, scene: ConsoleScene): Promise<void> {
  const { edited, structure, registrar, agent, at, tie, ties } = await atTies(scene);
  const other = await edited.structure('Coordenação');
  t.equal((await tie(structure)).status, 303);
  const [first] = await ties();
  const late = await tie(other);
  t.equal(late.status, 409, 'by a page that was made before');
  t.match(late.text, 'nada foi feito');
  const again = await tie(structure, first?.id);
  t.equal(again.status, 422);
  t.match(again.text, 'Já está assim');
  const moves = await Promise.all([tie(other, first?.id), tie(other, first?.id)]);
  t.strictSame(statusesOf(moves), [303, 409], 'of two at once one is told');
  const held = await ties();
  t.equal(held.filter(({ until }) => until === null).length, 1, 'one at a time');
  t.equal(held.length, 2, 'where they were before is known');
  const own = await (await browserOf(scene, agent.id)).get('/conta');
  t.match(own.text, /Coordenação.*desde/s, 'to whom it is, too');
  const tieNow = held.find(({ until }) => until === null)?.id ?? '';

  await edited.send(`/estruturas/${structure}/encerrar`, { 'motivo-encerrar': reason });
  t.equal((await tie(structure, tieNow)).status, 409, 'nobody comes into one that is closed');
  const unknown = await tie(other, null, 'x');
  t.equal(unknown.status, 422);
  t.match(unknown.text, 'Escolha a pessoa.');

  const page = await edited.browser.get(`${at}/estruturas/${other}`);
  t.match(page.text, agent.name);
  t.notMatch(page.text, 'Vincular a esta estrutura', 'whoever looks after the tree ties nobody');
  t.equal((await edited.browser.post(`${at}/lotacoes/${tieNow}/encerrar`, {})).status, 403);
  t.equal((await registrar.browser.post(`${at}/lotacoes/${tieNow}/encerrar`, {})).status, 303);
  t.equal((await registrar.browser.post(`${at}/lotacoes/${tieNow}/encerrar`, {})).status, 409);
  t.notMatch((await registrar.browser.get(`${at}/estruturas/${other}`)).text, `${agent.name}</td>`);

  const { id } = await madePerson(scene, edited.body, ['agente']);
  t.equal((await (await browserOf(scene, id)).get(`${at}/estruturas`)).status, 403, 'no registrar');
}
