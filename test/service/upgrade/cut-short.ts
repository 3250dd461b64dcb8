import type { Test } from 'tap';
import type { UpgradeStep } from '../../../agent/service/upgrade.ts';
import { until } from '../../support/deferred.ts';
import { hurry, type ServiceScene } from '../../support/service-scene.ts';

const steps: readonly UpgradeStep[] = ['staged', 'kept', 'begun', 'placed', 'restarted'];

/**
 * An upgrade that is killed after each of its steps: the service answers on, answers after the next start of the
 * machine, and the next upgrade works.
 * @param serves what the version does that is cut short; undefined: it serves
 */
export async function cutShort(t: Test, scene: ServiceScene, serves?: string): Promise<void> {
  const { machine, release, agent, answers, property } = scene;
  const first = release('0.1.0');
  await machine.run(first, 'install', '--binary', first, '--no-doctor');
  await hurry(scene, '');
  t.equal(await answers('/healthz'), '200');
  const answering = async () => {
    // Of a version that is taken back, another start may be under way.
    await until('it runs', async () => (await property('ActiveState')) === 'active');
    return (await answers('/healthz')) === '200' && (await answers('/v2/views')) === '401';
  };

  let minor = 2;
  for (const step of steps) {
    await t.test(`killed when it is ${step}`, async (t) => {
      const before = await scene.version();
      const cut = `0.${minor++}.0`;
      const ended = await agent('upgrade-cut', step, release(cut, serves === undefined ? {} : { serves }));
      t.equal(ended.signal, 'SIGKILL');
      t.ok(await answering(), 'the service answers');

      // As at the next start of the machine.
      await machine.run('systemctl', 'restart', 'guarita-agent');
      t.ok(await answering(), 'and after the next start');
      const isTaken = serves === undefined && (step === 'placed' || step === 'restarted');
      t.equal(await scene.version(), isTaken ? cut : before);

      const next = `0.${minor++}.0`;
      const done = await agent('upgrade', release(next));
      t.equal(done.code, 0, done.stderr);
      t.equal(await scene.version(), next);
      t.ok(await answering());
      t.strictSame(await scene.leftovers(), []);
    });
  }

  await t.test('killed when it is placed, and the next one comes before any start', async (t) => {
    const cut = `0.${minor++}.0`;
    await agent('upgrade-cut', 'placed', release(cut, serves === undefined ? {} : { serves }));
    const bad = await agent('upgrade', release(`0.${minor++}.0`, { serves: 'exit 1' }));
    t.match(bad.stderr, '[upgrade-rolled-back]');
    t.ok(await answering(), 'what runs again is a version that was ready once');
    t.equal(await scene.version(), serves === undefined ? cut : `0.${minor - 3}.0`);
    t.strictSame(await scene.leftovers(), []);
  });
}
