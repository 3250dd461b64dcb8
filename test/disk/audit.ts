import { chmodSync, chownSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Test } from 'tap';
import { html } from '../../central/console/html/html.ts';
import { route } from '../../central/console/route.ts';
import { routes } from '../../central/console/routes.ts';
import { loggerOptions } from '../../shared/log.ts';
import { audited, browserOf, consoleScene, madeBody, madeCase, madePerson } from '../console/scene.ts';
import { openPostgresBase, query } from '../support/bases.ts';
import { restartedPostgres } from '../support/postgres.ts';
import { fill } from './fill.ts';

const terms = { nome: 'MARIA APARECIDA DE TESTE', cpf: '52998224725' };
const record = '7d1f2c3a-0000-4000-8000-000000000001';

/** A page that shows somebody. */
const people = route({
  ...{ method: 'GET', path: '/t/pessoa', who: 'case', roles: ['agente'], views: ['custodiado'] },
  showsPeople: true,
  answer: async () => ({
    title: 'Pessoa',
    main: html`<h1>Mostrada</h1>`,
    look: { terms, found: 1, shown: [record] },
  }),
});

/** A real server whose audit lies on a disk that is full. */
export async function audit(t: Test, disk: string): Promise<void> {
  const server = await restartedPostgres(t);
  await server.admin(`CREATE DATABASE cheia TEMPLATE ${server.migrated}`);
  const filler = join(disk, 'filler');
  const folder = tablespace(disk, server.folder);
  t.teardown(() => {
    rmSync(filler, { force: true });
    rmSync(folder, { recursive: true, force: true });
  });
  await server.admin(`CREATE TABLESPACE pequeno LOCATION '${folder}'`);
  await server.admin('ALTER TABLE acesso.auditoria SET TABLESPACE pequeno', 'cheia');
  const base = openPostgresBase(server, 'cheia');
  t.teardown(() => base.close());

  const lines: string[] = [];
  const log = pino(loggerOptions('info'), { write: (line: string) => void lines.push(line) });
  const scene = await consoleScene(t, base, [...routes, people], { log });
  const body = await madeBody(scene, { purposes: ['execucao-penal', 'investigacao'], personQuota: 100_000 });
  const { id } = await madePerson(scene, body.id, ['agente']);
  const browser = await browserOf(scene, id);
  const onCase = await madeCase(scene, browser.session);
  const look = () => browser.get(`/caso/${onCase}/t/pessoa`);
  const open = () =>
    browser.post('/finalidade', { finalidade: 'investigacao', referencia: 'IP 77/2026 de Fulano' });
  t.equal((await look()).status, 200);

  fill(filler);
  // What room is left in the file is used up first.
  let shown = await look();
  for (let n = 0; shown.status === 200 && n < 100; n += 1) shown = await look();
  const before = (await audited(scene)).length;
  t.equal(shown.status, 503);
  t.notMatch(shown.text, /Mostrada|MARIA/);
  t.match(shown.text, /Nada foi mostrado nem feito.*Tente de novo em alguns minutos.*espaço em disco/s);
  t.equal((await open()).status, 503);
  t.same(
    await query(base, 'SELECT 1 FROM acesso.caso WHERE finalidade = $1', ['investigacao']),
    [],
    'what cannot be written down is not done',
  );
  t.equal((await browser.get('/finalidade?x=1')).status, 503, 'nor a page that is for a role');
  t.equal((await browser.get('/conta')).status, 200, 'what nobody has to know of goes on');
  t.equal((await audited(scene)).length, before);
  const told = lines.join('');
  t.match(told, /audit-unwritable.*SQLSTATE 53100/);
  t.notMatch(told, new RegExp(`MARIA|${terms.cpf}|${record}|Fulan|IP 77|INSERT`, 'i'), 'no value of a row');

  rmSync(filler);
  t.equal((await look()).status, 200, 'shown again, without a restart');
  t.equal((await open()).status, 303);
  const entries = await audited(scene);
  t.match(entries.slice(before), [
    { shown: 1, problem: null },
    { event: 'case-opened', isNew: true },
  ]);
  const numbers = await query<{ gaps: number }>(
    base,
    'SELECT (max(numero) - count(*))::int AS gaps FROM acesso.auditoria',
  );
  t.same(numbers, [{ gaps: 0 }], 'the chain has no gap');
}

/** A folder of the disk that is the server's own, whose user may be another one. */
function tablespace(disk: string, data: string): string {
  const folder = join(disk, 'tablespace');
  mkdirSync(folder, { mode: 0o700 });
  const { uid, gid } = statSync(join(data, 'data'));
  if (uid !== process.getuid?.()) {
    chmodSync(disk, 0o711);
    chownSync(folder, uid, gid);
  }
  return folder;
}
