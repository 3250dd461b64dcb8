import { randomUUID } from 'node:crypto';
import type { Test } from 'tap';
import { accountOf, setPassword } from '../../../central/base/access-layer/passwords.ts';
import { blockPerson } from '../../../central/base/access-layer/people.ts';
import { hashPassword, isOldHash } from '../../../central/console/access/passwords.ts';
import { audited, type ConsoleScene, madePerson } from '../scene.ts';
import { Visitor } from '../visitor.ts';
import { givenTemporary, madeAccount, password } from './made.ts';

/** Who enters, and who does not. */
export async function entering(t: Test, scene: ConsoleScene): Promise<void> {
  await t.test(
    'by CPF and password, under a new secret of this browser (ASVS 6.2.6, 6.2.7, 16.3.1)',
    async (t) => {
      const made = await madeAccount(scene);
      const visitor = new Visitor(scene);
      t.equal((await visitor.get('/')).location, '/entrar');
      const form = await visitor.get('/entrar');
      t.match(
        form.text,
        /<input id="senha" name="senha" type="password"[^>]*autocomplete="current-password"/,
      );
      const entered = await visitor.send(form, '/entrar', { cpf: made.cpf, senha: password });
      t.strictSame([entered.status, entered.location], [303, '/']);
      const kept = [entered.headers['set-cookie']].flat().map(String);
      t.match(
        kept.find((one) => one.startsWith('__Host-guarita=')),
        /^__Host-guarita=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      );
      t.match(
        kept.find((one) => one.startsWith('__Host-navegador=')),
        /; Max-Age=34560000; /,
      );
      t.match((await visitor.get('/')).text, made.name);
      const [event] = await audited(scene, 1);
      t.match(event, {
        route: '/entrar',
        event: 'signed-in',
        means: 'senha',
        person: made.id,
        stage: 'aberta',
      });
      t.type(event?.['session'], 'string');
      t.notMatch(JSON.stringify(await audited(scene)), new RegExp(`${made.cpf}|${password}|${made.name}`));
    },
  );

  await t.test('a name with an apostrophe, or with markup, is shown as it is', async (t) => {
    const { id, cpf } = await madeAccount(scene);
    const name = "Ana D'Ávila <b>&amp;";
    await scene.base.transaction((tx) =>
      tx.query('UPDATE acesso.pessoa SET nome = $2 WHERE id = $1', [id, name]),
    );
    const visitor = new Visitor(scene);
    await visitor.enter(cpf, password);
    t.match((await visitor.get('/')).text, 'Ana D&#39;Ávila &lt;b&gt;&amp;amp;');
  });

  await t.test('a CPF with its mask or without; one that is none says so', async (t) => {
    const { cpf } = await madeAccount(scene);
    const masked = cpf.replace(/(...)(...)(...)(..)/, '$1.$2.$3-$4');
    for (const written of [
      masked,
      ` ${cpf} `,
      masked.replaceAll('.', ' '),
      `${cpf.slice(0, 9)}-${cpf.slice(9)}`,
    ]) {
      t.equal((await new Visitor(scene).enter(written, password)).location, '/', written);
    }
    const wrongDigit = cpf.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
    for (const none of [
      '',
      '   ',
      wrongDigit,
      '1234567',
      `${cpf}1`,
      '11111111111',
      'fulana',
      `${cpf}'--`,
      '<b>',
    ]) {
      const shown = await new Visitor(scene).enter(none, password);
      t.equal(shown.status, 422, none);
      t.match(shown.text, /Confira o CPF/);
      t.notMatch(shown.text, /<b>|girafas/, 'what was typed stays text, and no password is shown again');
    }
  });

  await t.test(
    'mail is neither asked for nor taken, as a first factor or a second (ASVS 6.3.6)',
    async (t) => {
      const { id } = await madeAccount(scene);
      const email = 'fulana@exemplo.gov.br';
      await scene.base.transaction((tx) =>
        tx.query('UPDATE acesso.pessoa SET email = $2 WHERE id = $1', [id, email]),
      );
      const visitor = new Visitor(scene);
      t.notMatch((await visitor.get('/entrar')).text, /e-?mail/i);
      t.equal((await visitor.enter(email, password)).status, 422);
      const byMail = scene.base.transaction((tx) =>
        tx.query(
          `INSERT INTO acesso.fator (id, pessoa, tipo, nome, criado) VALUES ($1, $2, 'email', 'x', now())`,
          [randomUUID(), id],
        ),
      );
      await t.rejects(byMail, { code: 'base-failed', detail: 'SQLSTATE 23514.' });
    },
  );

  await t.test(
    'nothing tells whether an account exists, is blocked, or its password was wrong (ASVS 6.3.8)',
    async (t) => {
      const [there, blocked] = [await madeAccount(scene), await madeAccount(scene)];
      const without = await madePerson(scene, there.body.id, ['agente']);
      const unknown = await madePerson(scene, null, []);
      await scene.base.transaction(async (tx) => {
        await blockPerson(tx, blocked.id, 'teste', scene.now());
        await tx.query('DELETE FROM acesso.pessoa WHERE id = $1', [unknown.id]);
      });
      const answers: unknown[] = [];
      for (const [at, { cpf }] of [there, blocked, without, unknown].entries()) {
        const visitor = new Visitor(scene, { address: `198.51.100.${at}` });
        const shown = await visitor.enter(cpf, 'uma senha errada');
        answers.push([shown.status, shown.text.replaceAll(cpf, 'CPF').replaceAll(/value="[\w-]{43}"/g, '')]);
      }
      t.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1);
      t.match(JSON.stringify(answers[0]), /401.*CPF e senha não conferem/);
      const told = await audited(scene, 4);
      t.strictSame(
        told.map(({ event, person }) => [event, person]),
        [there.id, blocked.id, without.id, null].map((person) => ['sign-in-failed', person]),
      );
      const right = await new Visitor(scene).enter(blocked.cpf, password);
      t.match(right.text, /A conta está bloqueada/, 'to who knows the password');
      t.equal(right.status, 401);
    },
  );

  await t.test(
    'what is left to do: change, then second factor, then the page that was asked for',
    async (t) => {
      const [agent, auditor, withFactor] = [
        await madeAccount(scene),
        await madeAccount(scene, ['auditor']),
        await madeAccount(scene),
      ];
      await scene.base.transaction((tx) =>
        tx.query(
          `INSERT INTO acesso.fator (id, pessoa, tipo, nome, segredo, criado) VALUES ($1, $2, 'totp', 'teste', '\\x00', $3)`,
          [randomUUID(), withFactor.id, scene.now()],
        ),
      );
      const temporary = await givenTemporary(scene, (await madeAccount(scene)).id);
      t.match(temporary, /^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
      const expected: readonly [string, string, string][] = [
        [agent.cpf, '/conta?x=1', '/conta?x=1'],
        [auditor.cpf, '/', '/segundo-fator/novo'],
        [withFactor.cpf, '/conta', '/segundo-fator?depois=%2Fconta'],
      ];
      for (const [cpf, asked, goTo] of expected) {
        const visitor = new Visitor(scene);
        t.equal(
          (await visitor.enter(cpf, password, `/entrar?para=${encodeURIComponent(asked)}`)).location,
          goTo,
        );
        t.equal((await visitor.get(`/entrar?para=${encodeURIComponent(asked)}`)).location, goTo, 'and again');
      }
      // Who has a second factor and has not shown it changes nothing.
      const visitor = new Visitor(scene);
      await visitor.enter(withFactor.cpf, password);
      t.equal((await visitor.get('/senha')).location, '/segundo-fator?depois=%2Fsenha');
      t.equal((await visitor.get('/conta')).location, '/segundo-fator?depois=%2Fconta');
    },
  );

  await t.test(
    'a session of before is not the one of after: neither by fixing nor by staying (ASVS 7.2.4)',
    async (t) => {
      const [owner, other] = [await madeAccount(scene), await madeAccount(scene)];
      const visitor = new Visitor(scene);
      visitor.cookies.set('__Host-guarita', 'A'.repeat(43));
      await visitor.enter(owner.cpf, password);
      const first = visitor.session;
      t.not(first, 'A'.repeat(43));
      const planted = new Visitor(scene);
      planted.cookies.set('__Host-guarita', 'A'.repeat(43));
      t.equal((await planted.get('/')).location, '/entrar', 'what was planted is worth nothing');
      const thief = new Visitor(scene);
      thief.cookies.set('__Host-guarita', first as string);
      // Another person at the same browser, whose page of signing in was open from before.
      const page = await visitor.get('/entrar');
      t.equal(page.location, '/', 'who is inside is not asked to enter');
      await visitor.fill('/orgao', {}, '/sair');
      await visitor.enter(other.cpf, password);
      t.not(visitor.session, first);
      t.match((await visitor.get('/')).text, other.name);
      t.equal((await thief.get('/')).status, 401, 'the one before is over');
    },
  );

  await t.test(
    'two tabs: the form of one is stale once the other has entered; nothing is lost',
    async (t) => {
      const { cpf, name } = await madeAccount(scene);
      const visitor = new Visitor(scene);
      const [one, other] = [await visitor.get('/entrar'), await visitor.get('/entrar')];
      await visitor.send(one, '/entrar', { cpf, senha: password });
      const inside = visitor.session;
      const stale = await visitor.send(other, '/entrar', { cpf, senha: password });
      t.equal(stale.status, 403);
      t.match(stale.text, /não é desta sessão/);
      t.equal(visitor.session, inside);
      t.match((await visitor.get('/')).text, name);
    },
  );

  await t.test('a double click on the form lets in once more, and counts nothing as a failure', async (t) => {
    const { cpf, name } = await madeAccount(scene);
    const visitor = new Visitor(scene);
    const form = await visitor.get('/entrar');
    await scene.base.transaction((tx) => tx.execute('DELETE FROM acesso.tentativa'));
    const both = await Promise.all([1, 2].map(() => visitor.send(form, '/entrar', { cpf, senha: password })));
    t.strictSame(
      both.map(({ status }) => status),
      [303, 303],
    );
    t.match((await visitor.get('/')).text, name);
    t.strictSame(await failures(scene), []);
  });

  await t.test(
    'after signing out nothing is kept, and no way leads back (ASVS 7.4.1, 14.3.1, 14.3.2)',
    async (t) => {
      const { cpf, id } = await madeAccount(scene);
      const visitor = new Visitor(scene);
      await visitor.enter(cpf, password);
      const page = await visitor.get('/');
      t.equal(page.headers['cache-control'], 'no-store');
      const inside = visitor.session as string;
      const out = await visitor.send(page, '/sair', {});
      t.strictSame([out.status, out.location], [303, '/entrar?saiu=sim']);
      t.equal(out.headers['clear-site-data'], '"cache", "storage"');
      t.equal(visitor.session, undefined);
      t.ok(visitor.cookies.has('__Host-navegador'), 'it is still known as a browser of theirs');
      t.match((await audited(scene, 1)).at(-1), { event: 'signed-out', person: id });
      t.match((await visitor.get('/entrar?saiu=sim')).text, 'Você saiu');
      const back = new Visitor(scene);
      back.cookies.set('__Host-guarita', inside);
      const again = await back.get('/conta');
      t.equal(again.status, 401);
      t.match(
        again.text,
        'href="/entrar?para=%2Fconta"',
        'the page says where to enter, and does not lead in circles',
      );
      t.notMatch(again.text, 'action="/sair"');
      t.equal((await back.send(page, '/sair', {})).status, 303, 'twice is once');
      const entry = await back.get('/entrar');
      t.equal(back.session, undefined, 'twice it is forgotten');
      t.equal(entry.status, 200);
    },
  );

  await t.test('a session that ran out says so where one enters again', async (t) => {
    const { cpf } = await madeAccount(scene);
    const visitor = new Visitor(scene);
    await visitor.enter(cpf, password);
    scene.clock.pass(31 * 60_000);
    const over = await visitor.get('/conta');
    t.equal(over.status, 401);
    t.match((await visitor.get('/entrar?para=%2Fconta')).text, 'A sua sessão terminou');
    t.equal((await visitor.enter(cpf, password, '/entrar?para=%2Fconta')).location, '/conta');
  });

  await t.test('a form that was sent is worth nothing when it is sent again from elsewhere', async (t) => {
    const { cpf } = await madeAccount(scene);
    const visitor = new Visitor(scene);
    const form = await visitor.get('/entrar');
    const stranger = new Visitor(scene);
    const without = await stranger.send(form, '/entrar', { cpf, senha: password });
    t.equal(without.status, 403, 'without what the browser holds');
    await stranger.get('/entrar');
    t.equal((await stranger.send(form, '/entrar', { cpf, senha: password })).status, 403);
  });

  await t.test('a hash of former times is made anew by the next sign-in', async (t) => {
    const { cpf, id } = await madeAccount(scene);
    const hash = await hashPassword(password, { memory: 4096, passes: 1, parallelism: 1 });
    await scene.base.transaction((tx) =>
      setPassword(tx, { person: id, hash, temporaryUntil: null }, scene.now()),
    );
    t.equal((await new Visitor(scene).enter(cpf, password)).location, '/');
    const after = await scene.base.snapshot((questions) => accountOf(questions, id));
    t.equal(isOldHash(after?.hash ?? hash), false);
    t.equal((await new Visitor(scene).enter(cpf, password)).location, '/');
  });
}

/** What is counted of all. */
async function failures({ base }: ConsoleScene): Promise<unknown[]> {
  return base.snapshot((questions) => questions.query('SELECT alvo FROM acesso.tentativa'));
}

/** A scene where people also enter by Login Único. */
export async function besideLoginUnico(t: Test, scene: ConsoleScene): Promise<void> {
  await t.test('a link there, where it is configured, with the page to go on to', async (t) => {
    t.match((await new Visitor(scene).get('/entrar')).text, 'href="/entrar/govbr"');
    t.match(
      (await new Visitor(scene).get('/entrar?para=%2Fconta%3Fa%3D1%26b%3D2')).text,
      'href="/entrar/govbr?para=%2Fconta%3Fa%3D1%26b%3D2"',
    );
  });

  await t.test('who came from there is told how to sign out there; who did not is not', async (t) => {
    const { cpf, id } = await madeAccount(scene);
    const visitor = new Visitor(scene);
    for (const [means, goTo] of [
      ['senha', '/entrar?saiu=sim'],
      ['govbr', '/sair/govbr'],
    ] as const) {
      await visitor.enter(cpf, password);
      await scene.base.transaction((tx) =>
        tx.query('UPDATE acesso.sessao SET meio = $2 WHERE pessoa = $1', [id, means]),
      );
      t.equal((await visitor.fill('/', {}, '/sair')).location, goTo);
    }
  });
}
