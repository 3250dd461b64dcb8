// Tier: quick. Commands as an operator gives them: on a PostgreSQL, and beside a service that has its base in process.

import { randomUUID } from 'node:crypto';
import t, { type Test } from 'tap';
import { keepKeyProof } from '../../central/base/access-layer/console-key.ts';
import { addBody, addPerson } from '../../central/base/access-layer/people.ts';
import { giveRole } from '../../central/base/access-layer/roles.ts';
import { isPassword } from '../../central/console/access/passwords.ts';
import { query } from '../support/bases.ts';
import { centralFolder } from '../support/central-folder.ts';
import { cheapPasswords } from '../support/cheap-passwords.ts';
import { commandBases, type MakeCommandBase } from '../support/command-bases.ts';
import { runCommand } from '../support/commands.ts';
import { until } from '../support/deferred.ts';
import { bodiesAndGrants } from './access-commands/bodies.ts';
import { accessScene, ana, bia, caio, digits, init, passwordIn, signIn } from './access-commands/scene.ts';

cheapPasswords(t);
const makeBase = await commandBases(t);
/** A central of the test's own, and its commands as at a terminal. */
const scene = (t: Test, make: MakeCommandBase = makeBase) => accessScene(t, make);

void t.test('the first person', async (t) => {
  const { run, scheduled, list, look, audited } = await scene(t);
  t.match((await run('list')).output, '"guarita-central access init"', 'it says how to begin');
  t.match(await scheduled(...init(ana)), { code: 2, errors: /terminal/ }, 'a password is for no file');
  t.match(await run(...init('529.982.247-26')), { code: 2, errors: /CPF não é válido/ });
  t.same((await list()).people, [], 'nothing was done');

  const { code, output } = await run(...init(ana));
  t.equal(code, 0, 'a password is printed');
  const password = passwordIn(output);
  t.match(password, /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
  const { people, bodies } = await list();
  t.match(bodies, [{ short: 'SENAPPEN', ended: null, people: 1 }]);
  t.match(people, [{ cpf: '***.982.247-**', name: "Ana D'Ávila", lastSignIn: null }]);
  t.same(
    people[0]?.roles.map(({ role }) => role),
    ['cadastrador-autorizador', 'cadastrador-estruturas', 'cadastrador-vinculador'],
  );
  t.match((await list('--reveal')).people, [{ cpf: ana }]);
  const [kept] = await look((base) =>
    query<{ hash: string; left: number }>(
      base,
      `SELECT resumo AS hash, extract(epoch FROM provisoria_ate - trocada)::int AS left FROM acesso.senha`,
    ),
  );
  t.equal(kept?.left, 24 * 3600);
  t.ok(await isPassword(password, kept?.hash ?? null));

  t.match(await run(...init(bia)), { code: 1, errors: /\[access-begun\]/ });
  t.match(await run(...init(ana)), { code: 1, errors: /\[access-begun\]/ });
  t.equal((await list()).people.length, 1);
  const [begun, ...more] = await audited();
  t.match(begun, {
    event: 'access-begun',
    who: 'carla',
    person: null,
    through: 'command',
    body: /^[0-9a-f-]{36}$/,
  });
  t.same(more, []);
  for (const secret of [digits(ana), 'Ávila', password]) t.notMatch(JSON.stringify(begun), secret);

  // Nobody is left who could give access: it may be begun again, in the body that there is.
  t.equal((await run('block', ana, '--reason', 'saiu\u001b[2J')).code, 0);
  t.match(await run(...init(ana)), { code: 2, errors: /bloqueada/ });
  t.notMatch((await run('who', ana)).output, '\u001b', 'what people wrote does nothing to a terminal');
  t.equal((await run(...init(bia))).code, 0);
  t.match((await list()).bodies, [{ short: 'SENAPPEN', people: 2 }]);
});

void t.test('roles, and those that nobody has together', async (t) => {
  const { run, list, audited } = await scene(t);
  await run(...init(ana));
  t.match(await run('role', 'give', caio, 'agente', 'SENAPPEN'), { code: 1, errors: /\[cpf-unknown\]/ });
  t.match(await run('role', 'give', caio, 'agente', 'DPE-XX', '--name', 'Caio'), {
    ...{ code: 1, errors: /\[body-unknown\]/ },
  });
  t.match(await run('role', 'give', caio, 'chefe', 'SENAPPEN', '--name', 'Caio'), {
    code: 2,
    errors: /auditor/,
  });
  t.match(await run('role', 'give', caio, 'agente', 'SENAPPEN', '--name', 'Caio', '--until', '2020-01-01'), {
    ...{ code: 2, errors: /já passou/ },
  });
  t.equal((await list()).people.length, 1, 'nothing of it was kept');
  t.equal(
    (await run('role', 'give', caio, 'auditor', 'SENAPPEN', '--name', 'Caio', '--months', '3')).code,
    0,
  );
  const apart = await run('role', 'give', caio, 'cadastrador-autorizador', 'SENAPPEN');
  t.match(apart, { code: 1, errors: /Autorizador e Auditor.*\[roles-apart\]/s });
  await run('body', 'add', 'OUTRO', 'Outro órgão');
  const elsewhere = await run('role', 'give', caio, 'cadastrador-autorizador', 'OUTRO');
  t.match(elsewhere, { code: 1, errors: /\[roles-apart\]/ }, 'in no body either');
  t.match(await run('role', 'give', ana, 'auditor', 'OUTRO'), { code: 1, errors: /\[roles-apart\]/ });
  t.equal((await run('role', 'give', caio, 'auditor', 'SENAPPEN', '--until', '2099-12-31')).code, 0);
  const of = async (name: string) => (await list()).people.find((one) => one.name === name);
  t.match(
    (await of('Caio'))?.roles,
    [{ role: 'auditor', until: '2100-01-01T02:59:59.000Z' }],
    'one, to the new end',
  );
  const why = ['--reason', 'segue na equipe'];
  t.match((await run('role', 'recertify', caio, 'auditor', 'senappen', ...why)).output, /mais seis meses/);
  t.match(
    await run('role', 'recertify', caio, 'agente', 'SENAPPEN', ...why),
    { code: 2 },
    'one they have not',
  );
  t.match(await run('role', 'end', caio, 'agente', 'SENAPPEN'), { code: 2, errors: /\[option-invalid\]/ });
  const { output: held } = await run('subject', caio, '--reveal');
  t.match(held, /"part":"account","values":\{[^\n]*"cpf":"39053344705"/, 'what is held of an account');
  t.match(held, /"part":"recertification"[^\n]*segue na equipe/);
  t.notMatch((await run('subject', caio)).output, '39053344705', 'which is counted without');
  t.equal((await run('role', 'end', caio, 'auditor', 'SENAPPEN')).code, 0);
  t.same((await of('Caio'))?.roles, []);
  t.equal((await run('role', 'give', caio, 'cadastrador-autorizador', 'SENAPPEN')).code, 0);
  t.same(
    (await audited()).map(({ event }) => event),
    [
      'access-begun',
      'role-given',
      'body-added',
      'role-given',
      'role-recertified',
      'subject-exported',
      'subject-exported',
      'role-ended',
      'role-given',
    ],
    'what was refused is no event',
  );
});

void t.test('bodies and what they may see', (t) => bodiesAndGrants(t, makeBase));

void t.test('blocking, sessions of one or of all, a lost password, a lost phone (ASVS 7.4.5)', async (t) => {
  const { run, scheduled, list, look, audited } = await scene(t);
  const first = passwordIn((await run(...init(ana))).output);
  await run('role', 'give', caio, 'agente', 'SENAPPEN', '--name', 'Caio');
  await look(async (base) => {
    for (const cpf of [ana, ana, caio]) await signIn(base, cpf);
    const [person] = await query<{ id: string }>(base, `SELECT id FROM acesso.pessoa WHERE nome = 'Caio'`);
    await query(
      base,
      `INSERT INTO acesso.fator (id, pessoa, tipo, nome, segredo, criado) VALUES ($1, $2, 'totp', 'celular', 'x', now())`,
      [randomUUID(), person?.id],
    );
  });
  t.match((await run('who', ana)).output, /sessões abertas: 2/);
  t.match((await run('who', caio, '--json')).output, /"factors":1/);
  t.match(await run('who', bia), { code: 1, errors: /\[cpf-unknown\]/ });
  t.notMatch((await run('who', bia)).errors, bia);
  t.match(await run('end-sessions'), { code: 2 });
  t.match(await run('end-sessions', ana, '--all'), { code: 2 });
  t.match((await run('end-sessions', ana)).output, '2 sessões encerradas');
  await look((base) => signIn(base, ana));
  t.match((await run('end-sessions', '--all')).output, '2 sessões encerradas');
  await look((base) => signIn(base, ana));

  t.match(await run('block', ana, '--reason', ' '), { code: 2 });
  t.match((await run('block', ana, '--reason', 'por engano')).output, /bloqueada; 1 sessão encerrada/);
  // The last reason counts.
  t.match((await run('block', ana, '--reason', 'sob apuração\u202e')).output, /já estava bloqueada/);
  t.match((await run('who', ana)).output, 'sob apuração');
  const told = (await run('who', ana, '--json')).output;
  t.match(told, 'apuração\\u202e', 'the same, for whatever reads it');
  t.notMatch(told, /\p{Cf}/u, 'and nothing that turns the direction of a terminal');
  t.match((await run('list')).output, 'bloqueada');
  t.match((await run('unblock', ana, '--reason', 'apuração encerrada')).output, 'desbloqueada');
  t.match((await run('unblock', ana, '--reason', 'apuração encerrada')).output, 'não estava');

  t.match(await scheduled('password', ana), { code: 2, errors: /terminal/ });
  const given = await run('password', ana);
  const [kept] = await look((base) =>
    query<{ hash: string }>(
      base,
      `SELECT resumo AS hash FROM acesso.senha s JOIN acesso.pessoa p ON p.id = s.pessoa WHERE p.cpf = $1`,
      [digits(ana)],
    ),
  );
  t.notOk(await isPassword(first, kept?.hash ?? null));
  t.ok(await isPassword(passwordIn(given.output), kept?.hash ?? null));

  t.match(await run('factors', caio), { code: 2 });
  t.match((await run('factors', caio, '--remove')).output, 'removidos: 1');
  t.match((await run('who', caio, '--json')).output, /"factors":0/);
  t.match((await run('forget-key')).output, 'Não havia');
  await look((base) => base.transaction((tx) => keepKeyProof(tx, Buffer.from('x'))));
  t.match((await run('forget-key')).output, 'reinicie todos');
  t.equal((await list()).people.length, 2);
  const events = await audited();
  t.same(events.map(({ event }) => event).slice(2), [
    ...['sessions-ended', 'sessions-ended', 'account-blocked', 'account-blocked', 'account-unblocked'],
    ...['password-given', 'factors-removed', 'console-key-forgotten'],
  ]);
  const all = JSON.stringify(events);
  for (const secret of [digits(ana), digits(caio), 'Caio', 'apuração']) t.notMatch(all, secret);
});

void t.test('registers that are watched over', async (t) => {
  const { run, look, audited } = await scene(t);
  const register = '7d1f2c3a-0000-8000-8000-00000000000a';
  t.match((await run('watch', 'list')).output, 'Nenhum registro é vigiado.');
  for (const wrong of [['x', '--reason', 'y'], [register, '--reason', ' '], [register]]) {
    t.match(await run('watch', 'add', ...wrong), { code: 2 }, wrong.join(' '));
  }
  t.match(
    (await run('watch', 'add', register.toUpperCase(), '--reason', 'sob\u001b ameaça')).output,
    'Registro vigiado',
  );
  t.match((await run('watch', 'add', register, '--reason', 'outro')).output, 'Já era vigiado');
  t.match((await run('watch', 'list')).output, new RegExp(`^${register} desde \\d\\d/.*: sob  ?ameaça`));
  t.match(JSON.parse((await run('watch', 'list', '--json')).output), [{ register, reason: /ameaça/ }]);
  t.match((await run('watch', 'remove', register, '--reason', 'passou')).output, 'deixa de ser vigiado');
  t.match((await run('watch', 'remove', register, '--reason', 'passou')).output, 'Não era vigiado');
  const events = await audited();
  t.match(events, [{ event: 'record-watched', who: 'carla' }, { event: 'record-unwatched' }]);
  t.equal(events.length, 2, 'what changed nothing is no event');
  for (const told of [register, 'ameaça']) t.notMatch(JSON.stringify(events), told);
  const terms = await look((base) =>
    query(base, 'SELECT termos::jsonb AS terms FROM acesso.auditoria ORDER BY numero'),
  );
  t.match(terms, [{ terms: { record: register } }, { terms: { record: register, reason: 'passou' } }]);
});

void t.test('beside a service that has the base', async (t) => {
  const central = centralFolder(t);
  const service = await central.serve({ schedule: '0 3 * * *' });
  await until('it serves', () => service.said('em serviço') > 0);
  const file = `${central.folder}/central.yaml`;
  const run = (...args: string[]) =>
    runCommand('central', ['-c', file, 'access', ...args], { isTerminal: true });
  t.match(passwordIn((await run(...init(ana))).output), /^[a-z2-9-]{19}$/);
  t.match(await run(...init(bia)), { code: 1, errors: /\[access-begun\]/ });
  t.match(await run('role', 'give', bia, 'agente', 'NADA'), { code: 1, errors: /\[body-unknown\]/ });
  t.match((await run('list')).output, "Ana D'Ávila");
  t.equal((await service.stop()).code, 0);
  t.match((await run('list')).output, "Ana D'Ávila", 'the same when it has stopped');
});

void t.test('of two who begin at once, one does', async (t) => {
  const { run, look, list } = await scene(t);
  const codes = (await Promise.all([run(...init(ana)), run(...init(bia))])).map(({ code }) => code);
  t.same(
    codes.toSorted((one, other) => one - other),
    [0, 1],
  );
  // A role whose term is over gives nobody power, nor one in a body that has ended.
  const { people } = await list();
  t.equal(people.length, 1);
  await look((base) =>
    query(base, `UPDATE acesso.papel SET desde = now() - interval '2 days', ate = now() - interval '1 day'`),
  );
  await look((base) =>
    base.transaction(async (tx) => {
      const [body, person] = [randomUUID(), randomUUID()];
      await addBody(tx, { id: body, short: 'VELHO', name: 'Velho' }, new Date());
      await addPerson(tx, { id: person, cpf: digits(caio), name: 'Caio', email: null }, new Date());
      const [from, to] = [new Date(Date.now() - 1000), new Date(Date.now() + 3_600_000)];
      const role = 'cadastrador-autorizador';
      await giveRole(tx, { id: randomUUID(), person, body, role, from, until: to, givenBy: null });
      await tx.query('UPDATE acesso.orgao SET encerrado = now() WHERE id = $1', [body]);
    }),
  );
  t.equal((await run(...init(bia))).code, 0);
});
