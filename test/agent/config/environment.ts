import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { TSchema } from 'typebox';
import Value from 'typebox/value';
import { parse } from 'yaml';
import { agentConfigSchema, agentEnvironmentPrefix } from '../../../agent/config/config.ts';
import { environmentHelp, scalarOptions } from '../../../shared/options/declared.ts';
import type { Environment } from '../../../shared/options/environment.ts';
import { readConfig } from '../../../shared/options/read-config.ts';
import { runAgent, sampleConfig, writeConfig } from '../../support/agent-process.ts';
import { runCommand } from '../../support/commands.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';

/** The environment before the file; the sample and the schema that the program itself gives. */
export async function environment(t: Test): Promise<void> {
  await t.test('the environment overrides the file', async (t) => {
    const folder = temporaryFolder(t);
    const file = writeConfig(folder, { ...sampleConfig(folder), listen: { port: 1000 } });
    const read = (environment: Environment) =>
      readConfig(agentConfigSchema, file, environment, agentEnvironmentPrefix);
    t.match(read({}), { id: 'AL', listen: { host: '127.0.0.1', port: 1000 }, log: { level: 'info' } });
    t.match(
      read({
        GUARITA_AGENT_ID: '27',
        GUARITA_AGENT_LISTEN_PORT: '8443',
        GUARITA_AGENT_LISTEN_HOST: '10.0.0.1',
        GUARITA_AGENT_LOG_LEVEL: 'trace',
        GUARITA_AGENT_PAGES_BYTES: '8192',
        OTHER_AGENT_UF: 'RO',
      }),
      {
        id: '27',
        uf: 'AL',
        listen: { host: '10.0.0.1', port: 8443 },
        log: { level: 'trace' },
        pages: { bytes: 8192, rows: 100_000 },
      },
    );
    const help = environmentHelp(agentConfigSchema, agentEnvironmentPrefix);
    for (const option of scalarOptions(agentConfigSchema, agentEnvironmentPrefix)) {
      t.match(option.variable, /^GUARITA_AGENT_[A-Z_]+$/);
      t.ok(help.includes(option.variable), `${option.variable} is in --help`);
    }
    const invalid = (environment: Environment, detail: RegExp) =>
      t.throws(() => read(environment), { code: 'config-invalid', detail });
    invalid({ GUARITA_AGENT_LISTEN_PORT: 'abc' }, /^listen\.port: deve ser um número inteiro/);
    invalid({ GUARITA_AGENT_LISTEN_PORT: '{' }, /^listen\.port: deve ser um número inteiro/);
    invalid({ GUARITA_AGENT_UF: '' }, /^uf: /);
    await t.test('also where the file has something else in its place', async (t) => {
      writeConfig(folder, { ...sampleConfig(folder), listen: 5 });
      t.throws(() => read({ GUARITA_AGENT_LISTEN_PORT: '1' }), {
        code: 'config-invalid',
        detail: /^listen: deve ser um grupo de campos/,
      });
    });
  });

  await t.test('sample and schema', async (t) => {
    const folder = temporaryFolder(t);
    // As a process, whose standard output is written to a file by whoever begins.
    const sample = await runAgent(t, ['config', 'sample']);
    const schema = await runCommand('agent', ['config', 'schema']);
    const help = await runCommand('agent', ['serve', '--help']);
    t.same([sample.code, schema.code, help.code], [0, 0, 0]);
    t.match(help.output, 'Variáveis de ambiente');
    const file = join(folder, 'sample.yaml');
    writeFileSync(file, sample.stdout);
    const config = readConfig(agentConfigSchema, file, {}, agentEnvironmentPrefix);
    t.match(config, { id: 'AL', source: { engine: 'postgres' }, views: [{ name: 'custodiado' }] });
    const published = JSON.parse(schema.output) as TSchema;
    t.ok(Value.Check(published, parse(sample.stdout)), 'the published schema accepts the sample');
    t.notOk(Value.Check(published, { ...config, porta: 1 }), 'and refuses what it does not know');
    const environment = { GUARITA_AGENT_STATE: join(folder, 'state') };
    const key = await runCommand('agent', ['key', '--config', file], { environment });
    t.match(JSON.parse(key.output), { kty: 'OKP', crv: 'Ed25519' }, 'it can be used as it is');
  });
}
