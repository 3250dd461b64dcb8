import type { Test } from 'tap';
import { mostFromOutside, pageAsked } from '../../central/console/help/ask-route.ts';
import { Tidier } from '../../central/service/tidier.ts';
import { createLogger } from '../../shared/log.ts';
import { query } from '../support/bases.ts';
import { letterTo } from './pre-registration/people.ts';
import { audited, browserOf, type ConsoleScene, madeBody, madePerson } from './scene.ts';
import { Visitor } from './visitor.ts';

const texto = 'A página não abre desde ontem.';
const email = 'caio@dpe.al.exemplo';

/** Whoever is stuck asks a person, from any page, signed in or not. */
export async function helpAsked(t: Test, scene: ConsoleScene): Promise<void> {
  const last = async () => {
    const [row] = await query<Record<string, unknown>>(
      scene.base,
      'SELECT protocolo, pessoa, orgao, pagina, texto, email FROM acesso.ajuda_pedida ORDER BY quando DESC LIMIT 1',
    );
    return row;
  };

  await t.test('who has not signed in', async (t) => {
    const visitor = new Visitor(scene, { address: '203.0.113.90' });
    const entry = await visitor.get('/entrar');
    t.match(entry.text, 'href="/ajuda/pedir?de=%2Fentrar"', 'each page leads there');
    const page = await visitor.get('/ajuda/pedir?de=%2Fentrar');
    const bad = await visitor.send(page, '/ajuda/pedir', { texto, email: 'caio' });
    t.equal(bad.status, 422);
    t.match(bad.text, texto, 'what was written is not lost');
    t.equal((await visitor.send(page, '/ajuda/pedir', { texto: 'é'.repeat(2001), email })).status, 422);
    const sent = await visitor.send(page, '/ajuda/pedir', { texto, email });
    const { protocolo, ...row } = (await last()) ?? {};
    t.strictSame(row, { pessoa: null, orgao: null, pagina: '/entrar', texto, email });
    t.equal(sent.location, `/ajuda/pedido?numero=${String(protocolo)}`);
    t.match((await visitor.get(sent.location ?? '')).text, String(protocolo));
    t.match((await visitor.get(sent.location ?? '')).text, 'segue por e-mail');
    t.equal(
      (await visitor.get('/ajuda/pedido?numero=2026-AAAA-AAAA')).status,
      404,
      'nothing was written down',
    );
    t.match(await query(scene.base, 'SELECT tipo FROM acesso.carta_pedida WHERE escrita IS NULL'), [
      { tipo: 'help-asked' },
    ]);
    t.notMatch(
      JSON.stringify(await audited(scene)),
      /caio@|desde ontem/,
      'the audit tells that it was asked',
    );
    for (let more = 0; more < 10; more++) await visitor.send(page, '/ajuda/pedir', { texto, email });
    const much = await visitor.send(page, '/ajuda/pedir', { texto, email });
    t.equal(much.status, 429);
    t.match(much.text, texto);
    t.equal((await visitor.get('/ajuda/pedido?numero=2026-%3Cb%3E')).status, 404);
  });

  await t.test('whether somebody is told of it, and for how long it is kept', async (t) => {
    const visitor = new Visitor(scene, { address: '203.0.113.91' });
    const page = await visitor.get('/ajuda/pedir');
    const told = async () => (await visitor.get(location)).text;
    const location = (await visitor.send(page, '/ajuda/pedir', { texto, email })).location ?? '';
    await letterTo(scene, email);
    t.match(await told(), 'não chegou a quem responde', 'nobody answers here');
    await query(
      scene.base,
      `UPDATE acesso.carta_pedida SET escrita = desistida, desistida = NULL
      WHERE tipo = 'help-asked'`,
    );
    t.match(await told(), 'foi encaminhado por e-mail');
    const clock = { now: () => scene.clock.now() + days * 86_400_000, after: () => () => undefined };
    let days = 179;
    const tidy = async () => {
      const tidier = new Tidier({ base: scene.base, clock, log: createLogger('silent', 'test') });
      tidier.start();
      await tidier.settled();
      await tidier.stop();
    };
    await tidy();
    t.equal((await visitor.get(location)).status, 200);
    days = 181;
    await tidy();
    t.equal((await visitor.get(location)).status, 404, 'nothing of it is left');
    t.equal(await last(), undefined);
  });

  await t.test('who has not signed in is bounded over all networks, and holds up nobody else', async (t) => {
    let status = 0;
    for (let at = 0; status !== 429 && at <= mostFromOutside; at++) {
      const visitor = new Visitor(scene, { address: `198.18.${at}.1` });
      status = (await visitor.send(await visitor.get('/ajuda/pedir'), '/ajuda/pedir', { texto, email }))
        .status;
    }
    t.equal(status, 429);
    const { id } = await madePerson(scene, (await madeBody(scene)).id, ['agente']);
    t.equal((await (await browserOf(scene, id)).post('/ajuda/pedir', { de: '', texto, email })).status, 303);
    const half = await browserOf(scene, id, { stage: 'segundo-fator' });
    t.equal(
      (await half.post('/ajuda/pedir', { de: '', texto, email })).status,
      429,
      'half a way in is outside',
    );
    scene.clock.pass(3_600_000);
  });

  await t.test('who has, and whom the page was about is not told', async (t) => {
    const body = await madeBody(scene);
    const { id } = await madePerson(scene, body.id, ['agente']);
    const browser = await browserOf(scene, id);
    await scene.base.transaction((tx) =>
      tx.query('UPDATE acesso.pessoa SET email = $2 WHERE id = $1', [id, email]),
    );
    const about = '/caso/3/pessoa/0d2f1f0e-0000-4000-8000-000000000001/rede';
    const page = await browser.get(`/ajuda/pedir?de=${encodeURIComponent(about)}`);
    t.match(page.text, `value="${email}"`);
    const [, de = ''] = /name="de" value="([^"]*)"/.exec(page.text) ?? [];
    t.equal(de, '/pessoa/…/rede');
    scene.clock.pass(1000);
    await browser.post('/ajuda/pedir', { de, texto, email });
    scene.clock.pass(1000);
    t.match(await last(), { pessoa: id, orgao: body.id, pagina: '/pessoa/…/rede' });
    const forged = await browser.post('/ajuda/pedir', { de: about, texto, email });
    t.equal(forged.status, 303);
    t.match(await last(), { pagina: '/pessoa/…/rede' }, 'nor where the form was sent by hand');
  });

  await t.test('pages that there are not', (t) => {
    for (const given of ['//mal.exemplo', 'https://x', '/<b>', '', `/${'a'.repeat(400)}`]) {
      t.equal(pageAsked(given), '', given);
    }
    t.equal(pageAsked('/pedido/link/abcdef_gh-ij'), '/pedido/link/…', 'nor a secret without a digit');
    t.end();
  });
}
