import { join } from 'node:path';
import type { Test } from 'tap';
import { verifyJournal } from '../../../shared/journal/verify.ts';
import { publicKey } from '../../../shared/signing/keys.ts';
import { readJournal } from '../../support/journal.ts';
import { agentConfig, type ServiceScene } from '../../support/service-scene.ts';

/** @param before what there was of its name before it was installed */
export async function uninstalls(t: Test, scene: ServiceScene, before: readonly string[]): Promise<void> {
  const { machine, agent } = scene;
  const asked = await agent('uninstall');
  t.match(asked.stderr, '--yes', 'it does not do it unasked');
  t.match(asked.stderr, '[option-invalid]');
  t.equal(await scene.property('ActiveState'), 'active');

  const key = publicKey(JSON.parse((await agent('key', '--config', scene.config)).stdout));
  const program = scene.release('0.1.0');
  machine.write('/srv/senha-de-outros', 'segredo\n', 0o600);
  const source = {
    engine: 'postgres',
    url: 'postgres://a@127.0.0.1:9/b',
    password: { file: '/srv/senha-de-outros' },
  };
  machine.write(scene.config, JSON.stringify({ ...agentConfig(), source }));
  const ended = await agent('uninstall', '--yes');
  t.equal(ended.code, 0, ended.stderr);
  const journal = '/var/lib/guarita-agent/guarita-agent-AL.journal';
  t.match(ended.stdout, journal);

  t.match(ended.stdout, /fica.*\/srv\/senha-de-outros/);
  t.equal(
    (await machine.run('cat', '/srv/senha-de-outros')).stdout,
    'segredo\n',
    'what is not the agent’s stays',
  );

  const left = (await scene.traces()).filter((path) => !before.includes(path));
  t.strictSame(left, ['/var/lib/guarita-agent', journal]);
  t.equal((await machine.run('sh', '-c', 'cat /etc/passwd /etc/group | grep guarita')).stdout, '');
  t.equal((await machine.run('systemctl', 'cat', 'guarita-agent')).code, 1, 'systemd does not know it');
  const owned = await machine.run('stat', '-c', '%U %a', '/var/lib/guarita-agent', journal);
  t.equal(owned.stdout, 'root 700\nroot 600\n');

  const { agent: named, entries, heads } = await readJournal(join(machine.root, journal));
  t.equal(named, 'AL');
  t.match(entries.at(-1)?.body, '/v2/views', 'what was served is still told');
  t.strictSame(verifyJournal('AL', entries, heads, [key]).faults, [], 'and holds');
  t.notMatch(JSON.stringify(entries), 'segredo');

  const again = await machine.run(program, 'uninstall', '--yes');
  t.match(again.stderr, '[config-unreadable]', 'there is nothing to do any more');
}
