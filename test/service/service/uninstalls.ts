import type { Test } from 'tap';
import type { ServiceScene } from '../../support/service-scene.ts';

/** @param before what there was of its name before it was installed */
export async function uninstalls(t: Test, scene: ServiceScene, before: readonly string[]): Promise<void> {
  const { machine, agent } = scene;
  const asked = await agent('uninstall');
  t.match(asked.stderr, '--yes', 'it does not do it unasked');
  t.equal(await scene.property('ActiveState'), 'active');

  const program = scene.release('0.1.0');
  const ended = await agent('uninstall', '--yes');
  t.equal(ended.code, 0, ended.stderr);
  const journal = '/var/lib/guarita-agent/guarita-agent-AL.journal';
  t.match(ended.stdout, journal);

  const left = (await scene.traces()).filter((path) => !before.includes(path));
  t.strictSame(left, ['/var/lib/guarita-agent', journal]);
  t.equal((await machine.run('sh', '-c', 'cat /etc/passwd /etc/group | grep guarita')).stdout, '');
  t.equal((await machine.run('systemctl', 'cat', 'guarita-agent')).code, 1, 'systemd does not know it');
  const owned = await machine.run('stat', '-c', '%U %a', '/var/lib/guarita-agent', journal);
  t.equal(owned.stdout, 'root 700\nroot 600\n');

  const { stdout: lines } = await machine.run('cat', journal);
  const entries = lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { resource: string });
  t.match(entries.at(-1), { resource: '/v1/views', status: 401 }, 'what was served is still told');
  t.notMatch(lines, 'segredo');

  const again = await machine.run(program, 'uninstall', '--yes');
  t.match(again.stderr, '[config-unreadable]', 'there is nothing to do any more');
}
