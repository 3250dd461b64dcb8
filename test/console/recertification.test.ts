// Tier: quick. A base, no network: what ends by itself, and who may say that it goes on.

import t, { type Test } from 'tap';
import { idleHours, recertifiedHours } from '../../central/base/access-layer/in-force.ts';
import { type RoleStanding, standingOf } from '../../central/base/access-layer/role-standing.ts';
import { performAct } from '../../central/service/access/perform.ts';
import { query, tierBases } from '../support/bases.ts';
import { cheapPasswords } from '../support/cheap-passwords.ts';
import { centralBody, officer } from './bodies/people.ts';
import { blockRead, madeDue, madeIdle } from './due.ts';
import { audited, browserOf, type ConsoleScene, consoleScene, madeBody, madePerson } from './scene.ts';
import { madeAccount, password } from './signing-in/made.ts';
import { Visitor } from './visitor.ts';

const hour = 3_600_000;
const motivo = 'Conferi com a chefia: segue na equipe.';
const registrars = ['cadastrador-autorizador'] as const;

void t.test('roles and accounts that end by themselves', async (t) => {
  cheapPasswords(t);
  const scene = await consoleScene(t, (await tierBases(t)).shared);
  await t.test('how a role stands', standings);
  await t.test('a role lapses', (t) => lapsing(t, scene));
  await t.test('one word, or two', (t) => words(t, scene));
  await t.test('never of oneself', (t) => oneself(t, scene));
  await t.test('idle', (t) => idle(t, scene));
  await t.test('at the terminal', (t) => terminal(t, scene));
  await t.test('however many there are', (t) => lists(t, scene));
});

async function standings(t: Test): Promise<void> {
  const now = new Date('2026-12-01T12:00:00Z');
  const at = (days: number) => new Date(now.getTime() + days * 24 * hour).toISOString();
  const stands = (from: number, until: number, recertifyBy: number, ended: number | null = null) =>
    standingOf(
      {
        ...{ from: at(from), until: at(until), recertifyBy: at(recertifyBy) },
        bodyEnded: ended === null ? null : at(ended),
      },
      now,
    );
  const cases: readonly (readonly [RoleStanding, ...Parameters<typeof stands>])[] = [
    ['holds', -10, 100, 173],
    ['holds', -163, 10, 20, null],
    ['due', -163, 100, 20],
    ['lapsed', -183, 100, 0],
    ['over', -183, 0, 0],
    ['ahead', 1, 100, 184],
    ['body-ended', -10, 100, 173, 0],
  ];
  for (const [standing, ...term] of cases)
    t.equal(stands(...term), standing, `${standing} ${term.join(' ')}`);
}

async function lapsing(t: Test, scene: ConsoleScene): Promise<void> {
  const body = await madeBody(scene);
  const left = (days: number) => recertifiedHours / 24 - days;
  const due = await madeDue(scene, body.id, 'agente', left(40));
  const of = async (path: string) => (await browserOf(scene, due.id)).get(path);
  const registrar = async () => browserOf(scene, (await madePerson(scene, body.id, registrars)).id);
  t.notMatch((await of('/conta')).text, 'recertificado', 'nothing is said yet');
  t.match((await (await registrar()).get('/recertificacao')).text, 'Nenhum papel');
  t.equal((await (await registrar()).get(`/recertificacao/${due.role}`)).status, 404, 'nor asked');

  scene.clock.pass(11 * 24 * hour);
  t.match((await of('/conta')).text, /se for recertificado até/, '30 days before');
  t.match((await (await registrar()).get('/recertificacao')).text, due.name);
  const browser = await browserOf(scene, due.id);
  t.equal((await browser.get('/')).status, 200);

  scene.clock.pass(29 * 24 * hour - 60_000);
  const last = await browserOf(scene, due.id);
  t.equal((await last.get('/')).status, 200, 'up to the last minute');
  scene.clock.pass(60_000);
  t.equal((await last.get('/')).status, 403, 'and by the next click no more');
  t.match((await last.get('/conta')).text, 'por falta de recertificação');

  const who = await registrar();
  const listed = async (path: string) => (await who.get(path)).text;
  for (const path of ['/papeis', `/papeis/${due.role}`]) {
    t.match(await listed(path), 'por falta de recertificação', 'no list of roles shows it as one that holds');
  }
  t.match((await who.get(`/recertificacao/${due.role}`)).text, 'já deixou de valer');
  const form = { decisao: 'recertificar', motivo };
  t.match(await who.post(`/recertificacao/${due.role}`, { decisao: '', motivo: 'ok' }), { status: 422 });
  t.match(await who.post(`/recertificacao/${due.role}`, form), {
    location: '/recertificacao?feito=role-recertified',
  });
  t.match((await audited(scene, 1))[0], { event: 'role-recertified', account: due.id, role: 'agente' });
  t.equal((await last.get('/')).status, 200, 'late, it holds again');
  t.notMatch(await listed('/papeis'), 'por falta de recertificação');
  t.equal((await who.post(`/recertificacao/${due.role}`, form)).status, 404, 'what is not due any more');
}

async function lists(t: Test, scene: ConsoleScene): Promise<void> {
  const body = await madeBody(scene);
  const registrar = await browserOf(scene, (await madePerson(scene, body.id, registrars)).id);
  await madeMany(scene, body.id, { name: 'Aaa antiga', days: [500, -300] });
  await madeMany(scene, body.id, { name: 'Aab', days: [500, 300] });
  const blocked = await madeIdle(scene, body.id);
  const list = async (path: string) => (await registrar.get(path)).text;
  t.notMatch(await list('/bloqueadas'), 'Aaa antiga', 'whose roles are over is no matter');
  t.notMatch(await list('/bloqueadas'), blocked.id);
  t.match(await list('/bloqueadas'), '/bloqueadas?pagina=2');
  t.match(await list('/bloqueadas?pagina=2'), blocked.id);
  const [gone] = await query<{ id: string }>(
    scene.base,
    `SELECT id FROM acesso.pessoa WHERE nome = 'Aaa antiga 1'`,
  );
  t.match(await list(`/bloqueadas/${gone?.id}`), 'Desbloquear', 'but to let somebody ask anew');

  const due = await madeDue(scene, body.id);
  const page = await list('/recertificacao');
  t.ok(page.indexOf(due.role) < page.indexOf('Aab'), 'what lapsed long ago comes after');
  t.match(await list('/recertificacao?pagina=2'), 'Aab');
}

/** A hundred people with a role of which the term is so many days from now, who did nothing since. */
async function madeMany(
  { base, now }: ConsoleScene,
  body: string,
  { name, days: [since, until] }: { readonly name: string; readonly days: readonly [number, number] },
): Promise<void> {
  const at = (days: number) => new Date(now().getTime() + days * 24 * hour);
  await query(
    base,
    `WITH made AS (
       INSERT INTO acesso.pessoa (id, cpf, nome, criada)
       SELECT gen_random_uuid(), lpad((floor(random() * 1e11))::bigint::text, 11, '0'), $1 || ' ' || n, $2
         FROM generate_series(1, 100) n RETURNING id)
     INSERT INTO acesso.papel (id, pessoa, orgao, papel, desde, ate)
     SELECT gen_random_uuid(), id, $3, 'agente', $2, $4 FROM made`,
    [name, at(-since), body, at(until)],
  );
}

async function words(t: Test, scene: ConsoleScene): Promise<void> {
  const body = await madeBody(scene);
  const due = await madeDue(scene, body.id, 'revisor');
  const [one, other] = [
    await browserOf(scene, (await madePerson(scene, body.id, registrars)).id),
    await browserOf(scene, (await madePerson(scene, body.id, registrars)).id),
  ];
  const path = `/recertificacao/${due.role}`;
  const form = { decisao: 'recertificar', motivo };
  t.match(await one.post(path, form), { location: '/recertificacao?feito=role-recertification-said' });
  t.equal((await one.post(path, form)).status, 409, 'of one person one word');
  t.match((await one.get(path)).text, 'Você já recertificou');
  t.match((await one.get('/recertificacao')).text, 'Falta outra pessoa');
  t.match((await other.get(path)).text, motivo, 'what the first one said');
  t.match(await other.post(path, form), { location: '/recertificacao?feito=role-recertified' });

  const later = await madeDue(scene, body.id, 'revisor', 154);
  await one.post(`/recertificacao/${later.role}`, form);
  scene.clock.pass(31 * 24 * hour);
  const third = await browserOf(scene, (await madePerson(scene, body.id, registrars)).id);
  const said = await third.post(`/recertificacao/${later.role}`, form);
  t.match(said.location, 'role-recertification-said', 'a word of long ago counts for nothing');
  const [ended] = [await third.post(`/recertificacao/${later.role}`, { ...form, decisao: 'encerrar' })];
  t.match(ended.location, 'role-ended', 'to end one a word is enough');
}

async function oneself(t: Test, scene: ConsoleScene): Promise<void> {
  const body = await madeBody(scene);
  const due = await madeDue(scene, body.id, 'cadastrador-autorizador');
  const own = await browserOf(scene, due.id);
  const path = `/recertificacao/${due.role}`;
  t.match((await own.get(path)).text, 'Ninguém recertifica o próprio papel');
  t.notMatch((await own.get(path)).text, 'name="decisao"');
  t.equal((await own.post(path, { decisao: 'recertificar', motivo })).status, 403);
  await t.rejects(
    query(
      scene.base,
      `INSERT INTO acesso.recertificacao (id, papel, pessoa, por, quando, motivo)
       VALUES (gen_random_uuid(), $1, $2, $2, now(), 'x')`,
      [due.role, due.id],
    ),
    { code: 'base-failed' },
    'the base does not hold it either',
  );
  await t.rejects(
    query(scene.base, 'UPDATE acesso.pessoa SET desbloqueada = now(), desbloqueada_por = id WHERE id = $1', [
      due.id,
    ]),
    { code: 'base-failed' },
  );
}

async function idle(t: Test, scene: ConsoleScene): Promise<void> {
  const { id, cpf, body } = await madeAccount(scene);
  t.equal((await new Visitor(scene).enter(cpf, password)).status, 303);
  scene.clock.pass(idleHours * hour - 60_000);
  // Half a way in is no use: their password alone keeps no account alive.
  await browserOf(scene, id, { stage: 'segundo-fator' });
  scene.clock.pass(60_000);
  const unknown = await new Visitor(scene).enter('11144477735', password);
  const wrong = await new Visitor(scene).enter(cpf, 'outra senha qualquer');
  const shown = (text: string) => text.replace(/value="[^"]*"/g, '');
  t.equal(shown(wrong.text), shown(unknown.text), 'nothing of it is told to who does not know the password');
  const right = await new Visitor(scene).enter(cpf, password);
  t.equal(right.status, 401);
  t.match(right.text, /bloqueada desde \d\d\/\d\d\/\d{4}, porque ficou 90 dias sem uso.*Cadastrador/s);
  const half = await browserOf(scene, id, { stage: 'segundo-fator' });
  const refused = await half.get('/segundo-fator');
  t.equal(refused.status, 403, 'nor by the next click of who is half in');
  t.match(refused.text, 'porque ficou 90 dias sem uso');

  const registrar = await browserOf(scene, (await madePerson(scene, body.id, registrars)).id);
  t.match((await registrar.get('/bloqueadas')).text, '90 dias sem uso');
  t.match(await registrar.post(`/bloqueadas/${id}`, { motivo: 'ok' }), { status: 422 });
  t.match(
    await registrar.post(`/bloqueadas/${id}`, { motivo }),
    { status: 409 },
    'of a block that was not read',
  );
  const desde = await blockRead(registrar, id);
  t.match(await registrar.post(`/bloqueadas/${id}`, { motivo, desde }), { status: 303 });
  t.match((await audited(scene, 1))[0], {
    ...{ event: 'account-unblocked', account: id, why: 'idle' },
    terms: { reason: motivo },
  });
  t.equal((await registrar.get(`/bloqueadas/${id}`)).status, 404);
  t.equal((await new Visitor(scene).enter(cpf, password)).status, 303, 'in again');
}

async function terminal(t: Test, scene: ConsoleScene): Promise<void> {
  const perform = (act: string, input: object) =>
    performAct(scene.base, { act, input, who: 'carla' }, scene.now());
  const short = 'DPE-RR';
  const body = (await perform('bodyAdd', { short, name: 'Defensoria' })) as { readonly id: string };
  const due = await madeDue(scene, body.id, 'revisor', 200);
  const input = { cpf: due.cpf, body: short, role: 'revisor', reason: 'segue na equipe' };
  const works = async () => (await (await browserOf(scene, due.id)).get('/')).status;
  t.equal(await works(), 403);
  await perform('roleRecertify', input);
  t.equal(await works(), 200, 'by itself enough');

  const { cpf } = await madeIdle(scene, body.id);
  const who = async () => (await perform('who', { cpf })) as { readonly blocked: object | null };
  t.match((await who()).blocked, { why: 'idle' });
  t.same(await perform('unblock', { cpf, reason: 'voltou de licença' }), { changed: true });
  t.equal((await who()).blocked, null);
  t.same(await perform('unblock', { cpf, reason: 'de novo' }), { changed: false });
  await perform('block', { cpf, reason: 'sob apuração' });
  t.match((await who()).blocked, { why: 'operator' });
  t.match((await audited(scene, 1))[0], { event: 'account-blocked', terms: { reason: 'sob apuração' } });

  const central = await officer(scene, await centralBody(scene), 'cadastrador-autorizador');
  const { id } = await personOfCpf(scene, cpf);
  const desde = await blockRead(central.browser, id);
  scene.clock.pass(60_000);
  t.same(await perform('block', { cpf, reason: 'vazou dados' }), { changed: false, sessions: 0 });
  t.match((await central.browser.get(`/bloqueadas/${id}`)).text, 'vazou dados', 'the last reason is told');
  t.equal(
    (await central.browser.post(`/bloqueadas/${id}`, { motivo, desde })).status,
    409,
    'of another block',
  );
}

async function personOfCpf(scene: ConsoleScene, cpf: string): Promise<{ readonly id: string }> {
  const found = await query<{ id: string }>(scene.base, 'SELECT id FROM acesso.pessoa WHERE cpf = $1', [cpf]);
  return found[0] ?? { id: '' };
}
