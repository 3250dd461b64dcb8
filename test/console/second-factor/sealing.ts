import { hash, randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { forgetKey } from '../../../central/base/access-layer/console-key.ts';
import { addTotp } from '../../../central/base/access-layer/factors.ts';
import type { Base } from '../../../central/base/base.ts';
import { consoleBaseInProcess } from '../../../central/base/console-base.ts';
import { readConsoleKey } from '../../../central/console/console-key.ts';
import { requireSameKey } from '../../../central/console/same-key.ts';
import { type Seal, sealWith } from '../../../central/console/seal.ts';
import { unreadableFactors } from '../../../central/console/second-factor/unreadable.ts';
import { testFolder } from '../../support/bases.ts';
import { audited, browserWith, consoleScene } from '../scene.ts';
import { App, madeMember, secretIn, signingIn, withApp } from './people.ts';

/** What the base keeps of an app's secret, and the key that opens it. */
export async function sealing(t: Test, base: Base): Promise<void> {
  await t.test('a console with another key says what to do', async (t) => {
    const scene = await consoleScene(t, base);
    const { person, app } = await withApp(scene);
    const other = await consoleScene(t, base, undefined, { key: 'b' });
    other.clock.set(scene.clock.now());
    const browser = await signingIn(other, person.id);
    for (let tries = 1; tries <= 7; tries += 1) {
      const answer = await browser.post('/segundo-fator', { codigo: app.code(other) });
      t.equal(answer.status, 500, 'it was not tried, so nobody has to wait');
      t.match(answer.text, 'a chave deste console não é a da base');
    }
    t.match((await audited(other)).at(-1), { problem: 'console-key-other', person: person.id });
    const [mine, others] = ['a', 'b'].map((key) => sealWith(hash('sha256', key, 'buffer')));
    t.equal(await unreadableFactors(base, mine as Seal), 0);
    t.ok((await unreadableFactors(base, others as Seal)) > 0, 'and at its start');
    t.equal((await browser.get('/')).location, '/segundo-fator');
    const own = await signingIn(scene, person.id);
    t.equal(
      (await own.post('/segundo-fator', { codigo: app.code(scene) })).status,
      303,
      'it was not used up',
    );
  });

  await t.test('beside an app of another key the others are asked, and guesses are counted', async (t) => {
    const scene = await consoleScene(t, base);
    for (const before of ['00000000', 'ffffffff']) {
      const { person, app } = await withApp(scene);
      const id = `${before}${randomUUID().slice(8)}`;
      const sealed = sealWith(hash('sha256', 'b', 'buffer')).close(randomBytes(20), id);
      const lost = { id, person: person.id, name: 'Outro', sealed, lastStep: 0 };
      await base.transaction((tx) => addTotp(tx, lost, scene.now()));
      const show = async (codigo: string) =>
        (await (await signingIn(scene, person.id)).post('/segundo-fator', { codigo })).status;
      for (let tries = 1; tries <= 6; tries += 1) t.equal(await show(app.wrong(scene)), 422);
      t.match((await audited(scene, 1)).at(-1), { event: 'second-factor-refused', person: person.id });
      t.equal(await show(app.code(scene)), 429);
      scene.clock.pass(1000);
      t.equal(await show(app.code(scene)), 303);
    }
  });

  await t.test('a registration that was begun with another key is begun anew', async (t) => {
    const [scene, other] = [
      await consoleScene(t, base),
      await consoleScene(t, base, undefined, { key: 'b' }),
    ];
    const page = '/segundo-fator/novo';
    const person = await madeMember(scene);
    const begun = await signingIn(scene, person.id, 'cadastrar-fator');
    const before = secretIn(await begun.get(page));
    const browser = { session: begun.session, ...browserWith(other, begun.secret) };
    const unread = await browser.post(page, { codigo: new App(before).code(scene), nome: '' });
    t.not(unread.status, 500);
    const shown = secretIn(await browser.get(page));
    t.match(shown, /^[A-Z2-7 ]{39}$/);
    t.not(shown, before);
    t.equal(secretIn(await browser.get(page)), shown);
    t.equal((await browser.post(page, { codigo: new App(shown).code(other), nome: '' })).status, 303);
  });

  await t.test('a base is served with one key', async (t) => {
    const [one, other] = ['one', 'other'].map((key) => sealWith(hash('sha256', key, 'buffer'))) as [
      Seal,
      Seal,
    ];
    const refused = { code: 'console-key-other' };
    const both = [one, other, one, other].map((seal) => requireSameKey(base, seal));
    const settled = (await Promise.allSettled(both)).map(({ status }) => status);
    t.strictSame(settled.slice(2), settled.slice(0, 2), 'of those that start at once one is the first');
    t.strictSame(settled.slice(0, 2).toSorted(), ['fulfilled', 'rejected']);
    const [first, second] = settled[0] === 'fulfilled' ? [one, other] : [other, one];
    await t.rejects(requireSameKey(base, second), refused);
    await requireSameKey(await consoleBaseInProcess(base), first);
    t.equal(await base.transaction(forgetKey), true);
    await requireSameKey(base, second);
    await t.rejects(requireSameKey(base, first), refused, 'it was lost');
    t.equal(await base.transaction(forgetKey), true);
    t.equal(await base.transaction(forgetKey), false);
  });

  await t.test('what is sealed opens for what it is of, unchanged, with this key', (t) => {
    const [seal, other] = ['a', 'b'].map((key) => sealWith(hash('sha256', key, 'buffer')));
    if (seal === undefined || other === undefined) throw new Error('two');
    const secret = randomBytes(20);
    const sealed = seal.close(secret, 'one');
    t.strictSame(seal.open(sealed, 'one'), secret);
    t.notSame(seal.close(secret, 'one'), sealed, 'never the same twice');
    t.throws(() => seal.open(sealed, 'two'), { code: 'console-key-other' });
    t.throws(() => other.open(sealed, 'one'), { code: 'console-key-other' });
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      t.throws(() => seal.open(changed, 'one'), { code: 'console-key-other' }, `byte ${at}`);
      t.throws(() => seal.open(sealed.subarray(0, at), 'one'), { code: 'console-key-other' }, `${at} bytes`);
    }
    t.end();
  });

  await t.test('the key is made once, for its owner alone, or given', (t) => {
    const folder = testFolder(t);
    const file = join(folder, 'console-key');
    const made = readConsoleKey(undefined, folder, {});
    t.equal(statSync(file).mode & 0o777, 0o600);
    const sealed = made.close(Buffer.from('x'), 'one');
    t.equal(readConsoleKey(undefined, folder, {}).open(sealed, 'one').toString(), 'x');
    const key = readFileSync(file, 'utf8');
    const given = readConsoleKey({ env: 'KEY' }, testFolder(t), { KEY: key });
    t.equal(given.open(sealed, 'one').toString(), 'x', 'of another console');
    t.throws(() => readConsoleKey({ env: 'KEY' }, folder, { KEY: 'senha' }), {
      code: 'console-key-unreadable',
    });
    t.throws(() => readConsoleKey({ env: 'NONE' }, folder, {}), { code: 'secret-missing' });
    writeFileSync(file, key.slice(0, 60));
    t.throws(() => readConsoleKey(undefined, folder, {}), { code: 'console-key-unreadable' });
    writeFileSync(file, key);
    chmodSync(file, 0o640);
    t.throws(() => readConsoleKey(undefined, folder, {}), {
      code: 'console-key-unreadable',
      message: /chmod/,
    });
    t.end();
  });
}
