import type { Test } from 'tap';
import { unknownFound, unknownWords } from '../../../central/codes/unknown-words.ts';
import { query } from '../../support/bases.ts';
import { audited, browserOf, type ConsoleScene, madeBody, madePerson } from '../scene.ts';
import { treatNow } from './nation.ts';
import { hiddenOf, textOf, views } from './reviewers.ts';

/** Words without a national value, and what people say that they mean. */
export async function codes(t: Test, scene: ConsoleScene): Promise<void> {
  const { base } = scene;
  const body = await madeBody(scene, { views });
  const person = await madePerson(scene, body.id, ['revisor']);
  const browser = await browserOf(scene, person.id);
  const path = '/codigos/AL/custodia.regime';
  const reason = 'Informado pela secretaria do estado';

  await t.test('by state and column, as the command tells them', async (t) => {
    t.match(textOf((await browser.get('/codigos')).text), /AL 3 \d\d\/\d\d/);
    t.match(
      textOf((await browser.get('/codigos/AL')).text),
      /custodia\.regime 2 3 (SEMI AB\. X|semi ab x); A ESCLARECER/i,
    );
    const page = textOf((await browser.get(path)).text);
    t.match(page, /(SEMI AB\. X|semi ab x) 2 A ESCLARECER 1/i, 'spellings are one word');
    const found = await base.snapshot((questions) => unknownFound(questions, 'AL', { isSeen: () => true }));
    const all = await unknownWords(base, 'AL', new AbortController().signal);
    t.strictSame(found, all, 'what treatment found, and what is in the rows');
  });

  await t.test('a value, a reason, or that it means nothing', async (t) => {
    const form = await browser.get(`${path}?palavra=SEMI%20AB.%20X`);
    t.match(textOf(form.text), /Linhas que a têm 2/);
    t.match(form.text, '<option value="semiaberto"');
    const word = { palavra: 'SEMI AB. X' };
    const wrong: readonly (readonly [Record<string, string>, RegExp])[] = [
      [{ motivo: reason }, /Escolha o valor, ou diga que a palavra não diz nada/],
      [{ valor: 'outro', motivo: reason }, /Não é um valor nacional/],
      [{ valor: 'semiaberto', nada: 'sim', motivo: reason }, /não os dois/],
      [{ valor: 'semiaberto', motivo: 'x' }, /Explique em uma frase/],
    ];
    for (const [given, told] of wrong) {
      const answer = await browser.post(path, { ...word, ...given });
      t.match([answer.status, answer.text], [422, told]);
    }
    t.equal((await browser.post(path, { palavra: '...', valor: 'semiaberto', motivo: reason })).status, 404);
    const done = await browser.post(path, { ...word, valor: 'semiaberto', motivo: reason });
    t.equal(done.location, `${path}?feito=1`);
    t.equal((await browser.post(path, { palavra: 'A ESCLARECER', nada: 'sim', motivo: reason })).status, 303);
    const said = await query(
      base,
      'SELECT campo, codigo, quem, por_meio, motivo FROM decidido.de_para ORDER BY numero',
    );
    const who = `${person.name} (${body.short})`;
    t.strictSame(said, [
      { campo: 'custodia.regime', codigo: 'semiaberto', quem: who, por_meio: 'console', motivo: reason },
      { campo: 'custodia.regime', codigo: null, quem: who, por_meio: 'console', motivo: reason },
    ]);
    const events = (await audited(scene)).filter((each) => each['event'] === 'code-assigned');
    t.match(events, [
      {
        state: 'AL',
        column: 'custodia.regime',
        code: 'semiaberto',
        terms: { word: 'SEMI AB. X', words: reason },
      },
      { code: null },
    ]);
    const page = textOf((await browser.get(done.location ?? '')).text);
    t.match(
      page,
      /as mais frequentes primeiro|Nenhuma palavra/,
      'they are asked about no more, before any treatment',
    );
    t.match(page, /Nenhuma palavra sem valor nacional\. O que já se disse/);
    t.match(page, new RegExp(`não diz nada ${person.name}`));
    t.match(textOf((await browser.get(`${path}?palavra=semi%20ab%20x`)).text), /Já se disse: Semiaberto/);
    await treatNow(base);
    const typed = await query(base, `SELECT regime FROM nacional.custodia WHERE fonte = 'AL' ORDER BY id`);
    t.strictSame(
      typed.map(({ regime }: { regime?: string }) => regime),
      ['fechado', 'semiaberto', 'semiaberto', null],
    );
  });

  await t.test('of two who speak of a word, the second sees what the first one said', async (t) => {
    const word = { palavra: 'SEMI AB. X', motivo: reason };
    const count = async () => (await query(base, 'SELECT FROM decidido.de_para')).length;
    const stale = await browser.post(path, { ...word, valor: 'fechado', estava: '' });
    t.match([stale.status, textOf(stale.text)], [409, /nada foi registrado.*Já se disse: Semiaberto/]);
    t.match(stale.text, reason, 'what they wrote is not lost');
    t.equal((await browser.post(path, { ...word, valor: 'semiaberto', estava: '' })).status, 303);
    t.equal(await count(), 2, 'what was said already is not said again');
    const page = await browser.get(`${path}?palavra=SEMI%20AB.%20X`);
    const estava = hiddenOf(page.text, 'estava');
    const faulty = await browser.post(path, { ...word, valor: '', estava });
    t.match([faulty.status, textOf(faulty.text)], [422, /Já se disse: Semiaberto/]);
    t.equal((await browser.post(path, { ...word, valor: 'fechado', estava })).status, 303);
    t.equal(await count(), 3);
    t.equal((await browser.post(path, { ...word, valor: 'fechado', estava: 'x' })).status, 400);
  });

  await t.test('of what a body sees, and for reviewers alone', async (t) => {
    const less = await madeBody(scene, { views: ['custodiado'], states: ['AL'] });
    const limited = await browserOf(scene, (await madePerson(scene, less.id, ['revisor'])).id);
    t.equal((await limited.get(path)).status, 403);
    t.equal((await limited.post(path, { palavra: 'x', nada: 'sim', motivo: reason })).status, 403);
    t.equal((await limited.get('/codigos/RO')).status, 403);
    t.equal((await limited.get('/codigos/TO')).status, 403, 'whether or not there is anything of it');
    for (const unknown of ['/codigos/AL/custodia.id', '/codigos/AL/x', '/codigos/ZZ']) {
      t.equal((await browser.get(unknown)).status, 404, unknown);
    }
    const agent = await browserOf(scene, (await madePerson(scene, body.id, ['agente'])).id);
    t.equal((await agent.get('/codigos')).status, 403);
  });
}
