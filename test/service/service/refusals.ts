import type { Test } from 'tap';
import { agentConfig, type ServiceScene } from '../../support/service-scene.ts';

export async function refusals(t: Test, { machine, release, config }: ServiceScene): Promise<void> {
  const program = release('0.1.0');
  const traces = async () => {
    const places = ['/usr/local/lib/guarita-agent', '/usr/local/bin/guarita-agent', '/var/lib/guarita-agent'];
    const { stdout } = await machine.run('sh', '-c', `ls -d ${places.join(' ')}; id guarita-agent`);
    return stdout;
  };
  const refused = async (code: string, ...command: string[]) => {
    const ended = await machine.run(...command);
    t.match(ended.stderr, `[${code}]`);
    t.match(ended.stderr, '→', 'what to do next');
    t.not(ended.code, 0);
    t.equal(await traces(), '', 'nothing was changed');
    return ended.stderr;
  };
  const install = [program, 'install', '--binary', program];

  await refused('not-permitted', 'runuser', '-u', 'nobody', '--', ...install);
  await refused('not-packaged', program, 'install');
  await refused('not-installed', program, 'upgrade', program);
  await refused('config-unreadable', ...install, '--config', '/etc/guarita-agent/none.yaml');

  const own = agentConfig();
  const source = { engine: 'postgres', url: 'postgres://leitura@127.0.0.1:9/siap' };
  for (const [what, changed] of [
    ['a state folder that the service would not see', { ...own, state: '/home/agente' }],
    ['a state folder by a relative path', { ...own, state: 'agente' }],
    ['a state database in a home folder', { ...own, source: { engine: 'sqlite', file: '/root/e.sqlite' } }],
    ['an authority in a home folder', { ...own, source: mysqlWith('/home/ca.pem') }],
    ['a password in a variable', { ...own, source: { ...source, password: { env: 'SENHA' } } }],
    [
      'a password in a file of a relative path',
      { ...own, source: { ...source, password: { file: 'senha' } } },
    ],
  ] as const) {
    machine.write(config, JSON.stringify(changed));
    t.comment(what);
    await refused('config-invalid', ...install);
  }
  machine.write('/root/agent.yaml', JSON.stringify(own));
  await refused('config-invalid', ...install, '--config', '/root/agent.yaml');
  machine.write(config, JSON.stringify(own));
}

function mysqlWith(ca: string): Record<string, unknown> {
  return { engine: 'mysql', host: '127.0.0.1', database: 'siap', user: 'leitura', tls: { ca } };
}
