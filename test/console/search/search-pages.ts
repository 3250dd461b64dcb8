import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { natalId } from '../../../central/base/national-layer/natal-id.ts';
import { audited, browserOf, consoleScene, madeBody, madeCase, madePerson } from '../scene.ts';

/** @param base with the people of `known-nation.ts` */
export async function searchPages(t: Test, base: Base): Promise<void> {
  const scene = await consoleScene(t, base);
  const views = ['custodiado', 'custodia', 'unidade', 'outro_nome', 'visitante', 'advogado', 'processo'];
  const quota = { personQuota: 10_000, bodyQuota: 10_000 };
  const body = await madeBody(scene, { views, hidden: ['custodiado.alcunhas'], states: ['AL'], ...quota });
  const person = await madePerson(scene, body.id, ['agente']);
  const browser = await browserOf(scene, person.id);
  const number = await madeCase(scene, browser.session);
  const path = `/caso/${number}/busca`;
  const search = (query: Record<string, string>) =>
    browser.get(`${path}?${new URLSearchParams(query).toString()}`);
  const lastLook = async () => (await audited(scene)).findLast(({ found }) => found !== undefined);

  const form = await browser.get(path);
  t.equal(form.status, 200);
  t.match(form.text, 'Nome ou documento');
  t.notMatch(form.text, /encontrad|>SE</, 'nobody was looked for, and no state that is not seen is offered');
  t.match((await browser.get('/')).text, 'href="/finalidade?para=%2Fbusca"');
  t.match((await browser.get(`/caso/${number}`)).text, `href="${path}"`);

  const found = await search({ q: 'Washington Souza' });
  const natal = natalId('AL', 'custodiado', '1');
  t.match(found.text, `href="/caso/${number}/pessoa/${natal}"`);
  t.match(found.text, '1 pessoa encontrada');
  t.match(found.text, 'PRESÍDIO BALDOMERO CAVALCANTI');
  t.match(found.text, 'CPF ••••••••725');
  t.notMatch(found.text, /52998224725|PARAÍBA|UOSHINGTON/, 'what is covered, hidden, or of another state');
  t.match(await lastLook(), { terms: { q: 'Washington Souza' }, found: 1 });
  t.match((await search({ q: '529.982.247-25' })).text, 'CPF 52998224725');
  t.match(
    (await search({ q: 'Janaína' })).text,
    /JANAÍNA LIMA<\/a>\s*<span class="linha">No registro: ANTONIA/,
  );
  t.match((await search({ q: 'washigton' })).text, 'WASHINGTON por WASHIGTON (uma letra diferente), no nome');
  const marked = (await search({ q: 'script aspas' })).text;
  t.match(marked, '&lt;b&gt;SCRIPT&lt;/b&gt;');
  const long = await search({ q: 'comprido' });
  t.ok(long.text.length < 40_000, 'a name of 4,000 characters');

  const nobody = await search({ q: 'Zzyzx Qwert' });
  t.match(nobody.text, 'Ninguém foi encontrado');
  t.match(nobody.text, 'Só em AL');
  t.match(nobody.text, 'O acordo não mostra: alcunhas');
  t.match(await lastLook(), { found: 0 });
  const many = await search({ q: 'José da Silva' });
  t.match(many.text, 'São pessoas demais');
  t.match(many.text, '<details class="abrir" open', 'what to add stands open');
  for (const q of ['a', '%', '_', "'", 'x'.repeat(2048), '%'.repeat(2048)]) {
    const refused = await search({ q });
    t.equal(refused.status, 422, q.slice(0, 5));
    t.match(refused.text, 'href="#q"');
  }

  const pages = await search({ q: 'José Silva 1957' });
  const seen = new Set<string>();
  let page = pages;
  for (let turn = 0; turn < 5; turn++) {
    for (const [, id = ''] of page.text.matchAll(/\/pessoa\/([0-9a-f-]{36})"/g)) {
      t.notOk(seen.has(id), 'each once');
      seen.add(id);
    }
    const next = /href="([^"]+depois=[^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&');
    if (next === undefined) break;
    page = await browser.get(next);
  }
  const count = Number(/(\d+) pessoas encontradas/.exec(pages.text)?.[1]);
  t.ok(count > 20);
  t.equal(seen.size, count);
  t.equal(
    (await search({ q: 'José Silva 1957', depois: 'x' })).status,
    200,
    'a place that is none is the first',
  );

  const other = await browserOf(scene, (await madePerson(scene, body.id, ['estatistico'])).id);
  t.equal((await other.get(`/caso/${await madeCase(scene, other.session)}/busca?q=ana`)).status, 403);
}
