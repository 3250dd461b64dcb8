// Tier: long. Every step of an upgrade, under a real systemd. Needs GUARITA_TEST_SYSTEMD.
import t from 'tap';
import { serviceScene } from '../support/service-scene.ts';
import { cutShort } from './upgrade/cut-short.ts';

const scene = await serviceScene(t);

if (scene !== null) {
  await t.test('an upgrade to a version that does not work, killed at each step', (t) =>
    cutShort(t, scene, 'exit 1'),
  );
}
