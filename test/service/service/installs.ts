import type { Test } from 'tap';
import type { ServiceScene } from '../../support/service-scene.ts';

export async function installs(t: Test, scene: ServiceScene): Promise<void> {
  const { machine, release, config, property, answers } = scene;
  const program = release('0.1.0');
  // All that is root's or open to all before, and does not stay so.
  t.equal((await scene.enrol(program)).code, 0);
  const first = await machine.run(program, 'install', '--binary', program);
  t.equal(first.stderr, '');
  t.equal(first.code, 0, first.stdout);
  t.match(first.stdout, '✓ no ar');
  t.match(first.stdout, '✓ Tudo em ordem', 'doctor was run');

  await t.test('the service runs, and with the machine from now on', async (t) => {
    t.equal(await property('ActiveState'), 'active');
    t.equal(await property('UnitFileState'), 'enabled');
    t.equal(await scene.version(), '0.1.0');
    t.equal(await answers('/healthz'), '200');
  });

  await t.test('owners and modes', async (t) => {
    const owned = async (path: string) => (await machine.run('stat', '-c', '%U:%G %a', path)).stdout.trim();
    t.equal(await owned('/usr/local/lib/guarita-agent/guarita-agent'), 'root:root 755');
    t.equal(await owned('/etc/guarita-agent'), 'root:guarita-agent 750');
    t.equal(await owned(config), 'root:guarita-agent 640');
    t.equal(await owned('/etc/guarita-agent/credentials'), 'root:root 700');
    t.equal(await owned('/var/lib/guarita-agent'), 'guarita-agent:guarita-agent 700');
    t.equal(await owned('/var/lib/guarita-agent/agent.key.jwk'), 'guarita-agent:guarita-agent 600');
    t.equal(await owned('/etc/systemd/system/guarita-agent.service'), 'root:root 644');
    const { stdout } = await machine.run('getent', 'passwd', 'guarita-agent');
    t.match(stdout, '/usr/sbin/nologin');
  });

  await t.test('what the process may do', async (t) => {
    const pid = await property('MainPID');
    const { stdout: status } = await machine.run('cat', `/proc/${pid}/status`);
    t.match(status, /^NoNewPrivs:\t1$/m);
    t.match(status, /^Seccomp:\t2$/m);
    t.match(status, /^CapEff:\t0+$/m);
    t.match(status, /^CapBnd:\t0+$/m);
    t.notMatch(status, /^Uid:\t0\b/m);
    const inside = ['nsenter', '--target', pid, '--mount', '--'];
    const touch = async (path: string) => (await machine.run(...inside, 'touch', path)).stderr;
    for (const folder of ['/etc', '/usr', '/srv/estado', '/var/lib', '/etc/guarita-agent', '/opt']) {
      t.match(await touch(`${folder}/x`), 'Read-only file system', folder);
    }
    t.equal(await touch('/var/lib/guarita-agent/x'), '', 'only its own folder can be written');
    await machine.run('rm', '/var/lib/guarita-agent/x');
    const listed = await machine.run(...inside, 'ls', '/root', '/home');
    t.notMatch(listed.stdout, /\.\w/, 'nobody’s home is seen');
    t.equal(await property('LimitCORE'), '0', 'no image of its memory is written');
  });

  await t.test('systemd finds little that is left open', async (t) => {
    // 1.3 with systemd 252; a later one may look at more.
    const examined = await machine.run('systemd-analyze', 'security', '--threshold=20', 'guarita-agent');
    t.equal(examined.code, 0, examined.stdout);
    t.match(examined.stdout, 'Overall exposure level');
  });

  await t.test('support tells of service and log', async (t) => {
    const ended = await scene.agent('support', '--config', config, '--out', '/root/suporte.json');
    t.equal(ended.code, 0, ended.stderr);
    const { stdout } = await machine.run('cat', '/root/suporte.json');
    const { servico, log } = JSON.parse(stdout) as { servico: object; log: string[] };
    t.match(servico, { ActiveState: 'active', Result: 'success', NRestarts: '0' });
    t.ok(
      log.some((line) => line.includes('systemd[1]: Started')),
      log.join('\n'),
    );
    t.ok(
      log.some((line) => /: \{"level":\d+,.*"msg":/.test(line)),
      log.join('\n'),
    );
  });

  await t.test('again, after the configuration has changed', async (t) => {
    const before = await property('MainPID');
    const again = await machine.run(program, 'install', '--binary', program, '--no-doctor');
    t.equal(again.code, 0, again.stderr);
    t.notMatch(again.stdout, 'Tudo em ordem');
    t.not(await property('MainPID'), before, 'it has started anew');
    const other = release('0.1.1');
    const refused = await machine.run(other, 'install', '--binary', other);
    t.match(refused.stderr, '[already-installed]');
    t.equal(await scene.version(), '0.1.0');
  });

  await t.test('the other commands, run by root, leave a folder that the service can use', async (t) => {
    const granted = await scene.enrol('/usr/local/bin/guarita-agent');
    t.equal(granted.code, 0, granted.stderr);
    const { stdout } = await machine.run('find', '/var/lib/guarita-agent', '!', '-user', 'guarita-agent');
    t.equal(stdout, '');
    t.equal(await answers('/readyz'), '200', 'its database, too');
    t.equal(await answers('/v2/views'), '401', 'what it answers is written down, so it can write');
  });
}
