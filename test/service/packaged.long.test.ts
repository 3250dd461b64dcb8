// Tier: long. A whole life under a real systemd. Needs GUARITA_TEST_SYSTEMD and GUARITA_TEST_BINARIES.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { type ServiceScene, serviceScene } from '../support/service-scene.ts';

// The packaged agent as a service of a real systemd: GUARITA_TEST_BINARIES names the folder that `npm run package` made,
// GUARITA_TEST_BINARIES_NEXT one of a newer version that the same key has signed.

const { GUARITA_TEST_BINARIES: present, GUARITA_TEST_BINARIES_NEXT: next } = process.env;
const name = 'guarita-agent-linux-x64';

if (present === undefined) {
  const why =
    'GUARITA_TEST_BINARIES is not set: the packaged agent is not installed (npm run package makes it)';
  process.stderr.write(`${t.name}: ${why}\n`);
  t.plan(0, why);
} else {
  const scene = await serviceScene(t);
  if (scene !== null) await t.test('packaged', (t) => packaged(t, scene, present, next));
}

async function packaged(t: Test, scene: ServiceScene, folder: string, newer?: string): Promise<void> {
  const { machine, agent, answers, property } = scene;
  const bring = (from: string, to: string): string => {
    for (const [suffix, mode] of [
      ['', 0o755],
      ['.release.json', 0o644],
    ] as const) {
      const file = join(from, `${name}${suffix}`);
      if (existsSync(file)) machine.write(`${to}${suffix}`, readFileSync(file), mode);
    }
    return to;
  };
  const program = bring(folder, '/opt/baixado/agente');
  const version = (await machine.run(program, '--version')).stdout.trim();

  await t.test('install', async (t) => {
    t.equal((await scene.enrol(program)).code, 0);
    const installed = await machine.run(program, 'install');
    t.equal(installed.code, 0, installed.stderr);
    t.match(installed.stdout, '✓ Tudo em ordem');
    t.equal(await property('ActiveState'), 'active');
    t.equal(await answers('/healthz'), '200');
    t.equal(await answers('/v2/views'), '401', 'it loads its library and writes its journal');
    t.equal((await agent('doctor', '--config', scene.config)).code, 0);
  });

  await t.test('upgrade', async (t) => {
    if (!existsSync(join(folder, `${name}.release.json`))) {
      t.match((await agent('upgrade', program)).stderr, '[release-unsigned]', 'it was made without a key');
      return;
    }
    const same = await agent('upgrade', program);
    t.match(
      same.stderr,
      `${version}; no arquivo: ${version}`,
      'the signature holds; the version is no newer',
    );
    if (newer === undefined) return;
    const done = await agent('upgrade', bring(newer, '/opt/baixado/mais-novo'));
    t.equal(done.code, 0, done.stderr);
    t.not(await scene.version(), version);
    t.equal(await property('ActiveState'), 'active');
    t.equal(await answers('/v2/views'), '401');
    t.strictSame(await scene.leftovers(), []);
  });

  await t.test('uninstall', async (t) => {
    const ended = await agent('uninstall', '--yes');
    t.equal(ended.code, 0, ended.stderr);
    const { stdout } = await machine.run('ls', '/var/lib/guarita-agent', '/usr/local/lib', '/usr/local/bin');
    t.notMatch(stdout, /^guarita-agent(\.previous)?$/m);
    t.match(stdout, 'guarita-agent-AL.journal');
  });
}
