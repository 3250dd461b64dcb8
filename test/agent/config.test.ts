import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import t, { type Test } from 'tap';
import type { TSchema } from 'typebox';
import Value from 'typebox/value';
import { parse } from 'yaml';
import { createAgentProgram } from '../../agent/cli.ts';
import { agentConfigSchema, agentEnvironmentPrefix } from '../../agent/config/config.ts';
import { environmentHelp, scalarOptions } from '../../shared/options/declared.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { readConfig } from '../../shared/options/read-config.ts';
import { createProgram, runProgram } from '../../shared/program.ts';
import { type ProblemCode, problemOf } from '../../shared/problems/catalogue.ts';
import { runAgent, sampleConfig, writeConfig } from '../support/agent-process.ts';
import { runCommand } from '../support/commands.ts';
import { agreeIn } from '../support/agreement.ts';
import { createSqlite, peopleSql, temporaryFolder } from '../support/sqlite-views.ts';

// Invariant 10: errors help. A wrong configuration ends the start, names what is wrong, and says what to do.

interface Printed {
  readonly code: number;
  readonly text: string;
}

/** The program itself, in this process; told to stop before it starts, should a configuration be accepted. */
async function serveHere(config: string, environment: Environment = {}): Promise<Printed> {
  const printed: string[] = [];
  const print = (text: string) => void printed.push(text);
  const program = createAgentProgram({ environment, print, stop: AbortSignal.abort() });
  const code = await runProgram(program, ['node', 'guarita-agent', 'serve', '--config', config], print);
  return { code, text: printed.join('\n') };
}

/** The error as state IT reads it: Portuguese, what and where, what to do, the code. */
function requireExplained(t: Test, { code, text }: Printed, problem: ProblemCode, exit: number): void {
  const { pt } = problemOf(problem);
  t.equal(code, exit, `exit code ${exit}`);
  t.ok(text.includes(`✗ ${pt.title}`), 'what happened, in Portuguese');
  t.ok(text.includes(`→ ${pt.hint}`), 'what to do next');
  t.ok(text.includes(`[${problem}]`), text);
  t.notMatch(text, /\n {4}at /, 'no stack');
}

type Config = Record<string, unknown>;

const postgres = { engine: 'postgres', url: 'postgres://leitura@127.0.0.1:9/siap' };
const silent = { log: { level: 'silent' } };

function without(config: Config, name: string): Config {
  return Object.fromEntries(Object.entries(config).filter(([other]) => other !== name));
}

void t.test('a configuration as it should be', async (t) => {
  const folder = temporaryFolder(t);
  createSqlite(join(folder, 'estado.sqlite'), peopleSql(3));
  const { code, text } = await serveHere(writeConfig(folder, { ...sampleConfig(folder), ...silent }));
  t.equal(code, 0, text);
  t.match(text, /^guarita-agent AL atendendo em http:\/\/127\.0\.0\.1:\d+$/);
});

void t.test('M1 a mode that contradicts what else is declared of the view', async (t) => {
  const changelog = { relation: 'log', watermark: 'seq', key: ['id'] };
  const faults: [change: Config, said: RegExp][] = [
    [{ mode: 'watermark' }, /exige a coluna em "watermark"\. Modos que funcionam: snapshot\./],
    [{ mode: 'watermark', changelog }, /Modos que funcionam: snapshot; changelog\./],
    [{ mode: 'changelog' }, /exige o bloco "changelog"\. Modos que funcionam: snapshot\./],
    [{ mode: 'changelog', watermark: 'versao' }, /Modos que funcionam: watermark\./],
    [{ mode: 'snapshot', watermark: 'versao' }, /retire um dos dois/],
    [{ changelog: { ...changelog, key: ['a', 'b'] } }, /tem 2 coluna\(s\) e "key" tem 1/],
  ];
  for (const [change, said] of faults) {
    const folder = temporaryFolder(t);
    createSqlite(join(folder, 'estado.sqlite'), peopleSql(3));
    const views = [{ name: 'custodiado', key: ['id'], ...change }];
    const printed = await serveHere(writeConfig(folder, { ...sampleConfig(folder), ...silent, views }));
    requireExplained(t, printed, 'mode-unusable', 2);
    t.match(printed.text, said);
    t.match(printed.text, 'Visão "custodiado"');
  }
});

void t.test(
  'M1 a view that its mode cannot read ends the start, also beside others that can be',
  async (t) => {
    const folder = temporaryFolder(t);
    const file = join(folder, 'estado.sqlite');
    createSqlite(file, `${peopleSql(3)}; CREATE TABLE log (seq TEXT, id INTEGER)`);
    await agreeIn(join(folder, 'state'));
    const good = { name: 'custodiado', key: ['id'], watermark: 'versao' };
    const source = { engine: 'sqlite', file };
    const serve = (other: Config) =>
      serveHere(writeConfig(folder, { ...sampleConfig(folder), ...silent, source, views: [good, other] }));
    const bad = { name: 'pessoa', relation: 'custodiado', key: ['id'] };
    const cases: [change: Config, said: RegExp][] = [
      [{ watermark: 'nome' }, /Modes that work: snapshot; changelog, with a declared log\./],
      [
        { changelog: { relation: 'log', watermark: 'seq', key: ['id'] } },
        /Modes that work: snapshot; watermark, with/,
      ],
    ];
    for (const [change, said] of cases) {
      const printed = await serve({ ...bad, ...change });
      requireExplained(t, printed, 'watermark-unusable', 1);
      t.match(printed.text, said);
    }
    const missing = await serve({ ...bad, relation: 'nenhuma' });
    t.equal(missing.code, 0, 'a view that is not there yet is only broken');
  },
);

void t.test('fields that are missing, unknown or of a wrong type', async (t) => {
  const faults: [what: string, change: (config: Config) => unknown, named: string[]][] = [
    ['no id', (c) => without(c, 'id'), ['o arquivo: campo obrigatório ausente "id"']],
    ['no views', (c) => without(c, 'views'), ['o arquivo: campo obrigatório ausente "views"']],
    ['no source', (c) => without(c, 'source'), ['o arquivo: campo obrigatório ausente "source"']],
    ['an empty file', () => '', ['campo obrigatório ausente "id", "uf", "state", "source", "views"']],
    ['a list', () => '- a', ['o arquivo: deve ser um grupo de campos']],
    ['a word', () => 'agent', ['o arquivo: deve ser um grupo de campos']],
    ['unknown field', (c) => ({ ...c, porta: 1 }), ['o arquivo: campo desconhecido "porta"']],
    ['unknown nested field', (c) => ({ ...c, listen: { prt: 1 } }), ['listen: campo desconhecido "prt"']],
    [
      'unknown field of the source',
      (c) => ({ ...c, source: { engine: 'sqlite', file: '/x', url: 'x' } }),
      ['source: campo desconhecido "url"'],
    ],
    [
      'unknown field in the source, beside its own',
      (c) => ({ ...c, source: { ...postgres, passwrd: 1 } }),
      ['source: campo desconhecido "passwrd"'],
    ],
    [
      'missing field of the source',
      (c) => ({ ...c, source: { engine: 'sqlite' } }),
      ['source: campo obrigatório ausente "file".'],
    ],
    ['no engine', (c) => ({ ...c, source: {} }), ['source: campo obrigatório ausente "engine"']],
    [
      'another engine',
      (c) => ({ ...c, source: { engine: 'oracle', file: '/x' } }),
      ['source.engine: deve ser um de "postgres", "sqlserver", "mysql", "firebird", "sqlite"'],
    ],
    ['a source that is none', (c) => ({ ...c, source: 5 }), ['source: deve ser um grupo de campos']],
    [
      'a wrong type in the source',
      (c) => ({ ...c, source: { engine: 'sqlite', file: '/x', settleSeconds: '60' } }),
      ['source.settleSeconds: deve ser um número inteiro'],
    ],
    [
      'a time limit of more than a day',
      (c) => ({ ...c, source: { engine: 'sqlite', file: '/x', scanTimeoutSeconds: 86_401 } }),
      ['source.scanTimeoutSeconds: deve ser <= 86400.'],
    ],
    [
      'two places for the password',
      (c) => ({ ...c, source: { ...postgres, password: { env: 'A', file: 'b' } } }),
      ['source.password: campo desconhecido "file"'],
    ],
    [
      'an address that is none',
      (c) => ({ ...c, source: { ...postgres, url: 'mysql://x' } }),
      ['source.url: '],
    ],
    [
      'a view without its key',
      (c) => ({ ...c, views: [{ name: 'a', watermark: 'v' }] }),
      ['views.0: campo obrigatório ausente "key"'],
    ],
    [
      'the second view, and each of its faults',
      (c) => ({
        ...c,
        views: [
          { name: 'a', key: ['id'], watermark: 'v' },
          { name: 'b/c', key: 'id', watermark: 1 },
        ],
      }),
      ['views.1.name: ', 'views.1.key: deve ser uma lista', 'views.1.watermark: deve ser um texto'],
    ],
    ['a port that is none', (c) => ({ ...c, listen: { port: 70_000 } }), ['listen.port: deve ser <= 65535.']],
    ['no view', (c) => ({ ...c, views: [] }), ['views: não deve ter menos de 1 itens.']],
    ['no folder', (c) => ({ ...c, state: '' }), ['state: não deve ter menos de 1 caracteres.']],
    [
      'a port in words',
      (c) => ({ ...c, listen: { port: 'https' } }),
      ['listen.port: deve ser um número inteiro'],
    ],
    ['an unknown level', (c) => ({ ...c, log: { level: 'loud' } }), ['log.level: deve ser um de "fatal"']],
    [
      'a state of two letters',
      (c) => ({ ...c, uf: 'alagoas' }),
      ['uf: deve corresponder ao padrão "^[A-Z]{2}$".'],
    ],
    ['several at once', (c) => ({ ...without(c, 'id'), uf: 1, x: 1 }), ['"id"', 'uf: ', '"x"']],
  ];
  for (const [what, change, named] of faults) {
    await t.test(what, async (t) => {
      const folder = temporaryFolder(t);
      const printed = await serveHere(writeConfig(folder, change(sampleConfig(folder))));
      requireExplained(t, printed, 'config-invalid', 2);
      for (const name of named) t.ok(printed.text.includes(name), `${name} in: ${printed.text}`);
      t.notMatch(printed.text, /"(timeoutSeconds|allowWritableUser)"/, 'what has a default is not missing');
    });
  }
});

void t.test('two views of one name: a page would not say which one it is of', async (t) => {
  const folder = temporaryFolder(t);
  const view = { name: 'custodiado', key: ['id'], watermark: 'versao' };
  const views = [view, { ...view, relation: 'siap.custodiado' }];
  const config = writeConfig(folder, { ...sampleConfig(folder), views });
  const term = ['--central', join(folder, 'central.jwk'), '--act', '1', '--begin', '2026-01-01'];
  for (const args of [['key'], ['grant', ...term]]) {
    const { code, errors } = await runCommand('agent', [...args, '-c', config]);
    requireExplained(t, { code, text: errors }, 'config-invalid', 2);
    t.match(errors, 'views: há mais de uma visão de nome "custodiado".');
  }
});

void t.test('files that cannot be read', async (t) => {
  const folder = temporaryFolder(t);
  const missing = join(folder, 'none.yaml');
  const printed = await serveHere(missing);
  requireExplained(t, printed, 'config-unreadable', 2);
  t.ok(printed.text.includes(missing), 'names the file');
  const broken = await serveHere(writeConfig(folder, 'id: AL\nsenha: "segredo123\nuf: [\n'));
  requireExplained(t, broken, 'config-unreadable', 2);
  t.match(broken.text, /agent\.yaml", linha \d/, 'names the place');
  t.notMatch(broken.text, 'segredo123', 'and repeats nothing');
  requireExplained(t, await serveHere(folder), 'config-unreadable', 2);
});

void t.test('passwords', async (t) => {
  const exposed: [what: string, source: Config, option: string][] = [
    ['in the address', { ...postgres, url: 'postgres://u:segredo123@h/db' }, 'source.url'],
    ['in the address, not encoded', { ...postgres, url: 'postgres://u:segredo123/#?x@h/db' }, 'source.url'],
    [
      'in the query of the address',
      { ...postgres, url: 'postgres://u@h/db?password=segredo123' },
      'source.url',
    ],
    ['literal', { ...postgres, password: 'segredo123' }, 'source.password'],
    ['literal, under another name', { ...postgres, senha: 'segredo123' }, 'source.senha'],
  ];
  for (const [what, source, option] of exposed) {
    await t.test(what, async (t) => {
      const folder = temporaryFolder(t);
      const printed = await serveHere(writeConfig(folder, { ...sampleConfig(folder), source }));
      requireExplained(t, printed, 'secret-exposed', 2);
      t.ok(printed.text.includes(`"${option}"`), 'names the option');
      t.notMatch(printed.text, 'segredo123', 'and does not repeat it');
    });
  }
  await t.test('by the environment', async (t) => {
    const folder = temporaryFolder(t);
    const environment = { GUARITA_AGENT_STATE: 'postgres://u:segredo123@h/db' };
    const printed = await serveHere(writeConfig(folder, sampleConfig(folder)), environment);
    requireExplained(t, printed, 'secret-exposed', 2);
    t.notMatch(printed.text, 'segredo123');
  });
  await t.test('a reference to nothing', async (t) => {
    const folder = temporaryFolder(t);
    const file = join(folder, 'password');
    for (const [password, named] of [
      [{ env: 'NO_SUCH_VARIABLE' }, 'Variável de ambiente "NO_SUCH_VARIABLE"'],
      [{ file }, `Arquivo "${file}"`],
    ] as const) {
      const source = { ...postgres, password };
      const printed = await serveHere(writeConfig(folder, { ...sampleConfig(folder), source }));
      requireExplained(t, printed, 'secret-missing', 2);
      t.ok(printed.text.includes(named), named);
    }
  });
});

void t.test('the environment overrides the file', async (t) => {
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

void t.test('sample and schema', async (t) => {
  const folder = temporaryFolder(t);
  const [sample, schema, help] = await Promise.all([
    runAgent(t, ['config', 'sample']),
    runAgent(t, ['config', 'schema']),
    runAgent(t, ['serve', '--help']),
  ]);
  t.same([sample.code, schema.code, help.code], [0, 0, 0]);
  t.match(help.stdout, 'Variáveis de ambiente');
  const file = join(folder, 'sample.yaml');
  writeFileSync(file, sample.stdout);
  const config = readConfig(agentConfigSchema, file, {}, agentEnvironmentPrefix);
  t.match(config, { id: 'AL', source: { engine: 'postgres' }, views: [{ name: 'custodiado' }] });
  const published = JSON.parse(schema.stdout) as TSchema;
  t.ok(Value.Check(published, parse(sample.stdout)), 'the published schema accepts the sample');
  t.notOk(Value.Check(published, { ...config, porta: 1 }), 'and refuses what it does not know');
  const key = await runAgent(t, ['key', '--config', file], { GUARITA_AGENT_STATE: join(folder, 'state') });
  t.match(JSON.parse(key.stdout), { kty: 'OKP', crv: 'Ed25519' }, 'it can be used as it is');
});

void t.test('the process itself: exit code, standard error, nothing else', async (t) => {
  const folder = temporaryFolder(t);
  createSqlite(join(folder, 'estado.sqlite'), peopleSql(3));
  const config = sampleConfig(folder);
  const view = { name: 'custodiado', key: ['id'], watermark: 'versao' };
  const cases: [what: string, views: Config[], code: ProblemCode, named: string[]][] = [
    ['a view that is missing', [{ ...view, name: 'visitante' }], 'view-missing', ['"visitante"']],
    [
      'a relation that is missing',
      [{ ...view, relation: 'x.y' }],
      'view-missing',
      ['"custodiado"', '"x"."y"'],
    ],
    [
      'a column that the view does not have',
      [{ ...view, columns: ['id', 'cpf', 'versao'] }],
      'column-missing',
      ['"custodiado"', '"cpf"', 'id, nome, versao'],
    ],
    ['a key that the view does not have', [{ ...view, key: ['rji'] }], 'column-missing', ['"rji"']],
    ['a watermark that the view does not have', [{ ...view, watermark: 'x' }], 'column-missing', ['"x"']],
    ['a key that is not among the columns', [{ ...view, columns: ['versao'] }], 'column-missing', ['"id"']],
  ];
  const started = cases.map(async ([what, views, code, named], index) => {
    const file = join(folder, `${index}.yaml`);
    const state = join(folder, `state-${index}`);
    await agreeIn(state);
    writeFileSync(file, JSON.stringify({ ...config, views, state }));
    return { what, code, named, ended: await runAgent(t, ['serve', '--config', file]) };
  });
  for (const { what, code, named, ended } of await Promise.all(started)) {
    await t.test(what, async (t) => {
      requireExplained(t, { code: ended.code ?? -1, text: ended.stderr }, code, 1);
      t.equal(ended.stdout, '');
      for (const name of named) t.ok(ended.stderr.includes(name), name);
    });
  }
  await t.test('a wrong configuration', async (t) => {
    const file = writeConfig(folder, { ...config, uf: 'x' });
    const ended = await runAgent(t, ['serve', '--config', file]);
    requireExplained(t, { code: ended.code ?? -1, text: ended.stderr }, 'config-invalid', 2);
    t.equal(ended.stdout, '');
  });
  await t.test('a wrong command line', async (t) => {
    const [none, unknown] = await Promise.all([runAgent(t, ['serve']), runAgent(t, ['servir'])]);
    t.same([none.code, unknown.code], [2, 2]);
  });
});

void t.test('the command line is explained in Portuguese', async (t) => {
  const config = ['-c', 'agent.yaml'];
  const faults: [args: string[], said: string][] = [
    [['serve'], 'Falta a opção "-c, --config <arquivo>".'],
    [['serve', '-c'], 'Falta o valor da opção "-c, --config <arquivo>".'],
    [['serve', ...config, '--porta'], 'Opção desconhecida: "--porta".'],
    [['serve', ...config, '--senha=segredo123'], 'Opção desconhecida: "--senha".'],
    [['serve', ...config, '--confg', 'x'], 'Opção desconhecida: "--confg". Seria --config?'],
    [['servir'], 'Comando desconhecido: "servir". Seria serve?'],
    [['key', ...config, 'segredo123'], 'Argumentos demais.'],
  ];
  for (const [args, said] of faults) {
    const { code, output, errors } = await runCommand('agent', args);
    t.equal(code, 2, said);
    t.equal(errors, `✗ ${said}\n  → Veja como se usa o comando com a opção --help.`);
    t.equal(output, '');
  }
  const program = () =>
    createProgram('x', 'y')
      .argument('<uf>', 'sigla', (text) => {
        throw new InvalidArgumentError(text);
      })
      .action(() => undefined);
  for (const [args, said] of [
    [[], '✗ Falta o argumento "uf".'],
    [['AL'], '✗ Valor inválido para "uf".'],
  ] as const) {
    const printed: string[] = [];
    t.equal(await runProgram(program(), ['node', 'x', ...args], (text) => void printed.push(text)), 2);
    t.equal(printed.join().split('\n', 1)[0], said);
  }
  const none = await runCommand('agent', []);
  t.equal(none.code, 2, 'no command');
  for (const args of [['--help'], ['help'], ['serve', '--help'], ['grant', '--help'], ['config', '--help']]) {
    const { code, output } = await runCommand('agent', args);
    t.equal(code, 0);
    t.match(output, /^Uso: guarita-agent.* \[opções\]/);
    t.notMatch(output, /options|command\b|default|display|Usage/, args.join(' '));
  }
  t.match(none.errors, /Uso: guarita-agent \[opções\] \[comando\]/);
  t.match((await runCommand('agent', ['grant', '--help'])).output, '(padrão: "60")');
});
