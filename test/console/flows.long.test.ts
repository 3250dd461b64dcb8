// Tier: long. Whole ways through the console in a real browser, over a real PostgreSQL. Needs a Chromium: GUARITA_TEST_CHROMIUM.
import t from 'tap';
import { accessIsAskedFor } from './flows/asking.ts';
import { newcomers } from './flows/first-administrator.ts';
import { byGovbr } from './flows/govbr.ts';
import { securityKeys } from './flows/keys.ts';
import { purposesAreSaid } from './flows/purposes.ts';
import { baseRestarts } from './flows/restart.ts';
import { flowScene } from './flows/scene.ts';
import { formsGoWell } from './flows/sending.ts';

void t.test('ways through the console in a browser', async (t) => {
  const scene = await flowScene(t);
  if (scene === null) return;
  await t.test('somebody new comes in', (t) => newcomers(t, scene));
  await t.test('a security key', (t) => securityKeys(t, scene));
  await t.test('purposes, emergencies and what is written down', (t) => purposesAreSaid(t, scene));
  await t.test('forms', (t) => formsGoWell(t, scene));
  await t.test('access is asked for', (t) => accessIsAskedFor(t, scene));
  await t.test('Login Único', (t) => byGovbr(t, scene));
  await t.test('the base restarts', (t) => baseRestarts(t, scene));
});
