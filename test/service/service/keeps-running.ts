import type { Test } from 'tap';
import { until } from '../../support/deferred.ts';
import { hurry, type ServiceScene } from '../../support/service-scene.ts';

export async function keepsRunning(t: Test, scene: ServiceScene): Promise<void> {
  const { machine, property, config, answers } = scene;
  const restart = async (settings: string) => {
    await hurry(scene, settings);
    const restarted = await machine.run('systemctl', 'restart', 'guarita-agent');
    t.equal(restarted.code, 0, restarted.stderr);
  };
  const answersAgain = () =>
    until(
      'it answers',
      async () => (await property('ActiveState')) === 'active' && (await answers('/healthz')) === '200',
    );
  // At least once: with much else to do on the machine, systemd may find that the new one is not well, either.
  const startsAgain = async (before: number) => {
    await until('it was started again', async () => (await restarts()) > before);
    await answersAgain();
  };
  const restarts = async () => Number(await property('NRestarts'));
  // Not to a process id: that of a service that is down is 0, which is everybody here.
  const signal = async (name: string) => {
    const sent = await machine.run(
      'systemctl',
      'kill',
      `--signal=${name}`,
      '--kill-whom=main',
      'guarita-agent',
    );
    t.equal(sent.code, 0, sent.stderr);
  };

  await t.test('a process that is killed', async () => {
    await restart('');
    const before = await restarts();
    await signal('KILL');
    await startsAgain(before);
  });

  // Enough that a sign of life is late on a machine with much else to do, and is still in time.
  await restart('WatchdogSec=10\n');

  await t.test('signs of life come as long as it can answer', async (t) => {
    const pid = await property('MainPID');
    const signs = new Set<string>();
    // Longer than systemd waits for one.
    await until('five signs came', async () => {
      signs.add(await property('WatchdogTimestampMonotonic'));
      return signs.size >= 5;
    });
    t.equal(await property('MainPID'), pid);
  });

  await t.test('a process that hangs', async (t) => {
    const before = await restarts();
    await signal('STOP');
    await startsAgain(before);
    const { stdout } = await machine.run('journalctl', '-u', 'guarita-agent', '--no-pager');
    t.match(stdout, 'Watchdog timeout');
  });

  await t.test('a configuration that is wrong, until it is corrected', async (t) => {
    const { stdout: right } = await machine.run('cat', config);
    machine.write(config, '{ id: ');
    const failed = await machine.run('systemctl', 'restart', 'guarita-agent');
    t.not(failed.code, 0);
    machine.write(config, right);
    await answersAgain();
  });

  await t.test('one that is told to stop', async (t) => {
    await machine.run('systemctl', 'stop', 'guarita-agent');
    t.equal(await property('ActiveState'), 'inactive');
    t.equal(await property('Result'), 'success');
    await machine.run('systemctl', 'start', 'guarita-agent');
  });
}
