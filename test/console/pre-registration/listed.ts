import type { Test } from 'tap';
import { query } from '../../support/bases.ts';
import { officer } from '../bodies/people.ts';
import { browserOf, type ConsoleScene } from '../scene.ts';
import {
  anyCpf,
  askedByPage,
  bodyWithAuthority,
  formOf,
  linkTo,
  madeRequest,
  type OpenBody,
} from './people.ts';

const day = 24 * 3_600_000;

/** Whoever decides sees each request that waits, however many others there are. */
export async function listed(t: Test, scene: ConsoleScene): Promise<void> {
  const body = await bodyWithAuthority(scene);
  const { id } = await officer(scene, body.id, 'cadastrador-autorizador');
  await sent(scene, body, 600);
  scene.clock.pass(11 * day);
  const first = await madeRequest(scene, body, { upTo: 'authority' });
  await sent(scene, body, 100);
  scene.clock.pass(60_000);
  const last = await madeRequest(scene, body, { upTo: 'authority' });
  const given = await madeRequest(scene, body);
  const browser = await browserOf(scene, id);
  const approval = { decisao: 'aprovo', ate: '30/06/2026' };
  t.equal((await browser.post(`/pedidos/${given.id}`, approval)).status, 303);

  const links = (text: string, caption: string) =>
    new RegExp(`<caption[^>]*>${caption}.*?</table>`, 's').exec(text)?.[0] ?? '';
  const page = await browser.get('/pedidos');
  t.match(links(page.text, 'Em andamento'), first.id, 'what nobody answered in time hides none');
  t.notMatch(page.text, last.id);
  t.match(links(page.text, 'Aprovados'), given.id);
  t.match(links(page.text, 'Terminados'), 'Prazo vencido');
  const [, next = ''] = /href="(\/pedidos\?pagina=2)"/.exec(page.text) ?? [];
  const second = await browser.get(next);
  t.match(links(second.text, 'Em andamento'), last.id, 'and others are on the next page');
  t.notMatch(second.text, 'pagina=3');

  await t.test('an authority is written to so often', async (t) => {
    const other = await bodyWithAuthority(scene);
    const sends = async (email: string) => {
      const visitor = await askedByPage(scene, other, email);
      return visitor.fill('/pedido/meu', formOf('agente'));
    };
    t.equal((await sends('um@dpe.exemplo')).status, 303);
    t.match(await linkTo(scene, other.authority.email), '/pedido/autoridade/');
    await query(scene.base, 'UPDATE acesso.tentativa SET falhas = 40, ate = $2 WHERE alvo = $1', [
      `pedido à autoridade de ${other.id}`,
      new Date(scene.now().getTime() + 60_000),
    ]);
    const more = await sends('outro@dpe.exemplo');
    t.equal(more.status, 429, 'from wherever it is sent');
    scene.clock.pass(60_000);
    t.equal((await sends('outro@dpe.exemplo')).status, 303);
  });
}

/** So many that were filled in now and brought before the authority. */
async function sent(scene: ConsoleScene, { id }: OpenBody, number: number): Promise<void> {
  await query(
    scene.base,
    `WITH made AS (
       INSERT INTO acesso.pedido (id, email, orgao, criado, nome, cpf, papel, motivo, telefone)
       SELECT gen_random_uuid(), 'x' || n || '@x.exemplo', $1, $2, 'Falso Pedido', $3, 'agente', 'x', '8233150000'
         FROM generate_series(1, $4) n RETURNING id)
     INSERT INTO acesso.pedido_passo (pedido, numero, passo, quando)
     SELECT id, numero, passo, $2 FROM made,
       unnest(ARRAY['pedido', 'confirmado', 'formulario']) WITH ORDINALITY AS steps (passo, numero)`,
    [id, scene.now(), anyCpf(), number],
  );
}
