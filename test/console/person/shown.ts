import { randomUUID } from 'node:crypto';
import type { Test } from 'tap';
import { query } from '../../support/bases.ts';
import { audited, type ConsoleScene } from '../scene.ts';
import { all, child, held, heldToo, lawyer, social, socialToo, woman } from './nation.ts';
import { atWork, toldBy, wordsOf } from './person-scene.ts';

export async function aPersonIsShown(t: Test, scene: ConsoleScene): Promise<void> {
  const { open, browser, path } = await atWork(scene, {
    sensitive: ['visitante.menores', 'vinculo.advogados'],
  });
  const page = await open(held);
  t.equal(page.status, 200);
  const words = wordsOf(page.text);
  for (const told of [
    'JOSÉ CARLOS DA SILVA SANTOS',
    'Em custódia:|Há 2 custódias abertas:',
    'PRESÍDIO DO AGRESTE \\( ?AL',
    'URSO BRANCO \\( ?RO',
    'desde 10/08/2024, Condenação, Fechado, ala B, cela 12',
    'Os cadastros não dizem o mesmo em Nome, Nome da mãe, RG, UF do RG: estão marcados com ≠',
    'JOSE CARLOS SILVA SANTOS',
    '529\\.982\\.247-25',
    '12/03/1988, 37 anos',
    'Maceió \\(AL\\)',
    'ANA PAULA SANTOS',
    'CRIANÇA SANTOS',
    'CARLA MENDES TEIXEIRA',
    'Cônjuge',
    '0001234-46\\.2024\\.8\\.02\\.0001',
    '20/12/2029',
    'POSSE DE CELULAR',
    'Sem fotografia',
    'Há custódia aberta em mais de um estado para o mesmo CPF',
    'O que o estado deve fazer:',
    'AL 34 e RO 77: \\+\\d',
    'CPF 529\\.982\\.247-25 529\\.982\\.247-25 igual',
  ]) {
    t.match(words, new RegExp(told), told);
  }
  t.notMatch(words, /Parda|CONSULTA MÉDICA/, 'what is sensitive and is not named');
  t.notMatch(page.text, /href="[^"]*vinculacao/, 'an agent does not say who is who');
  t.notMatch(page.text, '/consultas"');
  t.match(page.text, `href="${path(woman)}"`, 'the visitor has a page');

  const look = (await audited(scene, 1)).at(-1) ?? {};
  t.match(look, { route: '/caso/:caso/pessoa/:id', found: 1, shown: 5, problem: null });
  const { records: shown } = look['terms'] as { readonly records: readonly string[] };
  t.same(shown.toSorted(), [held, heldToo, woman, child, lawyer].toSorted(), 'all whose name was shown');

  const named = await open(social);
  t.match(
    wordsOf(named.text),
    /^JULIANA PEREIRA LIMA .*Nome registrado JOÃO PEREIRA LIMA/,
    'as they wish to be called',
  );
  t.match(wordsOf(named.text), 'Saiu: PRESÍDIO DO AGRESTE');
  t.match(wordsOf(named.text), 'Há um cadastro só');
  t.equal((await browser.get(path(held.toUpperCase()))).status, 404);
}

export async function whoMaySeesMore(t: Test, scene: ConsoleScene): Promise<void> {
  const reviewer = await atWork(scene, {}, ['revisor']);
  t.match(
    (await reviewer.open(held)).text,
    new RegExp(
      `href="/caso/${reviewer.number}/vinculacao/${held}/${heldToo}"|href="/caso/${reviewer.number}/vinculacao/${heldToo}/${held}"`,
    ),
  );
  t.equal((await reviewer.open(held, '/consultas')).status, 403);

  const auditor = await atWork(scene, {}, ['auditor']);
  const page = await auditor.open(heldToo);
  t.match(page.text, '/consultas"');
  const looks = await auditor.open(heldToo, '/consultas');
  t.match(
    wordsOf(looks.text),
    new RegExp(`${reviewer.person.name}.*${reviewer.body.short}.*Execução penal`),
    'by either register',
  );
  t.match((await audited(scene, 1)).at(-1), { event: 'record-looks-listed', shown: 2 });
  const elsewhere = await atWork(scene, { states: ['AL'] });
  await elsewhere.open(held);
  const some = await atWork(scene, { states: ['RO'] }, ['auditor']);
  const listed = wordsOf((await some.open(heldToo, '/consultas')).text);
  t.match(listed, reviewer.body.short);
  t.notMatch(listed, elsewhere.body.short, 'who was shown another register alone');
  const none = await auditor.open(social, '/consultas?antes=1');
  t.match(wordsOf(none.text), 'Ninguém consultou esta pessoa até agora');
}

export async function whoIsNotSeenIsNot(t: Test, scene: ConsoleScene): Promise<void> {
  const some = await atWork(scene, { states: ['RO'] });
  const page = await some.open(heldToo);
  t.equal(page.status, 200);
  t.match(wordsOf(page.text), /^JOSE CARLOS SILVA SANTOS/);
  t.notMatch(page.text, /JOSÉ|AGRESTE|Achados.*mais de um estado/s, 'nothing of the other state');
  const unknown = await some.browser.get(some.path(randomUUID()));
  t.equal(unknown.status, 404);
  for (const id of [social, lawyer, woman, 'x', "'"]) {
    const shown = await some.browser.get(some.path(id));
    t.equal(shown.status, 404, id);
    t.equal(toldBy(shown.text), toldBy(unknown.text), 'in the same words');
  }
  const lawyers = await atWork(scene, { views: ['custodiado'] });
  t.equal((await lawyers.open(lawyer)).status, 404, 'of a kind that is not seen');
  const bare = wordsOf((await lawyers.open(held)).text);
  t.match(bare, 'Onde está não é mostrado: o acordo do seu órgão não inclui as custódias.');
  t.match(bare, 'Visitas O acordo do seu órgão não inclui estes dados.');
  t.equal((await lawyers.open(held, '/visitas')).status, 404);
  const visitors = await atWork(scene, { states: ['AL'] });
  t.equal((await visitors.open(child)).status, 404, 'a child that no grant names');
  t.notMatch((await visitors.open(held)).text, 'CRIANÇA');
}

/** Where all is seen on which it rests. */
export async function otherKindsAreTold(t: Test, scene: ConsoleScene): Promise<void> {
  const { open, path } = await atWork(scene);
  const page = await open(social);
  t.match(
    wordsOf(page.text),
    /A mesma pessoa está nos dados também: como visitante: JOÃO PEREIRA LIMA \(RO 3\), pelo que os cadastros dizem/,
  );
  t.match(page.text, `href="${path(socialToo)}"`);
  t.match(wordsOf(page.text), /AL 50 e RO 3: \+\d/);
  const [last] = (await audited(scene)).toReversed();
  t.ok(JSON.stringify(last?.['terms']).includes(socialToo), 'their name was shown');
  t.match(wordsOf((await open(socialToo)).text), 'como pessoa custodiada: JULIANA PEREIRA LIMA (AL 50)');
  for (const less of [
    ...[{ states: ['AL'] }, { hidden: ['visitante.cpf'] }, { hidden: ['custodiado.alcunhas'] }],
    ...[['outro_nome'], ['visitante']].map((not) => ({
      views: all.views.filter((view) => !not.includes(view)),
    })),
  ]) {
    const shown = await (await atWork(scene, less)).open(social);
    t.equal(shown.status, 200);
    t.notMatch(shown.text, 'nos dados também', JSON.stringify(less));
  }
}

export async function othersHavePages(t: Test, scene: ConsoleScene): Promise<void> {
  const { open, path } = await atWork(scene, { sensitive: ['vinculo.advogados'] });
  const visitor = await open(woman);
  t.match(wordsOf(visitor.text), /^ANA PAULA SANTOS .*Visitante, um cadastro.*168\.995\.350-09/);
  t.match(
    wordsOf(visitor.text),
    /Visitas As mais recentes primeiro .*05\/10\/2024, 09:00 JOSÉ CARLOS DA SILVA SANTOS/,
  );
  t.notMatch(visitor.text, /Linha do tempo|custódias/i);
  t.match(visitor.text, `href="${path(held)}"`);
  const counsel = await open(lawyer);
  t.match(wordsOf(counsel.text), /^CARLA MENDES TEIXEIRA .*Advogado ou defensor.*OAB 12345 AL.*JOSÉ CARLOS/);
  t.equal((await open(lawyer, '/visitas')).status, 404, 'a lawyer has no visits');
}

export async function idsLeadOn(t: Test, scene: ConsoleScene): Promise<void> {
  const { browser, path } = await atWork(scene);
  t.equal((await browser.get(path(held))).status, 200, 'the first of those that are seen names the person');
  t.match(await browser.get(path(heldToo)), { status: 303, location: path(held) });
  for (const [state, seen, hidden] of [['AL', held, heldToo] as const, ['RO', heldToo, held] as const]) {
    const some = await atWork(scene, { states: [state] });
    const page = await some.browser.get(some.path(seen));
    t.equal(page.status, 200);
    t.notMatch(page.text, hidden);
    t.equal((await some.browser.get(some.path(hidden))).status, 404, 'nor does one lead to the other');
  }
  t.match((await audited(scene)).filter(({ route }) => route === '/caso/:caso/pessoa/:id').at(-1), {
    problem: null,
  });
}

export async function looksAreCounted(t: Test, scene: ConsoleScene): Promise<void> {
  const { open, person } = await atWork(scene, { personQuota: 3 });
  t.equal((await open(held)).status, 200);
  const used = await query<{ records: number }>(
    scene.base,
    'SELECT registros::int AS records FROM acesso.uso WHERE pessoa = $1',
    [person.id],
  );
  t.same(used, [{ records: 3 }]);
  t.match(await open(held), { status: 429 });
}
