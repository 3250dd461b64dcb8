import type { Test } from 'tap';
import { beginTry } from '../../../central/base/access-layer/attempts.ts';
import { accountTarget } from '../../../central/console/access/try-password.ts';
import { audited, type ConsoleScene, consoleScene, madePerson, withCheckDigits } from '../scene.ts';
import { Visitor } from '../visitor.ts';
import { givenTemporary, madeAccount, password } from './made.ts';

const wrong = 'não é esta, com certeza';
let visitors = 0;

/** As often as one may be wrong, and once more: whoever comes next waits. */
async function guessedAt({ base, now }: ConsoleScene, cpf: string): Promise<void> {
  await base.transaction(async (tx) => {
    for (let at = 0; at < 6; at++) await beginTry(tx, [accountTarget(cpf)], now());
  });
}

/** Somebody at an address of their own. */
const visitorOf = (scene: ConsoleScene) => new Visitor(scene, { address: `10.0.${++visitors}.1` });

/** Guessing takes ever longer, and the owner gets in all the same. */
export async function throttling(t: Test, scene: ConsoleScene): Promise<void> {
  await t.test(
    'by account, from wherever, whether or not there is one; the right password waits as well (ASVS 6.3.1)',
    async (t) => {
      const there = await madeAccount(scene);
      const unknown = await madePerson(scene, null, []);
      await scene.base.transaction((tx) => tx.query('DELETE FROM acesso.pessoa WHERE id = $1', [unknown.id]));
      for (const { cpf } of [there, unknown]) {
        const statuses: number[] = [];
        for (let at = 0; at < 7; at++) statuses.push((await visitorOf(scene).enter(cpf, wrong)).status);
        t.strictSame(statuses, [401, 401, 401, 401, 401, 401, 429]);
        const waits = await visitorOf(scene).enter(cpf, password);
        t.equal(waits.status, 429);
        t.match(waits.text, 'Espere 1 segundo e');
        t.notMatch(waits.text, /existe|bloque/);
      }
      t.match((await audited(scene, 1)).at(-1), { event: 'sign-in-failed', reason: 'waits', person: null });
      scene.clock.pass(1000);
      t.equal((await visitorOf(scene).enter(there.cpf, password)).location, '/');
    },
  );

  await t.test('at two consoles at once, and from many browsers, no more are tried', async (t) => {
    const { cpf } = await madeAccount(scene);
    const second = await consoleScene(t, scene.base);
    second.clock.set(scene.clock.now());
    const tried = await Promise.all(
      Array.from({ length: 16 }, (_, at) => visitorOf(at % 2 === 0 ? scene : second).enter(cpf, wrong)),
    );
    t.equal(tried.filter(({ status }) => status === 401).length, 6);
    t.equal(tried.filter(({ status }) => status === 429).length, 10);
  });

  await t.test('a new temporary password is tried at once, whatever others did before', async (t) => {
    const { id, cpf } = await madeAccount(scene);
    await guessedAt(scene, cpf);
    t.equal((await visitorOf(scene).enter(cpf, password)).status, 429);
    const given = await givenTemporary(scene, id);
    t.equal((await visitorOf(scene).enter(cpf, given)).status, 303);
    await guessedAt(scene, cpf);
    t.equal((await visitorOf(scene).enter(cpf, given)).status, 429, 'and is guessed at no more often');
  });

  await t.test('the owner enters from where they entered before, whatever others do meanwhile', async (t) => {
    const { cpf } = await madeAccount(scene);
    const owner = visitorOf(scene);
    await owner.enter(cpf, password);
    await owner.fill('/', {}, '/sair');
    await guessedAt(scene, cpf);
    t.equal((await visitorOf(scene).enter(cpf, password)).status, 429);
    t.equal((await owner.enter(cpf, password)).location, '/', 'others have to wait, they do not');
    await owner.fill('/', {}, '/sair');
    // That browser is guessed from, too: it has a count of its own.
    const statuses = new Set<number>();
    for (let at = 0; at < 12; at++) statuses.add((await owner.enter(cpf, wrong)).status);
    t.strictSame([...statuses], [401, 429]);
    // What it holds is of this account alone.
    const { cpf: other } = await madeAccount(scene);
    for (let at = 0; at < 6; at++) await owner.enter(other, wrong);
    t.equal((await owner.enter(other, wrong)).status, 429);
  });

  await t.test('by address: who tries many accounts waits, others do not', async (t) => {
    const { cpf } = await madeAccount(scene);
    const address = '2001:db8:7:7::1';
    // So many as a large body mistypes in an hour.
    await scene.base.transaction((tx) =>
      tx.query(
        `INSERT INTO acesso.tentativa (alvo, falhas, ultima, ate) VALUES ('endereço 2001:db8:7:7::', 59, $1, $1)`,
        [scene.now()],
      ),
    );
    const statuses: number[] = [];
    for (let at = 0; at < 3; at++) {
      const somebody = withCheckDigits(`98765432${at}`);
      statuses.push(
        (await new Visitor(scene, { address: `2001:db8:7:7::${at}` }).enter(somebody, wrong)).status,
      );
    }
    t.strictSame(statuses, [401, 401, 429]);
    t.equal((await new Visitor(scene, { address }).enter(cpf, password)).status, 429);
    t.equal((await new Visitor(scene, { address: '2001:db8:7:8::1' }).enter(cpf, password)).location, '/');
    scene.clock.pass(60_000);
    t.equal((await new Visitor(scene, { address }).enter(cpf, password)).location, '/', 'a minute later');
  });

  await t.test('a CPF that is none is not counted', async (t) => {
    const visitor = visitorOf(scene);
    for (let at = 0; at < 8; at++) t.equal((await visitor.enter('123', wrong)).status, 422);
  });
}
