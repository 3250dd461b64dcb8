// Tier: quick. A base, no network.
import t from 'tap';
import { tierBases } from '../support/bases.ts';
import { consoleScene } from './scene.ts';
import { anyAnswer } from './second-factor/any-answer.ts';
import { codes } from './second-factor/codes.ts';
import { keys } from './second-factor/keys.ts';
import { own } from './second-factor/own.ts';
import { script } from './second-factor/script.ts';
import { sealing } from './second-factor/sealing.ts';

void t.test('second factor', async (t) => {
  const { shared, kind } = await tierBases(t);
  const scene = await consoleScene(t, shared);
  await t.test('codes', (t) => codes(t, scene));
  await t.test('keys', (t) => keys(t, scene));
  await t.test('script', (t) => script(t, scene));
  await t.test("one's own", (t) => own(t, scene, kind));
  await t.test('sealing', (t) => sealing(t, shared));
});

void t.test('any answer', anyAnswer);
