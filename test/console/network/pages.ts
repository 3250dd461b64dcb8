import { parse } from 'parse5';
import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import {
  audited,
  type Browser,
  browserOf,
  type ConsoleScene,
  consoleScene,
  madeBody,
  madeCase,
  madePerson,
} from '../scene.ts';
import { everything } from './grants.ts';
import {
  alsoMiddle,
  apart,
  beyond,
  cellmate,
  codefendant,
  cousin,
  crowd,
  lawyer,
  middle,
  mother,
  neighbour,
  visited,
  world,
} from './people.ts';
import { withoutTags } from './text.ts';
import { emptyWorld, writeWorld } from './world.ts';

export async function networkPages(t: Test, base: Base): Promise<void> {
  await emptyWorld(base);
  await writeWorld(base, world);
  const scene = await consoleScene(t, base);
  const { browser, path } = await working(scene, { ...everything, personQuota: 1000 });
  const at = (id: string, query = '') => `${path}/pessoa/${id}/rede${query}`;

  await t.test('each link is told with what it is of, and where that stands', async (t) => {
    const { text, status } = await browser.get(at(middle.pessoa_id));
    t.equal(status, 200);
    const words = withoutTags(text);
    for (const said of [
      'Rede de JOYCE DA SILVA',
      'Visitante: 3 visitas de 03/01/2024 até 03/03/2024 (AL visita nv3); mãe, ativo desde 01/01/2023 (AL vinculo nb1).',
      'Visitante: 1 visita em 02/02/2022 (SE visita nv1).',
      'Advogado: ativo desde 01/02/2024 (AL vinculo nb2).',
      'Mesmo processo: 0001234-46.2024.8.02.0001 (AL processo np1 e PE processo np1).',
      'Mesma cela: PRESÍDIO DO AGRESTE, B · 12, de 01/03/2024 até 31/03/2024 (AL custodia nc1 e AL custodia nc2).',
      'Mesma unidade: PRESÍDIO DO AGRESTE, em 31/12/2024 (AL custodia nc1 e AL custodia nc3).',
      'Visitante em comum: MARIA APARECIDA DA SILVA, 1 visita em 06/05/2023 (AL vinculo nb1 e AL visita nv9).',
      'RITA <b>ESCAPADA</b> & CIA',
      'Sem nome',
      'Ao todo: 7 pessoas ligadas.',
      'Conta como 9 consultas.',
    ]) {
      t.ok(words.includes(said), said);
    }
    t.notMatch(words, /SEVERINO|NINGUÉM/);
    const [look] = await audited(scene, 1);
    t.match(look, { route: '/caso/:caso/pessoa/:id/rede', shown: 9, found: 8 });
    const { records } = (look ?? {})['terms'] as { readonly records: readonly string[] };
    const people = [middle, alsoMiddle, mother, cousin, lawyer, codefendant, cellmate, neighbour, visited];
    t.same(records.toSorted(), people.map(({ natal_id }) => natal_id).toSorted(), 'by all their registers');
  });

  await t.test('who is opened brings in who is linked with them', async (t) => {
    const { text } = await browser.get(
      at(middle.pessoa_id, `?abrir=${visited.pessoa_id},${apart.pessoa_id}`),
    );
    const words = withoutTags(text);
    t.match(words, 'Ligações de CARLOS EDUARDO NASCIMENTO, que foi aberta');
    t.match(words, 'SEVERINO BEZERRA');
    t.match(
      words,
      /MARIA APARECIDA DA SILVA Visitante: 1 visita em 06\/05\/2023/,
      'with those who are there, too',
    );
    t.notMatch(words, 'NINGUÉM', 'of whom is not there nothing is opened');
    const around = await browser.get(at(mother.pessoa_id));
    t.match(withoutTags(around.text), /JOYCE DA SILVA[^]*Visitado: 3 visitas/);
  });

  await t.test('kinds and days are chosen by address', async (t) => {
    const only = withoutTags((await browser.get(at(middle.pessoa_id, '?tipos=cela'))).text);
    t.match(only, 'Ao todo: 1 pessoa ligada.');
    t.match(only, /Visitante: escondido/);
    const then = withoutTags((await browser.get(at(middle.pessoa_id, '?de=01/02/2024&ate=28/02/2024'))).text);
    t.match(then, 'Visitante: 1 visita em 03/02/2024');
    t.notMatch(then, /RITA|Mesma cela: PRES|CARLOS EDUARDO/);
    const wrong = withoutTags((await browser.get(at(middle.pessoa_id, '?de=32/01/2024'))).text);
    t.match(wrong, 'Escreva um dia');
    const none = withoutTags((await browser.get(at(apart.pessoa_id))).text);
    t.match(none, 'não há ligação nenhuma à vista');
  });

  await t.test('a register leads to its person; who is not seen is not there', async (t) => {
    const moved = await browser.get(at(alsoMiddle.natal_id, '?tipos=cela'));
    t.match(moved, { status: 303, location: at(middle.pessoa_id, '?tipos=cela') });
    const small = await working(scene, { ...everything, states: ['SE'] });
    for (const id of [mother.pessoa_id, '00000000-0000-4000-8000-000000000000', 'x']) {
      const { status, text } = await small.browser.get(`${small.path}/pessoa/${id}/rede`);
      t.equal(status, 404);
      t.match(text, 'Esta página não existe.');
    }
    // The person is named after a register that this body does not see: whoever tried its id would learn whose it is.
    const ofSmall = (id: string, page: string) => small.browser.get(`${small.path}/pessoa/${id}/${page}`);
    t.equal(alsoMiddle.pessoa_id, middle.natal_id);
    for (const page of ['rede', 'caminho']) t.match(await ofSmall(middle.natal_id, page), { status: 404 });
    const unseen = await ofSmall(alsoMiddle.natal_id, `caminho?ate=${middle.natal_id}`);
    t.match(unseen, { status: 422, text: 'Ninguém que você possa ver tem este endereço ou número.' });
    const itself = await ofSmall(alsoMiddle.natal_id, `caminho?ate=${alsoMiddle.natal_id}`);
    t.match(itself, { status: 200, text: 'As duas são a mesma pessoa' });
    for (const { text } of [itself, unseen]) t.notMatch(text.split('<form').at(0), middle.natal_id);
    const shown = await ofSmall(alsoMiddle.natal_id, 'rede');
    t.notMatch(shown.text, middle.natal_id);
    const seen = withoutTags(shown.text);
    t.match(seen, 'Rede de JOSE CARLOS SILVA', 'of what this body sees');
    t.match(seen, 'Conta como 2 consultas.');
    t.notMatch(seen, /JOYCE|MARIA/);
  });

  await t.test(
    'a network that the quota has no room for shows nobody, and offers a smaller one',
    async (t) => {
      const { browser: poor, path: ownPath } = await working(scene, { ...everything, personQuota: 5 });
      const { status, text } = await poor.get(`${ownPath}/pessoa/${middle.pessoa_id}/rede`);
      t.equal(status, 429);
      t.match(
        withoutTags(text),
        'conta como 9 consultas, uma por registro de cada pessoa, e hoje restam 5 consultas',
      );
      t.notMatch(text, /JOYCE|MARIA/);
      const offered = /href="(\?mostrar=\d+)"/.exec(text)?.[1] ?? '';
      const smaller = await poor.get(`${ownPath}/pessoa/${middle.pessoa_id}/rede${offered}`);
      t.equal(smaller.status, 200);
      t.match(withoutTags(smaller.text), 'Mostradas aqui: 3 pessoas ligadas.');
      const spent = await poor.get(`${ownPath}/pessoa/${middle.pessoa_id}/rede?mostrar=4`);
      t.equal(spent.status, 429, 'what was shown is counted');
    },
  );

  await t.test('the shortest chain is shown with what proves each step', async (t) => {
    const form = await browser.get(`${path}/pessoa/${middle.pessoa_id}/caminho`);
    t.equal(form.status, 200);
    const pasted = encodeURIComponent(`https://console.gov.br/caso/1/pessoa/${beyond.natal_id}?x=1`);
    const { text } = await browser.get(`${path}/pessoa/${middle.pessoa_id}/caminho?ate=${pasted}`);
    const words = withoutTags(text);
    t.match(words, 'estão ligados em 3 passos');
    t.match(words, /JOYCE DA SILVA[^]*MARIA APARECIDA[^]*CARLOS EDUARDO[^]*SEVERINO/);
    t.match(words, 'Mesmo processo: outro (AL processo np2 e AL processo np3).');
    const [look] = await audited(scene, 1);
    t.match(look, { shown: 5, found: 4 });
    const none = withoutTags(
      (await browser.get(`${path}/pessoa/${middle.pessoa_id}/caminho?ate=${apart.pessoa_id}`)).text,
    );
    t.match(none, 'Não há ligação entre JOYCE DA SILVA e NINGUÉM LIGADO');
    const unit = withoutTags(
      (await browser.get(`${path}/pessoa/${middle.pessoa_id}/caminho?ate=${neighbour.pessoa_id}&unidade=sim`))
        .text,
    );
    t.match(unit, 'estão ligados em 1 passo.');
    for (const unknown of ['00000000-0000-4000-8000-000000000000', 'fulano']) {
      const { status, text: page } = await browser.get(
        `${path}/pessoa/${middle.pessoa_id}/caminho?ate=${unknown}`,
      );
      t.equal(status, 422);
      t.match(page, 'Ninguém que você possa ver tem este endereço ou número.');
    }
  });

  await t.test('a large network is bounded, says so, and its page is small', async (t) => {
    await writeWorld(base, crowd);
    const { text } = await browser.get(at(beyond.pessoa_id, `?mostrar=100&abrir=${visited.pessoa_id}`));
    const words = withoutTags(text);
    t.match(words, /Visitante: \d+ de 260\./);
    t.match(words, 'As demais ficam de fora.');
    t.ok(Buffer.byteLength(text) < 100_000, `${Buffer.byteLength(text)} bytes`);
    const nodes = text.match(/<text x=/g)?.length ?? 0;
    t.ok(nodes > 80 && nodes < 150, `${nodes} people`);
    const whole = await browser.get(at(beyond.pessoa_id, '?mostrar=100'));
    t.ok(Buffer.byteLength(whole.text) < 100_000, `${Buffer.byteLength(whole.text)} bytes`);
    t.equal(whole.text.match(/<text x=/g)?.length, 100);
    t.equal(parse(whole.text).childNodes.length, 2, 'it is a page');
  });
}

async function working(
  scene: ConsoleScene,
  grant: Parameters<typeof madeBody>[1],
): Promise<{ readonly browser: Browser; readonly path: string }> {
  const body = await madeBody(scene, grant);
  const person = await madePerson(scene, body.id, ['agente']);
  const browser = await browserOf(scene, person.id, { body: body.id });
  return { browser, path: `/caso/${await madeCase(scene, browser.session)}` };
}
