import type { Test } from 'tap';
import { agentConfig, type ServiceScene } from '../../support/service-scene.ts';

/** A database that is not there: the service starts all the same, and has the password or has it not. */
const source = { engine: 'postgres', url: 'postgres://leitura@127.0.0.1:9/siap' };

export async function credentials(t: Test, scene: ServiceScene): Promise<void> {
  const { machine, config, agent } = scene;
  const own = agentConfig();
  const install = async (password: Record<string, string>) => {
    machine.write(config, JSON.stringify({ ...own, source: { ...source, password } }));
    return agent('install', '--binary', '/usr/local/bin/guarita-agent', '--no-doctor');
  };
  const handed = async () => {
    const pid = await scene.property('MainPID');
    const inside = ['nsenter', '--target', pid, '--mount', '--'];
    const folder = '/run/credentials/guarita-agent.service';
    return machine.run(...inside, 'runuser', '-u', 'guarita-agent', '--', 'sh', '-c', `cat ${folder}/*`);
  };

  for (const [what, file, password] of [
    ['a credential', '/etc/guarita-agent/credentials/db-password', { credential: 'db-password' }],
    ['a file', '/etc/guarita-agent/senha.txt', { file: '/etc/guarita-agent/senha.txt' }],
    ['a file elsewhere', '/srv/senha', { file: '/srv/senha' }],
  ] as const) {
    await t.test(what, async (t) => {
      const missing = await install(password);
      t.match(missing.stderr, '[secret-missing]', 'without it');
      machine.write(file, 'segredo\n', 0o600);
      const installed = await install(password);
      t.equal(installed.code, 0, installed.stderr);
      t.equal(await scene.property('ActiveState'), 'active');
      t.match((await handed()).stdout, 'segredo', 'the service has it');
      const user = ['runuser', '-u', 'guarita-agent', '--'];
      t.match(
        (await machine.run(...user, 'cat', file)).stderr,
        'Permission denied',
        'its user alone has not',
      );
      const { stdout } = await machine.run('stat', '-c', '%U %a', file);
      t.equal(stdout.trim(), 'root 600');
      const doctor = await agent('doctor', '--config', config);
      t.match(doctor.stdout, '✓ configuração', 'who runs doctor as root has it');
      const { stdout: shown } = await machine.run('systemctl', 'show', 'guarita-agent');
      t.notMatch(shown, 'segredo');
    });
  }

  await t.test('a file that others can read, or can put another in the place of', async (t) => {
    machine.write('/srv/aberta', 'segredo\n', 0o644);
    t.match((await install({ file: '/srv/aberta' })).stderr, '[secret-exposed]');
    machine.write('/srv/trocada', 'segredo\n', 0o600);
    await machine.run('chown', 'nobody', '/srv/trocada');
    t.match((await install({ file: '/srv/trocada' })).stderr, '[secret-exposed]');
  });

  await t.test('one that "init" was told', async (t) => {
    const told = '/var/lib/guarita-agent/senha-do-banco';
    machine.write(told, 'digitado\n', 0o600);
    await machine.run('chown', 'guarita-agent:', told);
    const yaml = `# De quem instalou.\nid: AL\nuf: AL\nstate: /var/lib/guarita-agent\nlisten: { port: 18443, tls: false }
source:\n  engine: postgres\n  url: ${source.url}\n  password: { file: ${told} } # digitada\nviews: [{ name: pessoa, key: [id] }]\n`;
    machine.write(config, yaml, 0o600);
    const installed = await agent('install', '--binary', '/usr/local/bin/guarita-agent', '--no-doctor');
    t.equal(installed.code, 0, installed.stderr);
    t.match((await handed()).stdout, 'digitado', 'the service has it');
    t.match(
      (await machine.run('ls', told)).stderr,
      'No such file',
      'where its user could read it, it is no more',
    );
    const { stdout } = await machine.run('cat', config);
    t.match(stdout, '# De quem instalou.');
    t.match(stdout, 'credential: senha-do-banco');
    t.equal((await machine.run('stat', '-c', '%U:%G %a', config)).stdout, 'root:guarita-agent 640\n');
  });

  machine.write(config, JSON.stringify(own));
  t.equal((await agent('install', '--binary', '/usr/local/bin/guarita-agent')).code, 0);
}
