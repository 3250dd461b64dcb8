import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { timeZoneFault } from '../../../shared/time-zone.ts';
import { sampleConfig, writeConfig } from '../../support/agent-process.ts';
import { runCommand } from '../../support/commands.ts';
import { type Config, postgres, requireExplained, serveHere, silent } from '../../support/refused-config.ts';
import { createSqlite, peopleSql, temporaryFolder } from '../../support/sqlite-views.ts';

const server = { host: 'h', database: 'd', user: 'u' };
const engines: readonly Config[] = [
  { engine: 'sqlite', file: '/x' },
  { engine: 'postgres', url: 'postgres://u@h/d' },
  ...['mysql', 'firebird', 'sqlserver'].map((engine) => ({ engine, ...server })),
];

function without(config: Config, name: string): Config {
  return Object.fromEntries(Object.entries(config).filter(([other]) => other !== name));
}

/** A wrong configuration ends the start, names what is wrong, and says what to do. */
export async function faults(t: Test): Promise<void> {
  await t.test('a configuration as it should be', async (t) => {
    const folder = temporaryFolder(t);
    createSqlite(join(folder, 'estado.sqlite'), peopleSql(3));
    const { code, text } = await serveHere(writeConfig(folder, { ...sampleConfig(folder), ...silent }));
    t.equal(code, 0, text);
    t.match(text, /^guarita-agent AL atendendo em http:\/\/127\.0\.0\.1:\d+$/);
  });

  await t.test('one in UTF-16, as PowerShell writes it', async (t) => {
    const folder = temporaryFolder(t);
    const file = writeConfig(folder, { ...sampleConfig(folder), ...silent, porta: 1 });
    writeFileSync(file, Buffer.from(`\ufeff${readFileSync(file, 'utf8')}`, 'utf16le'));
    t.match((await serveHere(file)).text, 'campo desconhecido "porta"');
  });

  await t.test('one in another encoding is refused by its name and line, and never guessed', async (t) => {
    const folder = temporaryFolder(t);
    const file = writeConfig(folder, { ...sampleConfig(folder), ...silent });
    const text = `# agente\r\n# produção\r\n${readFileSync(file, 'utf8')}`;
    const others: [bytes: Buffer, named: string][] = [
      [Buffer.from(text, 'latin1'), 'linha 2: não é UTF-8.'],
      [Buffer.from('# agente', 'utf16le'), 'linha 1: tem um byte zero'],
      [Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a\ud800', 'utf16le')]), 'não é UTF-16LE.'],
    ];
    for (const [bytes, named] of others) {
      writeFileSync(file, bytes);
      const { code, text } = await serveHere(file);
      t.equal(code, 2);
      t.match(text, '[text-unreadable]');
      t.match(text, `"${file}", ${named.startsWith('linha') ? named : `linha 1: ${named}`}`);
    }
  });

  await t.test('a password in another encoding, too', async (t) => {
    const folder = temporaryFolder(t);
    const password = join(folder, 'senha');
    writeFileSync(password, Buffer.from('maçã', 'latin1'), { mode: 0o600 });
    const source = { ...postgres, password: { file: password } };
    const { code, text } = await serveHere(
      writeConfig(folder, { ...sampleConfig(folder), ...silent, source }),
    );
    t.equal(code, 2);
    t.match(text, `[text-unreadable]`);
    t.match(text, `"${password}", linha 1: não é UTF-8.`);
  });

  await t.test('fields that are missing, unknown or of a wrong type', async (t) => {
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
      ...engines.map((source): [string, (config: Config) => unknown, string[]] => [
        `a zone that could mean two things, on ${String(source['engine'])}`,
        (c) => ({ ...c, source: { ...source, timeZone: 'UTC-3' } }),
        [`source.timeZone: ${timeZoneFault}.`],
      ]),
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
      [
        'a port that is none',
        (c) => ({ ...c, listen: { port: 70_000 } }),
        ['listen.port: deve ser <= 65535.'],
      ],
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

  await t.test('two views of one name: a page would not say which one it is of', async (t) => {
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

  await t.test('files that cannot be read', async (t) => {
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

  await t.test('passwords', async (t) => {
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
}
