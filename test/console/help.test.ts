// Tier: quick. Seconds, on a base of its own and no network.
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { parseFragment } from 'parse5';
import t from 'tap';
import { helpArticles, helpPictures } from '../../central/console/help/articles.ts';
import { searchHelp } from '../../central/console/help/search.ts';
import { helpAt, helpOn, linkedArticles } from '../../central/console/help-links.ts';
import { newSecret } from '../../central/console/secrets.ts';
import { helpArticles as readArticles } from '../../scripts/docs/help.ts';
import { problems } from '../../shared/problems/catalogue.ts';
import { anyText } from '../support/any-text.ts';
import { testFolder, tierBases } from '../support/bases.ts';
import { helpAsked } from './help-asked.ts';
import { audited, browserOf, browserWith, consoleScene, madeBody, madePerson } from './scene.ts';

const pictures = join(import.meta.dirname, '../../central/console/help/pictures');
const ids = helpArticles.map(({ id }) => id);

void t.test('articles', async (t) => {
  await t.test('lead to articles and pages of help alone', (t) => {
    for (const { id, solution } of helpArticles) {
      for (const [, address] of solution.matchAll(/href="([^"]*)"/g)) {
        const to = /^\/ajuda\/([a-z-]+)$/.exec(address ?? '')?.[1] ?? '';
        t.ok(to === 'tudo' || ids.includes(to), `${id} leads to ${address}`);
      }
      t.ok(!['tudo', 'votos', 'pedir', 'pedido'].includes(id), 'these are pages of their own');
    }
    t.end();
  });

  await t.test('are there for each page and problem that leads to one', (t) => {
    for (const article of linkedArticles) t.ok(ids.includes(article), article);
    t.equal(helpAt('/caso/3/busca'), '/ajuda/buscar-uma-pessoa');
    t.equal(helpAt('/caso/3'), '/ajuda/finalidade');
    t.equal(helpAt('/segundo-fator/novo'), '/ajuda/aplicativo-autenticador');
    t.equal(helpAt('/'), '/ajuda/papeis');
    t.equal(helpAt('/entrarx'), '/ajuda');
    t.equal(helpOn('quota-used-up'), '/ajuda/cotas');
    t.equal(helpOn('constructor'), null);
    const codes = Object.keys(problems);
    t.ok(codes.filter((code) => helpOn(code) !== null).length >= 9, 'and each problem is one that there is');
    t.end();
  });

  await t.test('tags in one are text, and it leads nowhere outside', (t) => {
    const folder = testFolder(t);
    const front = 'title: T\ncategory: C\nkeywords: [k]\nsymptom: S\nproblem: P';
    const body =
      '<script>alert(1)</script> [x](https://x.example) [y](javascript:a) [z](//x.example) [ok](/ajuda/ok)';
    writeFileSync(join(folder, 'a.md'), `---\n${front}\n---\n\n${body}\n`);
    const [{ solution }] = JSON.parse(readArticles(folder, folder)) as [{ solution: string }];
    const elements = (parseFragment(solution) as unknown as Tree).childNodes?.flatMap(namesIn) ?? [];
    t.strictSame(elements.sort(), ['a', 'p']);
    t.match(solution, 'href="/ajuda/ok"');
    writeFileSync(
      join(folder, 'a.md'),
      `---\n${front}\n---\n\n![x](https://x.example/a.png) ![x](../a.png)\n`,
    );
    t.notMatch(readArticles(folder, folder), '<img', 'and shows no picture but its own');
    writeFileSync(join(folder, 'a.md'), `---\n${front}\n---\n\n![A "b"](a.png)\n`);
    const [picture = ''] = readdirSync(pictures);
    t.throws(() => readArticles(folder, pictures), /a\.png/, 'which has to be there');
    writeFileSync(join(folder, 'a.png'), readFileSync(join(pictures, picture)));
    t.match(readArticles(folder, folder), /<img[^>]* alt=\\"A &quot;b&quot;\\" width=\\"640\\"/);
    writeFileSync(join(mkdtempSync(join(folder, 'bad-')), 'a.md'), 'no article');
    writeFileSync(join(folder, 'b.md'), `---\n${front}\nmore: 1\n---\n`);
    t.throws(() => readArticles(folder, folder), /b\.md/);
    t.end();
  });
});

void t.test('each picture beside the articles is one of them, and light enough for a slow line', (t) => {
  t.strictSame(readdirSync(pictures).sort(), [...helpPictures].sort());
  for (const name of helpPictures) t.ok(statSync(join(pictures, name)).size < 100_000, name);
  t.end();
});

void t.test('a search finds what people mean', (t) => {
  const asked: readonly [string, string][] = [
    ['senha', 'senha-provisoria'],
    ['SENHA PROVISÓRIA', 'senha-provisoria'],
    ['perdi meu celular', 'perdi-o-celular'],
    ['roubaram o telefone', 'perdi-o-celular'],
    ['codigo nao confere', 'aplicativo-autenticador'],
    ['autenticadr', 'aplicativo-autenticador'],
    ['emergencia', 'emergencia'],
    ['emergênsia', 'emergencia'],
    ['limite de consultas', 'cotas'],
    ['imprimi', 'como-imprimir'],
    ['quem viu', 'o-que-fica-registrado'],
    ['processo cnj', 'finalidade'],
    ['yubikey usb', 'chave-de-seguranca'],
    ['govbr', 'login-unico'],
    ['gov.br', 'login-unico'],
    ['pagina nao abre', 'pagina-nao-abre'],
    ['trocar de orgao', 'escolher-o-orgao'],
  ];
  for (const [question, id] of asked) {
    const found = searchHelp(question).map((article) => article.id);
    t.ok(found.slice(0, 3).includes(id), `${question}: ${found.slice(0, 3).join(', ')}`);
  }
  t.strictSame(searchHelp('xyzw'), []);
  t.strictSame(searchHelp(''), []);
  fc.assert(fc.property(anyText(300), (question) => searchHelp(question).length <= ids.length));
  t.end();
});

void t.test('help', async (t) => {
  const scene = await consoleScene(t, (await tierBases(t)).shared);
  const nobody = browserWith(scene, newSecret());

  await t.test('is read before signing in, and nobody is told of it', async (t) => {
    const list = await nobody.get('/ajuda');
    for (const { id, title } of helpArticles) {
      t.match(list.text, `href="/ajuda/${id}"`);
      const { status, text } = await nobody.get(`/ajuda/${id}`);
      t.equal(status, 200, id);
      t.match(text, title);
      t.notMatch(text, '/voto', 'who is not signed in has no vote');
    }
    const all = await nobody.get('/ajuda/tudo');
    for (const { title } of helpArticles) t.match(all.text, title);
    const found = await nobody.get(`/ajuda?q=${encodeURIComponent('<b>"celular')}`);
    t.match(found.text, 'href="/ajuda/perdi-o-celular"');
    t.match(found.text, 'value="&lt;b&gt;&quot;celular"');
    t.notMatch(found.text, '<b>');
    t.match((await nobody.get('/ajuda?q=xyzw')).text, 'Nada foi encontrado');
    for (const bad of ['/ajuda/nada', '/ajuda/__proto__', '/ajuda/..%2fconta', `/ajuda/${'x'.repeat(150)}`]) {
      t.equal((await nobody.get(bad)).status, 404, bad);
    }
    t.equal((await nobody.get(`/ajuda?q=${'x'.repeat(1000)}`)).status, 200);
    t.strictSame(await audited(scene), []);
  });

  await t.test('is what a page leads to', async (t) => {
    const body = await madeBody(scene);
    const browser = await browserOf(scene, (await madePerson(scene, body.id, ['agente'])).id);
    t.match((await browser.get('/finalidade')).text, 'href="/ajuda/finalidade"');
    t.match((await browser.get('/finalidade/emergencia')).text, 'href="/ajuda/emergencia"');
    t.match((await browser.get('/alarmes')).text, /href="\/ajuda\/papeis">Ajuda sobre isto/);
  });

  await t.test('is voted on by who is signed in, once, and may be again', async (t) => {
    const body = await madeBody(scene);
    const reader = await browserOf(scene, (await madePerson(scene, body.id, ['agente'])).id);
    const other = await browserOf(scene, (await madePerson(scene, body.id, ['agente'])).id);
    const keeper = await browserOf(scene, (await madePerson(scene, body.id, ['cadastrador-vinculador'])).id);
    t.equal((await nobody.post('/ajuda/cotas/voto', { util: 'sim' })).status, 401);
    t.match((await reader.get('/ajuda/cotas')).text, 'Este artigo ajudou?');
    t.equal((await reader.post('/ajuda/cotas/voto', { util: 'sim' })).location, '/ajuda/cotas');
    t.match((await reader.get('/ajuda/cotas')).text, 'Você disse que ajudou');
    await reader.post('/ajuda/cotas/voto', { util: 'nao' });
    await other.post('/ajuda/cotas/voto', { util: 'sim' });
    await other.post('/ajuda/cotas/voto', { util: 'sim' });
    t.match((await reader.get('/ajuda/cotas')).text, 'Você disse que não ajudou');
    t.equal((await reader.post('/ajuda/cotas/voto', { util: 'talvez' })).status, 400);
    t.equal((await reader.post('/ajuda/nada/voto', { util: 'sim' })).status, 404);
    t.equal((await reader.get('/ajuda/votos')).status, 403);
    const counts = (await keeper.get('/ajuda/votos')).text;
    t.match(counts, /Cotas de consultas.*<span>1<\/span>.*<span>1<\/span>/s);
    const voted = (await audited(scene)).filter(({ event }) => event === 'help-voted');
    t.equal(voted.length, 4);
  });
  await t.test('asking a person', (t) => helpAsked(t, scene));
});

interface Tree {
  readonly nodeName: string;
  readonly childNodes?: readonly Tree[];
}

/** Names of the elements in a part of a page. */
function namesIn({ nodeName, childNodes = [] }: Tree): string[] {
  return [...(nodeName.startsWith('#') ? [] : [nodeName]), ...childNodes.flatMap(namesIn)];
}
