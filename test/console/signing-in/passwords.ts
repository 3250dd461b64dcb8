import { createHook } from 'node:async_hooks';
import type { Test } from 'tap';
import { faultOf } from '../../../central/console/access/new-password.ts';
import {
  hashPassword,
  isOldHash,
  isPassword,
  requireArgon2,
} from '../../../central/console/access/passwords.ts';

const known = {
  ...{ cpf: '52998224725', name: 'João Antônio de Ávila', email: 'jantonio.avila@seap.al.gov.br' },
  bodies: ['SERIS', 'Secretaria de Ressocialização de Alagoas'],
};

/** Passwords by themselves: how they are kept, and which may be chosen. */
export async function passwordsAlone(t: Test): Promise<void> {
  await t.test('a hash says how it was made, and by that it is verified', async (t) => {
    const cheap = await hashPassword('girafas comem jaca', { memory: 64, passes: 1, parallelism: 1 });
    t.match(cheap, /^\$argon2id\$v=19\$m=64,t=1,p=1\$[^$=]{22}\$[^$=]{43}$/);
    t.equal(await isPassword('girafas comem jaca', cheap), true);
    t.equal(isOldHash(cheap), true);
    const today = await hashPassword('girafas comem jaca');
    const memory = Number(/m=(\d+)/.exec(today)?.[1]);
    t.ok(memory >= 19 * 1024, 'at least 19 MiB');
    t.equal(isOldHash(today), false);
    t.not(today, await hashPassword('girafas comem jaca'), 'each has its own salt');
  });

  await t.test(
    'it is taken as it was typed: not cut off, no other case, no blanks lost (ASVS 6.2.8)',
    async (t) => {
      const long = `${'é '.repeat(200)}fim `;
      const hash = await hashPassword(long, { memory: 64, passes: 1, parallelism: 1 });
      t.equal(await isPassword(long, hash), true);
      t.equal(await isPassword(long.normalize('NFD'), hash), true, 'by another keyboard');
      for (const other of [long.trim(), long.toUpperCase(), long.slice(0, -2), `${long} `, '']) {
        t.equal(await isPassword(other, hash), false);
      }
    },
  );

  await t.test('what is no hash, or asks too much of this machine, is not tried', async (t) => {
    const tail = `${'A'.repeat(22)}$${'A'.repeat(43)}`;
    for (const bad of [
      '',
      'x',
      `$argon2id$v=19$m=999999,t=2,p=1$${tail}`,
      `$argon2id$v=19$m=64,t=99,p=1$${tail}`,
      `$argon2id$v=19$m=64,t=0,p=1$${tail}`,
      `$argon2i$v=19$m=64,t=1,p=1$${tail}`,
    ]) {
      await t.rejects(isPassword('x', bad), { code: 'internal' }, bad);
    }
  });

  await t.test('an account that does not exist costs as much as one that does (ASVS 6.3.8)', async (t) => {
    const hash = await hashPassword('girafas comem jaca');
    let hashed = 0;
    const hook = createHook({
      init: (_id, type) => void (hashed += type === 'ARGON2REQUEST' ? 1 : 0),
    }).enable();
    t.equal(await isPassword('girafas comem jaca', null), false);
    const [absent] = [hashed];
    t.equal(await isPassword('outra coisa qualquer', hash), false);
    hook.disable();
    t.strictSame([absent, hashed], [1, 2]);
    t.equal(await isPassword('\0'.repeat(12), null), false);
  });

  await t.test('so many at once, and no more than wait for as long as people do', async (t) => {
    const cost = { memory: 64, passes: 1, parallelism: 1 };
    const all = await Promise.allSettled(Array.from({ length: 80 }, () => hashPassword('girafas', cost)));
    const refused = all.filter(({ status }) => status === 'rejected');
    t.ok(refused.length > 0 && refused.length < 40, `${refused.length}`);
    t.match(refused[0], { reason: { code: 'sign-in-busy' } });
    t.ok(await hashPassword('girafas', cost), 'and afterwards as before');
  });

  await t.test('a Node without argon2 is refused at the start', async (t) => {
    t.throws(() => requireArgon2({}), { code: 'argon2-missing' });
    t.doesNotThrow(() => requireArgon2());
  });

  await t.test(
    'length alone is asked for, from 12 to 128 characters (ASVS 6.2.1, 6.2.5, 6.2.9)',
    async (t) => {
      for (const good of [
        'girafas comem jaca',
        'zqxjkvbwpyfg',
        'ZQXJKVBWPYFG',
        '720418365092',
        '!%&*(){}[]<>;:',
        'ãõéíúçâêôàü¨~',
        '🦒🦓🐘🦛🦏🐪🐫🦙🐃🐂🐄🐎',
        `jaca ${'x7q'.repeat(41)}`,
        'correto cavalo bateria grampo',
        'o meu brasil é de chinelo e chuva',
      ]) {
        t.equal(await faultOf(good, known), null, good);
      }
      t.match(await faultOf('zqxjkvbwpyf', known), /11 caracteres: use pelo menos 12/);
      t.match(await faultOf('🦒🦓🐘🦛🦏🐪🐫🦙🐃🐂🐄', known), /11 caracteres/, 'as people count');
      t.match(await faultOf(`jaca ${'x7q'.repeat(42)}`, known), /131 caracteres: use no máximo 128/);
    },
  );

  await t.test('one that is tried first is refused (ASVS 6.2.4, 6.2.11, 6.2.12)', async (t) => {
    for (const bad of [
      ...['123456789012', '012345678901', 'aaaaaaaaaaaa', 'abcabcabcabc', '121212121212', 'qwertyuiop12'],
      ...[
        'password1234',
        'PASSWORD!2026',
        'q1w2e3r4t5y6',
        '1qaz2wsx3edc',
        'iloveyouiloveyou',
        'passwordpassword',
      ],
      ...[
        'mudar123mudar123',
        'Mudar@123456',
        'senha1234567',
        'S3nh@1234567',
        'Senha.Segura.2026',
        's e n h a 1 2 3 4 5',
      ],
      ...[
        'corinthians2012',
        'Flamengo#1981',
        'brasil202420',
        'deusefiel2025!',
        'janeiro2026!!',
        'guarita@2026',
      ],
      ...['guaritaguarita', 'PoliciaPenal2026', 'penitenciaria1'],
      ...['joaoantonio2026', 'Ávila-João-1980', 'jantonio.avila!', 'seris20262026', 'Alagoas-SERIS-1'],
      ...['529.982.247-25', 'cpf529982247', '98224725abc!'],
      '            ',
    ]) {
      t.match(await faultOf(bad, known), /fácil de adivinhar/, bad);
    }
  });
}
