// Tier: long. A whole life under a real systemd. Needs GUARITA_TEST_SYSTEMD.
import t from 'tap';
import { serviceScene } from '../support/service-scene.ts';
import { credentials } from './service/credentials.ts';
import { installs } from './service/installs.ts';
import { keepsRunning } from './service/keeps-running.ts';
import { refusals } from './service/refusals.ts';
import { uninstalls } from './service/uninstalls.ts';

// The agent as a service of a real systemd: one machine, from before it is installed until nothing is left of it.

const scene = await serviceScene(t);

if (scene !== null) {
  const before = await scene.traces();
  await t.test('what is refused changes nothing', (t) => refusals(t, scene));
  await t.test('install', (t) => installs(t, scene));
  await t.test('passwords', (t) => credentials(t, scene));
  await t.test('what ends or hangs is started again', (t) => keepsRunning(t, scene));
  await t.test('uninstall', (t) => uninstalls(t, scene, before));
}
