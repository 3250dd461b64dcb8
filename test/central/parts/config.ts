import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import Value from 'typebox/value';
import { parse, stringify } from 'yaml';
import { readCentralConfig } from '../../../central/central.ts';
import { centralConfigSchema } from '../../../central/config.ts';
import { testFolder } from '../../support/bases.ts';
import { type CommandResult, runCommand } from '../../support/commands.ts';

const secret = 'abre-te-sesamo';

/** A configuration that is right but for what a test changes in it. */
function configFile(t: Test, changes: Record<string, unknown> = {}): string {
  const folder = testFolder(t);
  const file = join(folder, 'central.yaml');
  const source = { uf: 'AL', url: 'http://127.0.0.1:8443', agentKey: 'AL.jwk', grant: 'AL.grant' };
  const config = { state: join(folder, 'state'), log: { level: 'silent' }, sources: [source], ...changes };
  writeFileSync(file, stringify(config));
  return file;
}

function fails(t: Test, { code, output, errors }: CommandResult, problem: string, about: RegExp): void {
  t.equal(code, 2, 'the usage is wrong');
  t.match(errors, `[${problem}]`);
  t.match(errors, about);
  t.notMatch(output + errors, secret);
}

export async function configuration(t: Test): Promise<void> {
  await t.test('a password in --base is refused, and not repeated', async (t) => {
    const config = configFile(t);
    for (const base of [
      `postgres://guarita:${secret}@127.0.0.1/nacional`,
      `postgresql://guarita:${secret}@[::1]:5432/nacional?sslmode=require`,
      `postgres://:${secret}@127.0.0.1/nacional`,
      `postgres://127.0.0.1/nacional?user=guarita&password=${secret}`,
      `postgres://127.0.0.1/nacional?password=${secret}`,
      `postgres://127.0.0.1/nacional?PASSWORD=${secret}`,
      `mysql://guarita:${secret}@127.0.0.1/nacional`,
      `postgres://guarita:${secret}/@127.0.0.1/nacional`,
      `postgres://guarita:#${secret}@127.0.0.1/nacional`,
      `postgres://guarita:${secret}@${secret}@127.0.0.1/nacional`,
    ]) {
      fails(
        t,
        await runCommand('central', ['-c', config, '--base', base, 'collect']),
        'secret-exposed',
        /--base/,
      );
    }
  });

  await t.test('a password in the configuration is refused, and not repeated', async (t) => {
    const url = `postgres://guarita:${secret}@127.0.0.1/nacional`;
    for (const [changes, where] of [
      [{ base: { url } }, /base\.url/],
      [{ base: { password: secret } }, /base\.password/],
      [{ senha: secret }, /senha/],
      [{ sources: [{ uf: 'AL', url: `https://u:${secret}@10.0.0.1` }] }, /sources\.0\.url/],
    ] as const) {
      fails(
        t,
        await runCommand('central', ['-c', configFile(t, changes), 'collect']),
        'secret-exposed',
        where,
      );
    }
    const environment = { GUARITA_CENTRAL_BASE_URL: url };
    fails(
      t,
      await runCommand('central', ['-c', configFile(t), 'collect'], { environment }),
      'secret-exposed',
      /base\.url/,
    );
  });

  await t.test('a password that is referred to but not there', async (t) => {
    for (const password of [{ env: 'NOT_SET' }, { file: '/nonexistent/password' }]) {
      const config = configFile(t, { base: { url: 'postgres://guarita@127.0.0.1/nacional', password } });
      const result = await runCommand('central', ['-c', config, 'collect']);
      fails(t, result, 'secret-missing', /NOT_SET|nonexistent/);
    }
  });

  await t.test('what is wrong with a configuration is said by field', async (t) => {
    for (const [changes, about] of [
      [{ sources: [{ uf: 'al', url: 'http://127.0.0.1', agentKey: 'k', grant: 'g' }] }, /sources\.0\.uf/],
      [{ sources: [{ uf: 'AL', url: 'http://10.0.0.1/v1', agentKey: 'k', grant: 'g' }] }, /sources\.0\.url/],
      [{ sources: [{ uf: 'AL', url: 'ftp://10.0.0.1', agentKey: 'k', grant: 'g' }] }, /sources\.0\.url/],
      // Without certificates only this machine.
      [{ sources: [{ uf: 'AL', url: 'http://10.0.0.1', agentKey: 'k', grant: 'g' }] }, /sources\.0\.url/],
      [{ sources: [{ uf: 'AL', url: 'http://127.0.0.1' }] }, /"agentKey", "grant"/],
      [{ parallel: 0 }, /parallel/],
      [{ scanTimeoutSeconds: 86_401 }, /scanTimeoutSeconds/],
      [{ parallel: 'many' }, /parallel/],
      [{ colour: 'blue' }, /campo desconhecido "colour"/],
      [{ base: { url: 'mysql://guarita@127.0.0.1/nacional' } }, /base\.url/],
      [{ state: '' }, /state/],
      [{ timeZone: 'UTC-3' }, /timeZone: não é um fuso; .*America\/Maceio/],
      [{ log: { level: 'loud' } }, /log\.level/],
    ] as const) {
      fails(
        t,
        await runCommand('central', ['-c', configFile(t, changes), 'collect']),
        'config-invalid',
        about,
      );
    }
  });

  await t.test('no source yet: what to do is said', async (t) => {
    const config = configFile(t, { sources: [] });
    fails(t, await runCommand('central', ['-c', config, 'collect']), 'source-unknown', /source invite/);
  });

  await t.test('two sources of the same state: one would overwrite the other', async (t) => {
    const source = { uf: 'AL', url: 'http://127.0.0.1:1', agentKey: 'AL.jwk', grant: 'AL.grant' };
    const config = configFile(t, { sources: [source, { ...source, url: 'http://127.0.0.1:2' }] });
    fails(t, await runCommand('central', ['-c', config, 'collect']), 'config-invalid', /AL/);
  });

  await t.test('a file that is not there, or is no YAML', async (t) => {
    const missing = join(testFolder(t), 'none.yaml');
    fails(t, await runCommand('central', ['-c', missing, 'collect']), 'config-unreadable', /none\.yaml/);
    const broken = join(testFolder(t), 'broken.yaml');
    writeFileSync(broken, `state: x\nbase: {url: "${secret}\n`);
    fails(t, await runCommand('central', ['-c', broken, 'collect']), 'config-unreadable', /broken\.yaml/);
  });

  await t.test('a source that the configuration does not have', async (t) => {
    const result = await runCommand('central', ['-c', configFile(t), 'collect', 'AL', 'XX']);
    fails(t, result, 'source-unknown', /"XX"; há: AL/);
  });

  await t.test('--base goes before the configuration, and takes nothing but PostgreSQL', async (t) => {
    const config = configFile(t, { base: { url: 'postgres://a@one/x', timeoutSeconds: 7 } });
    const context = { environment: {}, print: () => undefined, stop: new AbortController().signal };
    t.match(readCentralConfig({ config, base: 'postgres://b@two/y' }, context).base, {
      url: 'postgres://b@two/y',
      timeoutSeconds: 7,
    });
    t.match(readCentralConfig({ config }, context).base, { url: 'postgres://a@one/x' });
    for (const base of ['', 'nacional', 'mysql://b@two/y', '127.0.0.1:5432']) {
      t.throws(() => readCentralConfig({ config, base }, context), { code: 'config-invalid' });
    }
  });

  await t.test('the environment goes before the file', async (t) => {
    const context = {
      environment: { GUARITA_CENTRAL_PARALLEL: '9', GUARITA_CENTRAL_BASE_TIMEOUT_SECONDS: '11' },
      print: () => undefined,
      stop: new AbortController().signal,
    };
    const read = readCentralConfig({ config: configFile(t, { parallel: 2 }) }, context);
    t.match(read, { parallel: 9, base: { timeoutSeconds: 11 }, schedule: '0 3 * * *' });
    t.match(read, { timeoutSeconds: 120, scanTimeoutSeconds: 3600 }, 'a whole view may take longer');
  });

  await t.test(
    'the sample is a configuration: it names every field that must be given, with comments',
    async (t) => {
      const { code, output } = await runCommand('central', ['config', 'sample']);
      t.equal(code, 0);
      t.match(output, /^# Configuração do guarita-central/);
      const sample: unknown = parse(output);
      const complete = Value.Default(centralConfigSchema, structuredClone(sample));
      t.strictSame([...Value.Errors(centralConfigSchema, complete)], []);
      t.match(sample, { sources: [] });
      for (const field of ['state', 'base', 'sources']) t.match(output, new RegExp(`# .+\\n${field}:`));
    },
  );

  await t.test('the schema is printed as JSON Schema', async (t) => {
    const { code, output } = await runCommand('central', ['config', 'schema']);
    t.equal(code, 0);
    t.match(JSON.parse(output), { type: 'object', title: 'guarita-central', required: Array });
  });

  await t.test('wrong usage is told, and is no failure of a collection', async (t) => {
    for (const args of [['colete'], ['collect', '--unknown'], []]) {
      t.equal((await runCommand('central', args)).code, 2, args.join(' '));
    }
    t.equal((await runCommand('central', ['--help'])).code, 0);
  });
}
