import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { query } from '../../support/bases.ts';
import { audited, type Browser, browserOf, consoleScene, madeBody, madePerson } from '../scene.ts';
import { anyRef, forgetStates, States } from './scene.ts';

const why = 'A TI do estado confirmou por telefone que excluiu a unidade fechada.';
const given = (base: Base) =>
  query<Record<string, string>>(
    base,
    `SELECT visao, codigo, assunto, referencia, resposta, quem, por_meio, motivo FROM decidido.resposta
      WHERE fonte = 'AL' ORDER BY numero`,
  );

export async function decidesDoubts(t: Test, base: Base): Promise<void> {
  const scene = await consoleScene(t, base);
  const body = await madeBody(scene);
  const people = await Promise.all([1, 2].map(() => madePerson(scene, body.id, ['operador'])));
  const browsers = await Promise.all(people.map(({ id }) => browserOf(scene, id)));
  const [browser, other] = browsers as [Browser, Browser];
  const s = new States(t, base);
  s.enrols('AL');
  await s.collects('AL');
  const ref = s.loses('AL');
  await s.shows();
  const path = `/estados/AL/decisoes/${ref}`;
  const say = (resposta: string, changes: Record<string, string> = {}, by = browser) =>
    by.post(path, { resposta, motivo: why, estava: '', ...changes });

  await t.test('with a reason, and one of the two', async (t) => {
    const page = await browser.get(path);
    t.match(page.text, /Linhas que sumiram: 150 de 1\.200/);
    t.match(page.text, /marca como removidas tantas linhas quantas/);
    for (const [form, fault] of [
      [{ resposta: '' }, /Escolha entre aceitar e recusar/],
      [{ resposta: 'talvez' }, /Escolha entre aceitar e recusar/],
      [{ motivo: 'ok' }, /Explique em uma frase/],
    ] as const) {
      const back = await say('accepted', form);
      t.equal(back.status, 422);
      t.match(back.text, fault);
    }
    t.match(
      (await say('accepted', { motivo: '<b>"ok"' })).text,
      /&lt;b&gt;&quot;ok&quot;/,
      'as it was typed',
    );
    t.strictSame(await given(base), []);
  });

  await t.test('for exactly what was shown', async (t) => {
    t.equal((await browser.post(`/estados/AL/decisoes/${anyRef()}`, { resposta: 'accepted' })).status, 404);
    t.equal((await say('accepted', { estava: 'refused' })).status, 409, 'it stood otherwise');
    t.strictSame(await given(base), []);
  });

  await t.test('once: of two at the same time one is recorded, with who said it and why', async (t) => {
    const answers = await Promise.all([say('refused'), say('accepted', {}, other)]);
    t.strictSame(
      answers.map(({ status }) => status).toSorted((one, other) => one - other),
      [303, 409],
    );
    const refused = answers[0]?.status === 303;
    const who = people[refused ? 0 : 1];
    t.strictSame(await given(base), [
      {
        ...{ visao: 'custodiado', codigo: 'view-shrank', assunto: '150', referencia: ref },
        resposta: refused ? 'refused' : 'accepted',
        ...{ quem: who?.id, por_meio: 'console', motivo: why },
      },
    ]);
    const events = (await audited(scene)).filter((entry) => entry['event'] === 'doubt-answered');
    t.match(events, [{ source: 'AL', ref, person: who?.id, terms: { words: why } }]);
    t.equal(events.length, 1);
    const page = await other.get(path);
    t.match(page.text, new RegExp(`respondida por ${who?.name}; a central ainda não viu a resposta`));
    t.notMatch(page.text, /name="resposta"/, 'it is not asked twice');
    t.match((await browser.get('/estados/AL')).text, /ainda não viu a resposta/);
    t.equal((await say('refused')).status, 409);

    await s.looks();
    t.equal(s.state.attentions.all()[0]?.decision, refused ? 'refused' : 'accepted', 'central has done it');
    const done = await browser.get(path);
    t.match(done.text, /a central a cumpriu/);
    t.match(done.text, refused ? /recusada; a visão fica como está/ : /aceita; falta a próxima coleta/);
    t.equal((await say('refused')).status, 409, 'and nobody says it again');
  });

  await t.test('what was refused may be accepted later', async (t) => {
    const [doubt] = s.state.attentions.all();
    s.state.answers.decide('AL', null, 'refused', { who: 'raiz', reason: null, refs: [doubt?.ref ?? ''] });
    await s.shows();
    const page = await browser.get(path);
    t.match(page.text, /recusada; a visão fica como está/);
    t.match(page.text, /<td[^>]*><span>raiz<\/span>/, 'what was said at the terminal is told, too');
    t.match(page.text, /value="accepted"/);
    t.notMatch(page.text, /value="refused" /, 'to refuse it again would say nothing');
    t.equal((await say('accepted', { estava: 'refused' })).status, 303);
    await s.looks();
    t.equal(s.state.attentions.all()[0]?.decision, 'accepted');
  });

  await t.test('an answer to what has changed meanwhile decides nothing, and the page says so', async (t) => {
    const next = s.loses('AL', 300);
    t.not(next, ref);
    await s.shows();
    t.equal(
      (await browser.post(`/estados/AL/decisoes/${next}`, { resposta: 'refused', motivo: why })).status,
      303,
    );
    s.loses('AL', 301);
    await s.looks();
    const page = await browser.get(`/estados/AL/decisoes/${next}`);
    t.equal(page.status, 200);
    t.match(page.text, /não valeu: a dúvida já era outra/);
    t.match(page.text, /Não há mais o que decidir/);
    t.match((await browser.get('/estados/AL')).text, /Linhas que sumiram: 301/);
  });

  await t.test('what is gone is not there to be answered', async (t) => {
    const ref = s.state.attentions.all()[0]?.ref ?? '';
    s.state.attentions.forget('AL', 'custodiado');
    await s.shows();
    const gone = await browser.post(`/estados/AL/decisoes/${ref}`, { resposta: 'refused', motivo: why });
    t.equal(gone.status, 404);
    const known = await say('accepted', { estava: 'accepted' });
    t.equal(known.status, 409);
    t.match(known.text, /nada foi decidido/);
  });
  await s.publisher.close();
  await forgetStates(base);
}
