import type { Test } from 'tap';
import { endRole, rolesOf } from '../../../central/base/access-layer/roles.ts';
import { audited, type ConsoleScene, type Shown } from '../scene.ts';
import { Visitor } from '../visitor.ts';
import { givenTemporary, madeAccount, password } from './made.ts';

const chosen = 'dois tamanduás dormem';
const next = { nova: chosen, repetida: chosen };

/** A password is changed: its own by whoever has it, a temporary one because it must be. */
export async function changing(t: Test, scene: ConsoleScene): Promise<void> {
  await t.test('a temporary one opens nothing but its change, and then is none (ASVS 6.4.1)', async (t) => {
    const { id, cpf, name } = await madeAccount(scene);
    const before = new Visitor(scene);
    await before.enter(cpf, password);
    const temporary = await givenTemporary(scene, id);
    t.equal((await before.get('/')).status, 401, 'the sessions of before end');
    t.equal((await new Visitor(scene).enter(cpf, password)).status, 401, 'and so does the password');

    const [visitor, elsewhere] = [new Visitor(scene), new Visitor(scene)];
    t.equal(
      (await visitor.enter(cpf, temporary, '/entrar?para=%2Fconta')).location,
      '/senha?depois=%2Fconta',
    );
    t.equal(
      (await elsewhere.enter(cpf, temporary)).location,
      '/senha',
      'in a second browser, until it is changed',
    );
    for (const path of ['/', '/conta', '/orgao', '/caso/1/t/people']) {
      const shown = await visitor.get(path);
      t.ok(shown.status === 404 || shown.location?.startsWith('/senha') === true, path);
    }
    const form = await visitor.get('/senha?depois=%2Fconta');
    t.notMatch(form.text, 'name="atual"');
    t.match(form.text, 'autocomplete="new-password"');
    const first = visitor.session;
    const changed = await visitor.send(form, '/senha', next);
    t.strictSame([changed.status, changed.location], [303, '/conta']);
    t.not(visitor.session, first, 'under another secret');
    t.match((await visitor.get('/')).text, name);
    t.match((await audited(scene, 1)).at(-1), {
      event: 'password-changed',
      isForced: true,
      sessionsEnded: 1,
      person: id,
    });
    t.equal((await elsewhere.get('/senha')).status, 401, 'the other browser is out');
    t.equal((await new Visitor(scene).enter(cpf, temporary)).status, 401, 'it is used once');
    t.equal((await new Visitor(scene).enter(cpf, chosen)).location, '/');
    t.notMatch(JSON.stringify(await audited(scene)), new RegExp(`${temporary}|${chosen}`));
  });

  await t.test('a temporary one ends after 24 hours, also for who entered by it', async (t) => {
    const { id, cpf } = await madeAccount(scene);
    const temporary = await givenTemporary(scene, id);
    scene.clock.pass(24 * 3_600_000 - 60_000);
    const visitor = new Visitor(scene);
    const entered = await visitor.enter(cpf, temporary);
    t.equal(entered.location, '/senha');
    const form = await visitor.get('/senha');
    scene.clock.pass(60_000);
    const late = await visitor.send(form, '/senha', next);
    t.equal(late.status, 403);
    t.match(late.text, 'A senha provisória venceu');
    t.match((await visitor.get('/senha')).text, 'A senha provisória venceu');
    const again = await new Visitor(scene).enter(cpf, temporary);
    t.equal(again.status, 401);
    t.match(again.text, 'A senha provisória venceu');
    t.notMatch(
      (await new Visitor(scene).enter(cpf, 'xxxx-xxxx-xxxx-xxxx')).text,
      'venceu',
      'to who knows it alone',
    );
  });

  await t.test('the step after a change is what is left to do then', async (t) => {
    const { id, cpf } = await madeAccount(scene, ['auditor']);
    const temporary = await givenTemporary(scene, id);
    const visitor = new Visitor(scene);
    await visitor.enter(cpf, temporary);
    t.equal((await visitor.fill('/senha', next)).location, '/segundo-fator/novo');
    t.equal((await visitor.get('/')).location, '/segundo-fator/novo');
  });

  await t.test(
    "one's own needs the one before, and ends the other sessions (ASVS 6.2.2, 6.2.3, 7.4.3)",
    async (t) => {
      const { id, cpf } = await madeAccount(scene);
      const [visitor, elsewhere] = [new Visitor(scene), new Visitor(scene)];
      await visitor.enter(cpf, password);
      await elsewhere.enter(cpf, password);
      const refused: readonly [Record<string, string>, RegExp][] = [
        [{ ...next, atual: 'não é esta, de certo' }, /Não é a sua senha atual/],
        [{ ...next, atual: '' }, /Não é a sua senha atual/],
        [{ atual: password, nova: chosen, repetida: `${chosen} ` }, /não são iguais/],
        [{ atual: password, nova: 'curta', repetida: 'curta' }, /pelo menos 12/],
        [{ atual: password, nova: '', repetida: '' }, /pelo menos 12/],
        [{ atual: password, nova: password, repetida: password }, /mesma de antes/],
        [{ atual: password, nova: 'mudar123mudar123', repetida: 'mudar123mudar123' }, /fácil de adivinhar/],
      ];
      for (const [fields, told] of refused) {
        const shown = await visitor.fill('/senha', fields);
        t.equal(shown.status, 422);
        t.match(shown.text, told);
        t.notMatch(shown.text, new RegExp(`${chosen}|${password}|mudar123`), 'no password is shown');
      }
      const first = visitor.session;
      const changed = await visitor.fill('/senha', { ...next, atual: password });
      t.equal(changed.location, '/conta?feito=senha');
      t.not(visitor.session, first);
      t.match((await visitor.get('/conta?feito=senha')).text, 'A senha foi trocada');
      t.equal((await elsewhere.get('/')).status, 401);
      t.match(
        (await audited(scene, 3)).find(({ event }) => event === 'password-changed'),
        {
          ...{ isForced: false, sessionsEnded: 1, person: id },
        },
      );
      t.equal((await new Visitor(scene).enter(cpf, password)).status, 401);
    },
  );

  await t.test('who sits down at an open browser does not guess the password there', async (t) => {
    const { cpf } = await madeAccount(scene);
    const visitor = new Visitor(scene);
    await visitor.enter(cpf, password);
    const shown: Shown[] = [];
    for (let at = 0; at < 7; at++)
      shown.push(await visitor.fill('/senha', { ...next, atual: `tentativa ${at}` }));
    t.match(shown[5]?.text, 'Não é a sua senha atual');
    t.match(shown[6]?.text, 'Houve tentativas demais');
    t.match((await visitor.fill('/senha', { ...next, atual: password })).text, 'Houve tentativas demais');
    t.equal(
      (await new Visitor(scene).enter(cpf, password)).location,
      '/',
      'which locks the owner out of nothing',
    );
  });

  await t.test('a form that is sent twice changes it once', async (t) => {
    const { id, cpf } = await madeAccount(scene);
    const temporary = await givenTemporary(scene, id);
    const visitor = new Visitor(scene);
    await visitor.enter(cpf, temporary);
    const form = await visitor.get('/senha');
    const both = await Promise.all([visitor.send(form, '/senha', next), visitor.send(form, '/senha', next)]);
    const statuses = both.map(({ status }) => status);
    t.equal(statuses.filter((status) => status === 303).length, 1, String(statuses));
    t.equal((await new Visitor(scene).enter(cpf, chosen)).location, '/');
    const late = await visitor.send(form, '/senha', {
      nova: 'outra senha bem boa',
      repetida: 'outra senha bem boa',
    });
    t.ok(late.status >= 401 && late.status <= 403, 'nor when it is sent again later');
    t.equal((await new Visitor(scene).enter(cpf, 'outra senha bem boa')).status, 401);
  });

  await t.test('what ends meanwhile ends there, too', async (t) => {
    const { id, cpf } = await madeAccount(scene);
    const visitor = new Visitor(scene);
    await visitor.enter(cpf, password);
    await scene.base.transaction(async (tx) => {
      for (const held of await rolesOf(tx, id)) await endRole(tx, held.id, null, scene.now());
    });
    t.equal((await visitor.get('/')).status, 403);
    t.equal(
      (await visitor.fill('/senha', { ...next, atual: password })).status,
      303,
      'without a role one may still',
    );
  });
}
