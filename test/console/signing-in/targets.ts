import * as fc from 'fast-check';
import type { Test } from 'tap';
import {
  beginTry,
  longestWait,
  type Target,
  takeBackTry,
} from '../../../central/base/access-layer/attempts.ts';
import { ownPage } from '../../../central/console/access/open.ts';
import { tryPassword } from '../../../central/console/access/try-password.ts';
import { networkOf } from '../../../central/console/address.ts';
import { anyText } from '../../support/any-text.ts';
import { runs } from '../../support/runs.ts';
import type { ConsoleScene } from '../scene.ts';

/** Where somebody goes on to after signing in is of this site, whatever was asked for. */
export async function ownPages(t: Test): Promise<void> {
  const parts = [
    '/',
    '//',
    '\\',
    '..',
    '.',
    ':',
    '@',
    '?',
    '#',
    '%2f',
    '%5c',
    '\t',
    '\n',
    '\0',
    'https:',
    'other.example',
    'x',
  ];
  // Not by fast-check's own addresses, which first put all 1,112,064 characters in a table.
  const path = fc.array(anyText(10).map(encodeURIComponent), { maxLength: 3 }).map((of) => of.join('/'));
  const written = fc.oneof(
    anyText(30),
    fc.array(fc.constantFrom(...parts), { maxLength: 10 }).map((chosen) => chosen.join('')),
    fc.array(fc.constantFrom(...parts), { maxLength: 10 }).map((chosen) => `/${chosen.join('')}`),
    fc.tuple(fc.domain(), path).map((parts) => `https://${parts.join('/')}`),
    path.map((of) => `/${of}`),
  );
  fc.assert(
    fc.property(written, (asked) => {
      const page = ownPage(asked);
      const site = 'https://console.example';
      return new URL(page, `${site}/entrar`).origin === site && /^[\x21-\x7e]+$/.test(page);
    }),
    { numRuns: runs(2000, 8000) },
  );
  for (const own of [
    '/',
    '/conta',
    '/caso/3/busca?q=S%C3%A3o+Jos%C3%A9&p=2',
    '/x#y',
    '/x?u=https://other.example',
  ]) {
    t.equal(ownPage(own), own);
  }
  const others = [
    '//other.example',
    '/\\other.example',
    '/.//other.example',
    '/x/..//other.example',
    'https://other.example',
  ];
  for (const other of [
    ...others,
    '/ x',
    '/\nx',
    '/é',
    `/${'x'.repeat(3000)}`,
    '',
    undefined,
    '/entrar?para=/entrar',
    '/sair',
  ]) {
    t.equal(ownPage(other), '/', String(other));
  }
}

export async function networks(t: Test): Promise<void> {
  const same: readonly (readonly [string, string])[] = [
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::'],
    ['2001:db8::1', '2001:db8:0:0::'],
    ['2001:db8:1:2::192.0.2.1', '2001:db8:1:2::'],
    ['fe80::1%eth0', 'fe80:0:0:0::'],
    ['::1', '0:0:0:0::'],
    ['fd00:1:2:3:4:5:6::', 'fd00:1:2:3::'],
  ];
  for (const [address, network] of same) t.equal(networkOf(address), network, address);
}

/** The counting by itself. */
export async function counting(t: Test, { base, clock, now }: ConsoleScene): Promise<void> {
  const target = (name: string): Target => ({ name, free: 3, forgivenIn: 3_600_000 });
  const begin = (...names: string[]) => base.transaction((tx) => beginTry(tx, names.map(target), now()));
  const takeBack = (...names: string[]) =>
    base.transaction((tx) => takeBackTry(tx, names.map(target), now()));

  await t.test('so many are free, then each one doubles the wait, up to the longest', async (t) => {
    const waits: number[] = [];
    for (let at = 0; at < 16; at++) {
      const wait = await begin('doubling');
      waits.push(wait);
      clock.pass(wait);
      if (wait > 0) t.equal(await begin('doubling'), 0);
    }
    t.strictSame(waits.slice(0, 8), [0, 0, 0, 0, 1000, 2000, 4000, 8000]);
    t.equal(waits.at(-1), longestWait);
  });

  await t.test('of several the one that waits keeps all, and none is counted', async (t) => {
    for (let at = 0; at < 4; at++) await begin('one');
    t.equal(await begin('one', 'other'), 1000);
    for (let at = 0; at < 4; at++) t.equal(await begin('other'), 0, `${at}`);
  });

  await t.test('what is taken back was not there; what is forgiven is no more', async (t) => {
    for (let at = 0; at < 10; at++) {
      t.equal(await begin('back'), 0);
      await takeBack('back');
    }
    for (let at = 0; at < 4; at++) await begin('forgiven');
    t.equal(await begin('forgiven'), 1000);
    clock.pass(3_600_000);
    t.equal(await begin('forgiven'), 0, 'one hour, one failure: three are left, and this is the fourth');
    t.equal(await begin('forgiven'), 1000);
    clock.pass(4 * 3_600_000);
    for (let at = 0; at < 4; at++) t.equal(await begin('forgiven'), 0);
  });

  await t.test('a steady trickle below what is forgiven never waits', async (t) => {
    for (let at = 0; at < 60; at++) {
      t.equal(await begin('trickle'), 0);
      clock.pass(61 * 60_000);
    }
  });

  await t.test('those that come at once are counted one by one', async (t) => {
    const waits = await Promise.all(Array.from({ length: 12 }, () => begin('at-once')));
    t.equal(waits.filter((wait) => wait === 0).length, 4);
  });

  await t.test('a clock that is set back makes nobody wait for longer than the longest', async (t) => {
    for (let at = 0; at < 4; at++) await begin('set-back');
    clock.set(clock.now() - 30 * 86_400_000);
    t.equal(await begin('set-back'), longestWait);
    clock.set(clock.now() + 30 * 86_400_000);
  });

  await t.test('what could not be tried is not counted', async (t) => {
    for (let at = 0; at < 6; at++) {
      const asked = { targets: [target('untried')], password: 'x', stored: 'no hash' };
      await t.rejects(tryPassword(base, asked, now()), { code: 'internal' });
    }
    t.equal(await begin('untried'), 0);
  });

  await t.test('what is long past is not kept', async (t) => {
    await begin('past');
    clock.pass(3 * 86_400_000);
    await begin('later');
    const left = await base.snapshot((questions) =>
      questions.query<{ alvo: string }>('SELECT alvo FROM acesso.tentativa'),
    );
    t.strictSame(left, [{ alvo: 'later' }]);
  });
}
