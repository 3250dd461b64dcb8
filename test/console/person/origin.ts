import type { Test } from 'tap';
import { instant } from '../../../central/base/instants.ts';
import { natalId } from '../../../central/base/national-layer/natal-id.ts';
import { seenSince } from '../../../central/base/sight/seen-since.ts';
import { sensitive } from '../../../central/base/sight/sensitive.ts';
import { type Granted, sightOf } from '../../../central/base/sight/sight.ts';
import { rules } from '../../../central/treat/rules/all.ts';
import { treat } from '../../../central/treat/treat.ts';
import { isLong } from '../../support/runs.ts';
import { given } from '../../treat/bad-input/given.ts';
import type { ConsoleScene } from '../scene.ts';
import { held, heldToo, today, woman } from './nation.ts';
import { atWork, toldBy, wordsOf } from './person-scene.ts';

export async function eachValueHasItsSource(t: Test, scene: ConsoleScene): Promise<void> {
  const { open, browser } = await atWork(scene);
  const page = await open(held);
  const links = [...new Set(page.text.match(/\/caso\/\d+\/pessoa\/[^"]*\/origem\/[^"]+/g))];
  t.ok(links.length >= 12, `${links.length} rows`);
  // One of each view; of all rows in the long tier.
  const ofView = new Map(links.map((link) => [isLong ? link : /origem\/\w+/.exec(link)?.[0], link]));
  for (const link of ofView.values()) t.equal((await browser.get(link)).status, 200, link);
  const words = wordsOf((await open(held, '/origem/custodiado/AL/34')).text);
  t.match(words, /CPF 529\.982\.247-25 529\.982\.247-25 limpo|CPF 529\.982\.247-25 529\.982\.247-25/);
  t.match(words, /Sexo M Masculino código do dicionário/);
  t.match(words, 'É a primeira versão');
  t.match(words, 'Carregada em');
  t.match(words, 'Nada falhou, mas nem tudo pôde ser provado.');
  t.match(words, 'não rastreável: a fonte não assina as linhas');
  t.notMatch(words, 'Parda');
}

export async function whatIsNotTheirsHasNoOrigin(t: Test, scene: ConsoleScene): Promise<void> {
  const { open } = await atWork(scene);
  for (const below of [
    ...[
      'custodiado/AL/50',
      'custodia/AL/3',
      'custodia/RO/2',
      'unidade/AL/1',
      'pessoa/AL/34',
      'visitante/AL/7',
    ],
    ...["custodia/AL'/1", 'custodia/al/1', 'foto/AL/1', 'vinculo/AL/3', 'visita/AL/2'],
  ]) {
    t.equal((await open(held, `/origem/${below}`)).status, 404, below);
  }
  const visitor = await open(woman, '/origem/visita/AL/1');
  t.equal(visitor.status, 200, 'a visit is also of whoever came');
  const some = await atWork(scene, { states: ['RO'], hidden: ['custodiado.cpf'] });
  t.equal((await some.open(heldToo, '/origem/custodiado/AL/34')).status, 404);
  const hidden = await some.open(heldToo, '/origem/custodiado/RO/77');
  t.match(wordsOf(hidden.text), 'JOSE CARLOS SILVA SANTOS');
  // Ids and tokens of a page are at random: three digits or letters are in one of them now and then.
  t.notMatch(hidden.text, /529\.?982/, 'neither as it is nor as it came');
  t.notMatch(wordsOf(hidden.text), 'CPF');
}

/** What changed is told from the one to the other; what is not treated yet is not set beside what is. */
export async function pastIsTold(t: Test, scene: ConsoleScene): Promise<void> {
  const { base } = scene;
  const columns = ['id', 'nome', 'cor_raca', 'data_nascimento'];
  const loader = await given(base, 'MA', 'custodiado', columns, [
    ['5', 'PEDRO ALVES', 'Preta', '31/02/1990'],
  ]);
  await treat(base, { rules, today, sources: ['MA'] });
  await loader.load([['5', 'PEDRO ALVES LIMA', 'Branca', '01/02/1990']]);
  const { open } = await atWork(scene, { states: ['MA'] });
  const id = natalId('MA', 'custodiado', '5');
  const behind = wordsOf((await open(id, '/origem/custodiado/MA/5')).text);
  t.match(behind, 'O estado já mandou uma versão mais nova');
  t.notMatch(behind, 'ALVES LIMA');
  await treat(base, { rules, today, sources: ['MA'] });
  const words = wordsOf((await open(id, '/origem/custodiado/MA/5')).text);
  t.match(words, /Nascimento: – → 01\/02\/1990/);
  t.match(words, 'Nome: PEDRO ALVES → PEDRO ALVES LIMA');
  t.notMatch(words, /Preta|Branca|Cor ou raça|Versão/, 'what is hidden changes nothing');
  const before = await open(id, '/origem/custodiado/MA/5');
  await loader.load([['5', 'PEDRO ALVES LIMA', 'Parda', '01/02/1990']]);
  await treat(base, { rules, today, sources: ['MA'] });
  t.equal(
    toldBy((await open(id, '/origem/custodiado/MA/5')).text),
    toldBy(before.text),
    'nor is there a version more, nor another load',
  );
  const seeing = await atWork(scene, {
    states: ['MA'],
    sensitive: ['custodiado.cor_raca', 'custodiado.genero'],
  });
  t.match(wordsOf((await seeing.open(id, '/origem/custodiado/MA/5')).text), /Branca → Parda.*Versão 3 de 3/);
  await loader.load([['5', 'PEDRO ALVES LIMA', 'Branca', 'ONTEM']]);
  await treat(base, { rules, today, sources: ['MA'] });
  t.match(
    wordsOf((await open(id, '/origem/custodiado/MA/5')).text),
    /Nascimento ONTEM – sem valor; não é do tipo da coluna/,
  );
}

/** Of several registers the latest says how somebody is called: not the one in which something changed that is not seen. */
export async function unseenChangesChooseNothing(t: Test, scene: ConsoleScene): Promise<void> {
  const { base } = scene;
  const columns = ['id', 'nome', 'nome_mae', 'cpf', 'data_nascimento', 'cor_raca'];
  const mother = 'TEREZA MARIA FERREIRA';
  const row = (name: string, skin: string) => ['8', name, mother, '168.995.350-09', '1979-10-21', skin];
  const first = await given(base, 'PI', 'custodiado', columns, [row('ANTONIO JOSE FERREIRA', 'Preta')]);
  const sources = ['PI', 'CE'];
  await treat(base, { rules, today, sources: ['PI'] });
  await given(base, 'CE', 'custodiado', columns, [row('ANTONIO JOSE FEREIRA', 'Preta')]);
  await treat(base, { rules, today, sources });
  const id = natalId('PI', 'custodiado', '8');
  const nameFor = async (at: Awaited<ReturnType<typeof atWork>>) => {
    const text = (await at.open(id)).text;
    const network = (await at.browser.get(`${(await at.open(id)).location ?? at.path(id)}/rede`)).text;
    return [/<h1[^>]*>([^<]*)/.exec(text)?.[1], network.includes('FEREIRA')];
  };
  const some = { states: sources, sensitive: [] };
  const before = await nameFor(await atWork(scene, some));
  t.match(before[0], 'FEREIRA', 'the latest one');
  await first.load([row('ANTONIO JOSE FERREIRA', 'Parda')]);
  await treat(base, { rules, today, sources });
  t.strictSame(await nameFor(await atWork(scene, some)), before);
  const all = { states: sources, sensitive: ['custodiado.cor_raca', 'custodiado.genero'] };
  t.match((await nameFor(await atWork(scene, all)))[0], 'FERREIRA', 'who sees it is told by it');
  const named = [{ natal: id, source: 'PI', role: 'custodiado', key: '8' }] as const;
  const since = (granted: Granted) => base.transaction((tx) => seenSince(tx, sightOf(granted), named));
  const granted = { views: ['custodiado'], hidden: [], ...some };
  const sql = `SELECT ${instant('desde')} AS since FROM nacional.historico_registro WHERE fonte = 'PI' AND id = '8'`;
  const changes = await base.transaction((tx) => tx.query<{ since: string }>(sql));
  t.match([...(await since(granted)).values()], changes, 'since before the change');
  t.equal(
    (await since({ ...granted, sensitive: Object.keys(sensitive) })).size,
    0,
    'who sees all needs no other',
  );
  await first.load([row('ANTONIO J FERREIRA', 'Parda')]);
  await treat(base, { rules, today, sources });
  t.equal((await since(granted)).size, 0, 'what is seen has changed');
}
