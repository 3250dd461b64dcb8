import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { verifyLinks } from '../../../central/base/decided-layer/link-chain.ts';
import { query } from '../../support/bases.ts';
import type { Loader } from '../../support/loader.ts';
import { audited, type ConsoleScene, type Shown } from '../scene.ts';
import { ids, treatNow } from './nation.ts';
import { hiddenOf, type OnCase, onCase, textOf } from './reviewers.ts';

const pairPath = (a: string, b: string) => `/vinculacao/${a}/${b}`;
const given = { fundamento: 'dados', motivo: '', volta: 'fila' } as const;

/** Sends what somebody says of a pair that they have open. */
async function answer(
  who: OnCase,
  page: Shown,
  path: string,
  resposta: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Shown> {
  const visto = hiddenOf(page.text, 'visto');
  return who.browser.post(who.at(path), { ...given, resposta, visto, ...more });
}

const areOne = async (base: Base, a: string, b: string) => {
  const rows = await query<{ person: string }>(
    base,
    'SELECT DISTINCT pessoa_id AS person FROM nacional.registro WHERE natal_id IN ($1, $2)',
    [a, b],
  );
  return rows.length === 1;
};

/** Of a queue's page, the two registers that it asks about. */
const askedAbout = (page: string) =>
  (/action="[^"]*\/vinculacao\/([0-9a-f-]{36})\/([0-9a-f-]{36})"/.exec(page) ?? []).slice(1, 3);

export async function reviewing(
  t: Test,
  scene: ConsoleScene,
  loaders: ReadonlyMap<string, Loader>,
): Promise<void> {
  const { base } = scene;
  const [first, second] = [await onCase(scene), await onCase(scene)];
  const decisions = () =>
    query<{ number: number; who: string; through: string; reason: string; says: string }>(
      base,
      `SELECT numero::int AS number, quem AS who, por_meio AS through, motivo AS reason, diz AS says
         FROM decidido.vinculo ORDER BY numero`,
    );

  await t.test('two registers side by side, in words and numbers', async (t) => {
    const page = await first.browser.get(first.at(pairPath(ids.jose, ids.twin)));
    t.equal(page.status, 200);
    const text = textOf(page.text);
    t.match(text, /Impedimento: os prenomes são claramente outros/);
    t.match(text, /nome JOSE LIMA DA SILVA JORGE LIMA DA SILVA (pouco parecido|diferente)/);
    t.match(text, /mãe ANA LIMA DA SILVA ANA LIMA DA SILVA igual/);
    t.match(text, /nascimento 13\/05\/1980 13\/05\/1980 igual/);
    t.match(text, /CPF 529\.982\.247-25 não diz não se compara/);
    t.match(text, /de partida .* −22,0/);
    t.match(text, /Pessoa do registro A, hoje: 2 registros \(AL, RO\)/);
    t.match(text, /estado civil Solteiro\(a\)|estado civil Solteiro/, 'what is not compared is told apart');
    t.match(page.text, /<svg class="barra"/);
    const [look] = await audited(scene, 1);
    t.match(look, { method: 'GET', found: 1, shown: 2, terms: { records: [ids.jose, ids.twin] } });
  });

  await t.test('the same two the other way round, and what is no pair', async (t) => {
    const turned = await first.browser.get(first.at(pairPath(ids.twin, ids.jose)));
    t.match(textOf(turned.text), /nome JORGE LIMA DA SILVA JOSE LIMA DA SILVA/);
    for (const path of [
      pairPath(ids.jose, ids.jose),
      pairPath(ids.jose, 'x'),
      pairPath(ids.jose, ids.jose.replace(/^./, 'f')),
    ]) {
      t.equal((await first.browser.get(first.at(path))).status, 404, path);
    }
  });

  await t.test('nothing is decided without an answer, a ground, and a page that still holds', async (t) => {
    const path = pairPath(ids.maria, ids.otherMaria);
    const page = await first.browser.get(first.at(path));
    const empty = await answer(first, page, path, '', { fundamento: '' });
    t.equal(empty.status, 422);
    t.match(empty.text, /Corrija 2 campos/);
    const other = await answer(first, page, path, 'mesma', { fundamento: 'outro', motivo: 'x' });
    t.match(other.text, 'Explique em algumas palavras.');
    const named = await answer(first, page, path, 'mesma', { motivo: 'CPF 529.982.247-25' });
    t.match([named.status, named.text], [422, /Não escreva o número de um documento/]);
    const stale = await answer(first, page, path, 'mesma', { visto: 'another' });
    t.match([stale.status, stale.text], [409, /mudaram depois que você abriu/]);
    t.notMatch(stale.text, ' checked', 'what they chose is chosen anew');
    t.strictSame(await decisions(), []);
  });

  await t.test('what changed meanwhile is looked at again', async (t) => {
    const path = pairPath(ids.teresa, ids.maria);
    const page = await first.browser.get(first.at(path));
    await loaders
      .get('AL custodiado')
      ?.load([['3', 'TEREZA ALVES', 'RITA ALVES', '1970-01-20', null, 'F', null]]);
    await treatNow(base);
    const stale = await answer(first, page, path, 'outra');
    t.equal(stale.status, 409);
    t.match(textOf(stale.text), /TEREZA ALVES/);
    t.strictSame(await decisions(), []);
  });

  await t.test(
    'a decision is recorded with what was shown, and followed by the next treatment',
    async (t) => {
      const queue = await first.browser.get(first.at('/vinculacao'));
      t.match(textOf(queue.text), /pares à espera, primeiro os em que a resposta muda mais/);
      t.equal(askedAbout(queue.text).length, 2);
      const [a, b] = [ids.maria, ids.otherMaria];
      const page = await first.browser.get(first.at(pairPath(a, b)));
      t.notOk(await areOne(base, a, b));
      const done = await answer(first, page, pairPath(a, b), 'mesma', {
        fundamento: 'foto',
        motivo: 'Mesma  cicatriz',
      });
      t.equal(done.location, first.at(`/vinculacao?depois=${a}.${b}&feita=1`));
      const next = await first.browser.get(done.location ?? '');
      t.match(textOf(next.text), /Decisão 1 registrada: são a mesma pessoa/);
      t.not(askedAbout(next.text).join(), [a, b].join(), 'the next one comes');
      const [decision] = await decisions();
      t.match(decision, { number: 1, says: 'same', through: 'console' });
      t.equal(decision?.who, `${first.person.name} (${first.short})`);
      t.match(
        decision?.reason,
        /^Fotos: Mesma cicatriz \[visto: modelo "inicial", [+−]\d+,\d bits; nome [+−]\d/,
      );
      const event = (await audited(scene)).find((each) => each['event'] === 'link-decided');
      t.match(event, {
        decision: 1,
        says: 'same',
        model: 'inicial',
        weight: Number,
        terms: { words: 'Fotos: Mesma cicatriz' },
      });
      await treatNow(base);
      t.ok(await areOne(base, a, b));
      t.strictSame((await base.snapshot((questions) => verifyLinks(questions))).faults, []);
    },
  );

  await t.test('the second of two is told that it was decided, or what it contradicts', async (t) => {
    const path = pairPath(ids.jose, ids.twin);
    const [one, other] = [await first.browser.get(first.at(path)), await second.browser.get(second.at(path))];
    const done = await answer(first, one, path, 'outra', { fundamento: 'parentes' });
    const [, number = ''] = /feita=(\d+)/.exec(done.location ?? '') ?? [];
    t.ok(number);
    const again = await answer(second, other, path, 'outra');
    t.match(again.location, new RegExp(`ja=${number}$`));
    t.match(
      textOf((await second.browser.get(again.location ?? '')).text),
      /Alguém já tinha decidido o mesmo.*Nada foi registrado de novo/,
    );
    const against = await answer(second, other, path, 'mesma');
    t.equal(against.status, 409);
    t.match(textOf(against.text), new RegExp(`Contradiz a decisão ${number}, que vale: nada foi registrado`));
    t.match(against.text, `/vinculacao/decisoes/${number}"`);
    // Through others: the one of RO is José.
    const sure = pairPath(ids.jose, ids.again);
    t.equal((await answer(first, await first.browser.get(first.at(sure)), sure, 'mesma')).status, 303);
    const through = pairPath(ids.again, ids.twin);
    t.equal(
      (await answer(second, await second.browser.get(second.at(through)), through, 'mesma')).status,
      409,
    );
  });

  await t.test('undone with a reason, it holds no more', async (t) => {
    const all = await decisions();
    const { number } = all.at(-1) ?? { number: 0 };
    const path = second.at(`/vinculacao/decisoes/${number}`);
    t.match(textOf((await second.browser.get(path)).text), /O que se disse são a mesma pessoa/);
    t.equal((await second.browser.post(path, { motivo: ' ' })).status, 422);
    const sent = await Promise.all(
      [1, 2].map(() => second.browser.post(path, { motivo: 'Vi as fotos de novo' })),
    );
    const statuses = sent.map(({ status }) => String(status)).toSorted();
    t.same(statuses, ['303', '409'], 'of two clicks one is done');
    t.equal(sent.find(({ status }) => status === 303)?.location, path);
    t.match(sent.find(({ status }) => status === 409)?.text, /Isto já foi feito/);
    const page = textOf((await second.browser.get(path)).text);
    t.match(page, new RegExp(`Situação desfeita pela decisão ${number + 1}`));
    t.equal((await second.browser.post(path, { motivo: 'Vi as fotos de novo' })).status, 409);
    const event = (await audited(scene)).find((each) => each['event'] === 'link-undone');
    t.match(event, { decision: number, by: number + 1, terms: { words: 'Vi as fotos de novo' } });
    for (const wrong of ['999', 'x', `${number + 1}`]) {
      t.equal((await second.browser.get(second.at(`/vinculacao/decisoes/${wrong}`))).status, 404, wrong);
    }
    t.strictSame((await base.snapshot((questions) => verifyLinks(questions))).faults, []);
  });

  await t.test('who does not know says so, and is not asked again; who knows answers later', async (t) => {
    const path = pairPath(ids.teresa, ids.maria);
    const done = await answer(first, await first.browser.get(first.at(path)), path, 'incerto', {
      fundamento: 'faltam',
      volta: 'par',
    });
    t.match(done.location, new RegExp(`${path}\\?feita=\\d+$`));
    const told = textOf((await first.browser.get(done.location ?? '')).text);
    t.match(told, /Decisão \d+ registrada.*não dá para saber/);
    const twice = await answer(first, await first.browser.get(first.at(path)), path, 'incerto', {
      volta: 'par',
    });
    t.match(textOf((await first.browser.get(twice.location ?? '')).text), /Nada foi registrado de novo/);
    const list = await second.browser.get(second.at('/vinculacao/decisoes?diz=incerto'));
    t.match(textOf(list.text), /não dá para saber AL, custodiado/);
    t.equal((await answer(second, await second.browser.get(second.at(path)), path, 'outra')).status, 303);
  });

  await t.test('whoever skips comes to the end of the list, and back to its beginning', async (t) => {
    let page = await first.browser.get(first.at('/vinculacao'));
    const seen = new Set<string>();
    for (;;) {
      const pair = askedAbout(page.text).join();
      if (pair === '') break;
      t.notOk(seen.has(pair), 'each once');
      seen.add(pair);
      const [, skip = ''] = /href="([^"]*depois=[^"]*)"/.exec(page.text) ?? [];
      page = await first.browser.get(skip);
    }
    t.ok(seen.size > 0);
    t.match(textOf(page.text), /Você chegou ao fim da lista/);
    t.equal((await first.browser.get(first.at('/vinculacao?depois=x'))).status, 200);
  });
}
