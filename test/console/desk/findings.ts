import type { Test } from 'tap';
import { audited, browserOf, type ConsoleScene, madeBody, madePerson } from '../scene.ts';
import { earlierDays, ids } from './nation.ts';
import { onCase, textOf, views } from './reviewers.ts';

/** What was found, by state, view and rule; and in which rows, for who sees them. */
export async function findings(t: Test, scene: ConsoleScene): Promise<void> {
  const body = await madeBody(scene, { views });
  const statistician = await madePerson(scene, body.id, ['estatistico']);
  const browser = await browserOf(scene, statistician.id);

  await t.test('by state, view and rule, without a purpose', async (t) => {
    const states = textOf((await browser.get('/achados')).text);
    t.match(states, /AL \d+,\d – \d+ \d+ \d+ \d\d\/\d\d\/\d{4}/);
    t.match(states, /RO \d/);
    const state = await browser.get('/achados/AL');
    t.match(
      textOf(state.text),
      /T03, custodia média O valor não corresponde a nenhum da lista nacional\. 3 3 0/,
    );
    const severities = [...textOf(state.text).matchAll(/(crítica|grave|média|baixa) [A-Z]/g)].map(
      ([, name]) => name,
    );
    const order = ['crítica', 'grave', 'média', 'baixa'];
    t.same(
      severities,
      severities.toSorted((x, y) => order.indexOf(x ?? '') - order.indexOf(y ?? '')),
    );
    const rule = textOf((await browser.get('/achados/AL/custodia/T03')).text);
    t.match(rule, /O que o estado deve fazer Use um valor da lista/);
    t.match(rule, /3 abertos, 3 novos, 0 resolvidos/);
    t.notMatch(rule, 'Ver as linhas', 'who looks at nobody is not sent there');
    for (const path of ['/achados/TO', '/achados/XX', '/achados/AL/custodia/Z99', '/achados/AL/outra/T03']) {
      t.equal((await browser.get(path)).status, 404, path);
    }
  });

  await t.test('a body of one state is told of that one', async (t) => {
    const one = await madeBody(scene, { views, states: ['AL'] });
    const { id } = await madePerson(scene, one.id, ['estatistico']);
    const limited = await browserOf(scene, id);
    const text = textOf((await limited.get('/achados')).text);
    t.match(text, /AL/);
    t.notMatch(text, /RO/);
    t.equal((await limited.get('/achados/RO')).status, 403);
    t.equal((await limited.get('/achados/TO')).status, 403, 'whether or not there is anything of it');
    const none = await madeBody(scene, null);
    const nobody = await browserOf(scene, (await madePerson(scene, none.id, ['estatistico'])).id);
    t.notMatch(textOf((await nobody.get('/achados')).text), /AL \d/);
  });

  await t.test('in which rows: by the begin of their key, within a case, written down', async (t) => {
    const { browser, at } = await onCase(scene, ['agente']);
    const page = await browser.get(at('/achados/AL/custodia/T03'));
    const text = textOf(page.text);
    t.match(text, /… regime \d\d\/\d\d\/\d{4} Abrir a pessoa/);
    t.match(page.text, at(`/pessoa/${ids.twin}`));
    t.notMatch(text, /JORGE|TERESA|TEREZA|400/);
    const [look] = await audited(scene, 1);
    t.match(look, { found: 3, shown: 3 });
    const { records = [] } = (look?.terms ?? {}) as { readonly records?: readonly string[] };
    t.strictSame(records.toSorted(), [ids.twin, ids.teresa, ids.maria].toSorted());
    const without = await browser.get('/caso/9/achados/AL/custodia/T03');
    t.equal(without.location, '/finalidade?para=%2Fachados%2FAL%2Fcustodia%2FT03');
  });

  await t.test('pages lead on by the key', async (t) => {
    const { browser, at } = await onCase(scene, ['agente']);
    const after = await browser.get(at('/achados/AL/custodia/T03?id=2&item=regime'));
    t.match([after.status, [...after.text.matchAll(/Abrir a pessoa/g)].length], [200, 2]);
    t.match(after.text, `href="${at('/achados/AL/custodia/T03')}"`);
  });

  await t.test('what is found beside a state that is not seen is not told', async (t) => {
    const open = await onCase(scene, ['agente']);
    const both = await open.browser.get(open.at('/achados/AL/custodiado/C07a'));
    t.match(textOf(both.text), /1… … RO|… – \d\d\/\d\d\/\d{4} RO …/);
    const limited = await onCase(scene, ['agente'], { states: ['AL'] });
    const one = await limited.browser.get(limited.at('/achados/AL/custodiado/C07a'));
    t.match(textOf(one.text), /Nenhum achado aberto entre as linhas/);
    t.equal((await limited.browser.get(limited.at('/achados/RO/custodiado/C07a'))).status, 403);
  });

  await t.test('what was found beside others is asked again of those that are seen', async (t) => {
    // As of AL 1, AL 2 and a third one of another state that has another RJI than these two.
    await scene.base.transaction((tx) =>
      tx.query(
        `INSERT INTO nacional.achado (regra, fonte, visao, id, item, assunto, fonte_assunto, chave, desde, visto)
         SELECT 'P16b', 'AL', 'custodiado', id, '', 'pessoa', '', $1, now(), now() FROM unnest($2::text[]) AS id`,
        [ids.jose, ['1', '2']],
      ),
    );
    const path = '/achados/AL/custodiado/P16b';
    const linesOf = (text: string) => [...text.matchAll(/Abrir a pessoa/g)].length;
    const open = await onCase(scene, ['agente']);
    t.equal(linesOf((await open.browser.get(open.at(path))).text), 2);
    const limited = await onCase(scene, ['agente'], { states: ['AL'] });
    const page = textOf((await limited.browser.get(limited.at(path))).text);
    t.match(page, /Nenhum achado aberto entre as linhas/, 'though both are seen');
    const [whole, less] = await Promise.all(
      [open, limited].map(async ({ browser, at }) => (await browser.get(at('/achados/AL'))).text),
    );
    t.match(whole, 'P16b;');
    t.notMatch(less, 'P16b;', 'nor by the file');
    await scene.base.transaction((tx) => tx.query("DELETE FROM nacional.achado WHERE regra = 'P16b'"));
  });

  await t.test('what is found by what is not seen is told by the rule that finds it otherwise', async (t) => {
    const { browser, at } = await onCase(scene, ['agente'], { hidden: ['custodiado.cpf'] });
    const other = await browser.get(at('/achados/AL/custodiado/C07b'));
    t.match(textOf(other.text), /RO …/);
    const own = await browser.get(at('/achados/AL/custodiado/C07a'));
    t.match(textOf(own.text), /não mostra \(custodiado\.cpf\)/);
    const csv = (await browser.get(at('/achados/AL'))).text;
    t.match([csv.includes('C07b;'), csv.includes('C07a;')], [true, false]);
  });

  await t.test('what is found in what is not seen is not told', async (t) => {
    const hidden = await onCase(scene, ['agente'], { hidden: ['custodia.regime'] });
    t.match(
      textOf((await hidden.browser.get(hidden.at('/achados/AL/custodia/T03'))).text),
      /Nenhum achado aberto/,
    );
    const less = await onCase(scene, ['agente'], { views: ['custodiado'] });
    t.match(
      textOf((await less.browser.get(less.at('/achados/AL/custodia/T03'))).text),
      /a regra olha o que o acordo do seu órgão não mostra \(custodia\)/,
    );
    const csv = (await hidden.browser.get(hidden.at('/achados/AL'))).text;
    t.notMatch(csv, /regime/);
    const lessCsv = (await less.browser.get(less.at('/achados/AL'))).text;
    t.notMatch(lessCsv, /;custodia;/);
    t.match(lessCsv, /;custodiado;/);
  });

  await t.test('over time, as a line and as its numbers', async (t) => {
    t.notMatch((await browser.get('/achados/AL')).text, 'class="grafico"', 'of one day there is no line');
    await earlierDays(scene.base);
    const state = await browser.get('/achados/AL');
    t.match(state.text, /<polyline class="linha" points="64,\d/);
    t.match(textOf(state.text), /Dia a dia \(21\)/);
    t.match(textOf((await browser.get('/achados')).text), /AL \d+,\d (subiu|caiu) \d+,\d, desde/);
    const rule = await browser.get('/achados/AL/custodia/T03');
    t.match(rule.text, 'aria-label="Achados abertos de T03 em custodia, AL"');
    t.match(textOf(rule.text), /\d\d\/\d\d\/\d{4} 23 0 1/, 'the oldest of them');
  });

  await t.test('as a file for the state, masked', async (t) => {
    const { browser, at } = await onCase(scene, ['agente']);
    const file = await browser.get(at('/achados/AL'));
    t.match(file.headers, {
      'content-type': /^text\/csv/,
      'content-disposition': /filename="achados-AL-\d{4}-\d\d-\d\d\.csv"/,
    });
    const [head = '', ...lines] = file.text.trimEnd().split('\r\n');
    t.match(head, /^\uFEFFregra;gravidade;visao;id;item;o_que_esta_errado;o_que_fazer;desde;valor$/);
    t.equal(lines.filter((line) => line.startsWith('T03;média;custodia;')).length, 3);
    t.match(file.text, /;SE…/, 'the begin of what the state gave');
    t.notMatch(file.text, /SEMI AB|JOSE|ANA LIMA/);
    const [look] = await audited(scene, 1);
    t.match(look, { event: 'findings-exported', found: lines.length, shown: 0, terms: { state: 'AL' } });
  });
}
