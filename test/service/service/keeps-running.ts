import type { Test } from 'tap';
import { hurry, type ServiceScene } from '../../support/service-scene.ts';

export async function keepsRunning(t: Test, scene: ServiceScene): Promise<void> {
  const { machine, property, config, answers } = scene;
  await hurry(scene, 'WatchdogSec=3\n');
  const restarted = await machine.run('systemctl', 'restart', 'guarita-agent');
  t.equal(restarted.code, 0, restarted.stderr);
  const until = async (name: string, isThere: (value: string) => boolean) => {
    for (;;) {
      const value = await property(name);
      if (isThere(value)) return value;
    }
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
  const isAlive = (state: string) => state === 'active';

  await t.test('a process that is killed', async (t) => {
    await signal('KILL');
    await until('NRestarts', (count) => Number(count) === 1);
    await until('ActiveState', isAlive);
    t.equal(await answers('/healthz'), '200');
  });

  await t.test('signs of life come as long as it can answer', async (t) => {
    const pid = await property('MainPID');
    const signs = new Set<string>();
    // Longer than systemd waits for one.
    while (signs.size < 5) signs.add(await property('WatchdogTimestampMonotonic'));
    t.equal(await property('MainPID'), pid);
  });

  await t.test('a process that hangs', async (t) => {
    const before = await restarts();
    await signal('STOP');
    await until('NRestarts', (count) => Number(count) === before + 1);
    await until('ActiveState', isAlive);
    t.equal(await answers('/healthz'), '200');
    const { stdout } = await machine.run('journalctl', '-u', 'guarita-agent', '--no-pager');
    t.match(stdout, 'Watchdog timeout');
  });

  await t.test('a configuration that is wrong, until it is corrected', async (t) => {
    const { stdout: right } = await machine.run('cat', config);
    machine.write(config, '{ id: ');
    const failed = await machine.run('systemctl', 'restart', 'guarita-agent');
    t.not(failed.code, 0);
    machine.write(config, right);
    await until('ActiveState', isAlive);
    t.equal(await answers('/healthz'), '200');
  });

  await t.test('one that is told to stop', async (t) => {
    await machine.run('systemctl', 'stop', 'guarita-agent');
    t.equal(await property('ActiveState'), 'inactive');
    t.equal(await property('Result'), 'success');
    await machine.run('systemctl', 'start', 'guarita-agent');
  });
}
