// Tier: quick. Local sign-in over a base, without a network; only passwords by themselves are hashed as in production.

import t from 'tap';
import type { LoginUnico } from '../../central/console/sign-in.ts';
import { tierBases } from '../support/bases.ts';
import { cheapPasswords } from '../support/cheap-passwords.ts';
import { consoleScene } from './scene.ts';
import { account } from './signing-in/account.ts';
import { changing } from './signing-in/changing.ts';
import { besideLoginUnico, entering } from './signing-in/entering.ts';
import { passwordsAlone } from './signing-in/passwords.ts';
import { counting, networks, ownPages } from './signing-in/targets.ts';
import { throttling } from './signing-in/throttling.ts';
import { Visitor } from './visitor.ts';

const { shared } = await tierBases(t);

void t.test('passwords', passwordsAlone);
void t.test('pages to go on to', ownPages);
void t.test('networks', networks);

void t.test('over a base', async (t) => {
  cheapPasswords(t);
  const scene = await consoleScene(t, shared);
  await t.test('entering', (t) => entering(t, scene));
  t.notMatch((await new Visitor(scene).get('/entrar')).text, 'govbr', 'no link to what is not configured');
  await t.test('throttling', (t) => throttling(t, scene));
  await t.test('changing', (t) => changing(t, scene));
  await t.test('account', (t) => account(t, scene));
  await t.test('counting', (t) => counting(t, scene));
});

void t.test('beside Login Único', async (t) => {
  cheapPasswords(t);
  const loginUnico: LoginUnico = {
    begin: () => Promise.reject(new Error('Not asked for.')),
    finish: () => Promise.reject(new Error('Not asked for.')),
    levelFor: () => 1,
    signOutAt: () => 'https://sso.example/logout',
  };
  const scene = await consoleScene(t, shared, undefined, { signIn: { loginUnico } });
  await besideLoginUnico(t, scene);
});
