// Tier: quick. A few short processes.

import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { checkNames } from '../../agent/doctor/check.ts';
import { freePort } from '../../scripts/demo/processes.ts';
import { runAgent, serveAgent, writeConfig } from '../support/agent-process.ts';
import { runCommand } from '../support/commands.ts';
import { temporaryFolder } from '../support/sqlite-views.ts';
import { dictionary } from './doctor/dictionary.ts';
import { replica } from './doctor/replica.ts';
import { rows } from './doctor/rows.ts';
import {
  checkOf,
  custodiado,
  day,
  examine,
  password,
  people,
  sqliteScene,
  sqliteTypes,
  standardTable,
  uncheckedOf,
} from './doctor/scene.ts';
import { values } from './doctor/values.ts';

// Invariant 10: errors help. Each finding of `doctor` has a mark, a sentence, and what to do next (`scene.ts` asks that
// of every report); nothing of a row and no password is in it.

const good = standardTable('custodiado', sqliteTypes) + people([1, 2, 3].map((id) => [id, day(id)]));

void t.test('all is well', async (t) => {
  const now = Date.now();
  const { path } = sqliteScene(t, good);
  const examined = await examine(t, path, { clock: () => now });
  t.strictSame([examined.code, examined.troubles], [0, []]);
  const { report, text } = examined;
  t.strictSame(Object.keys(report), ['at', 'health', 'checks']);
  t.equal(report.at, new Date(now).toISOString());
  const expected = Object.keys(checkNames).filter((name) => name !== 'log');
  t.strictSame(
    new Set(report.checks.map(({ check }) => check)),
    new Set(expected),
    'but what only a log has',
  );
  t.equal(checkOf(examined, 'rows', 'custodiado')?.message, '3 linhas');
  t.match(text, /^✓ Tudo em ordem: pode servir\.$/m);
  t.match(text, /^✓ visão custodiado: 22 colunas; .*; 3 linhas; chave id sem repetidas nem nulas; /m);
  t.notMatch(text, /^[!✗–]/m);
});

void t.test(
  'exit codes 0, 1 and 2, and nothing on standard error, as a process and in this one',
  async (t) => {
    const { path, folder, config } = sqliteScene(t, good);
    const command = ['doctor', '--config', path];
    t.match(await runCommand('agent', command), { code: 0, errors: '', output: /^✓ configuração: / });
    writeConfig(folder, { ...config, views: [{ name: 'custodiado', key: ['cpf'] }] });
    t.match(await runAgent(t, command), { code: 2, stderr: '', stdout: /^✗ chaves custodiado: /m });
    writeConfig(folder, { ...config, state: join(folder, 'nenhuma') });
    const { code, output } = await runCommand('agent', [...command, '--json']);
    t.match([code, JSON.parse(output)], [1, { health: 'warning' }]);
    t.match(await runCommand('agent', ['doctor']), { code: 2, errors: /--config/ });
  },
);

void t.test('the configuration', async (t) => {
  const folder = temporaryFolder(t);
  const others = Object.keys(checkNames).filter((name) => name !== 'config');
  const postgres = { engine: 'postgres', url: 'postgres://leitor@127.0.0.1:9/siap' };
  const { config } = sqliteScene(t, good);
  const cases: [what: string, content: unknown, said: RegExp][] = [
    ['no YAML', `id: AL\nsource: { password: "${password}\n  - :`, /linha \d.*\[config-unreadable\]$/],
    ['fields that are wrong', { ...config, uf: 'Alagoas', porta: 1 }, /"porta"\. uf: .*\[config-invalid\]$/],
    [
      'a password in it',
      { ...config, source: { ...postgres, password } },
      /source\.password.*\[secret-exposed\]$/,
    ],
    [
      'a password in the address',
      { ...config, source: { ...postgres, url: `postgres://leitor:${password}@127.0.0.1/siap` } },
      /source\.url.*\[secret-exposed\]$/,
    ],
    [
      'a password that is not there',
      { ...config, source: { ...postgres, password: { env: 'OUTRA' } } },
      /"OUTRA".*\[secret-missing\]$/,
    ],
    ...['postgres://leitor@127.0.0.1:54321000/siap', 'postgres://leitor@%zz/siap'].flatMap(
      (url): typeof cases =>
        [{}, { password: { env: 'SENHA' } }].map((secret) => [
          `an address that is none: ${url}`,
          { ...config, source: { ...postgres, url, ...secret } },
          /source\.url.*\[config-invalid\]$/,
        ]),
    ),
  ];
  const fails = async (t: Test, path: string, said: RegExp) => {
    const examined = await examine(t, path);
    t.strictSame([examined.code, examined.troubles], [2, ['config critical']]);
    t.match(checkOf(examined, 'config')?.message, said);
    t.strictSame(
      uncheckedOf(examined),
      others.map((name) => `${name}: não verificado (depende de: configuração)`),
    );
    t.match(examined.text, /^– não verificado \(depende de: configuração\): rota até o banco, cifra, /m);
  };
  for (const [what, content, said] of cases) {
    await t.test(what, (t) => fails(t, writeConfig(folder, content), said));
  }
  await t.test('no file', (t) => fails(t, join(folder, 'nenhum.yaml'), /"[^"]+nenhum\.yaml".*unreadable/));
  await t.test('a folder', (t) => fails(t, folder, /\[config-unreadable\]$/));
});

void t.test('the file of the database', async (t) => {
  const { path, file } = sqliteScene(t, good);
  writeFileSync(file, 'no database');
  const other = await examine(t, path);
  t.strictSame([other.code, other.troubles], [2, ['login critical']]);
  t.notMatch(checkOf(other, 'login')?.next, /\blog\b/, 'doctor writes none');
  rmSync(file);
  const gone = await examine(t, path);
  t.strictSame([gone.code, gone.troubles], [2, ['route critical']]);
  t.match(checkOf(gone, 'route')?.message, `"${file}": ENOENT. [source-unavailable]`);
  t.ok(uncheckedOf(gone).includes('login: não verificado (depende de: rota até o banco)'));
  t.ok(uncheckedOf(gone).includes('rows: não verificado (depende de: rota até o banco)'));
  t.equal(
    checkOf(gone, 'listen')?.health,
    'ok',
    'what does not depend on the database is checked all the same',
  );
});

void t.test('a port at which nothing listens, on every engine that has one', async (t) => {
  const { config, folder } = sqliteScene(t, good);
  const port = await freePort();
  const server = { host: '127.0.0.1', port, database: 'siap', user: 'leitor', password: { env: 'SENHA' } };
  for (const source of [
    { engine: 'postgres', url: `postgres://leitor@127.0.0.1:${port}/siap`, password: { env: 'SENHA' } },
    ...['sqlserver', 'mysql', 'firebird'].map((engine) => ({ engine, ...server })),
  ]) {
    const examined = await examine(t, writeConfig(folder, { ...config, source }));
    t.strictSame([examined.code, examined.troubles], [2, ['route critical']], source.engine);
    t.match(checkOf(examined, 'route'), {
      message: new RegExp(`127\\.0\\.0\\.1:${port}: ECONNREFUSED\\. \\[source-unavailable\\]$`),
      next: 'Confira se o servidor está no ar com o banco aberto e se há rota até ele.',
    });
  }
});

void t.test('the clock of the database', async (t) => {
  const { path } = sqliteScene(t, good);
  const seconds = (ahead: number) => examine(t, path, { clock: () => Date.now() - ahead * 1000 });
  for (const [ahead, health, said] of [
    [0, 'ok', /coincidem$/],
    [20, 'warning', /^O do banco está \d\d s adiantado em relação a esta máquina\.$/],
    [-20, 'warning', /^O do banco está \d\d s atrasado /],
    [240, 'warning', /^O do banco está 4 min adiantado /],
    [-360, 'critical', /^O do banco está 6 min atrasado /],
  ] as const) {
    const examined = await seconds(ahead);
    const clock = checkOf(examined, 'clock');
    t.equal(clock?.health, health, `${ahead} s`);
    t.match(clock?.message, said);
    t.strictSame(
      examined.troubles,
      health === 'ok' ? [] : [`clock ${health}`],
      'of the rest, it harms nothing',
    );
    if (health !== 'ok') t.match(clock?.next, 'NTP');
  }
});

void t.test('the zone of instants that have none', async (t) => {
  const { config, folder } = sqliteScene(t, good);
  const source = (timeZone?: string) => {
    const { timeZone: _, ...bare } = config.source as Record<string, unknown>;
    return { ...config, source: { ...bare, ...(timeZone === undefined ? {} : { timeZone }) } };
  };
  const unknown = await examine(t, writeConfig(folder, source('America/Alagoas')));
  t.equal(unknown.code, 2);
  t.match(checkOf(unknown, 'config'), { health: 'critical', message: /source\.timeZone: .*America\/Maceio/ });
  const none = await examine(t, writeConfig(folder, source()));
  t.strictSame([none.code, none.troubles], [2, ['view custodiado critical']]);
  t.match(checkOf(none, 'view', 'custodiado')?.message, /timeZone.*\[watermark-unusable\]$/);
  t.notMatch(checkOf(none, 'time-zone')?.message, 'nenhuma visão precisa');
  const whole = { ...source(), views: [{ name: 'custodiado', key: ['id'] }] };
  const unneeded = await examine(t, writeConfig(folder, whole));
  t.equal(unneeded.code, 0);
  t.match(checkOf(unneeded, 'time-zone')?.message, 'nenhuma visão precisa');
});

void t.test('a view that is missing, beside one that is there', async (t) => {
  const views = [{ name: 'visitante', key: ['id'] }, custodiado];
  const examined = await examine(t, sqliteScene(t, good, { views }).path);
  t.strictSame([examined.code, examined.troubles], [2, ['view visitante critical']]);
  t.match(checkOf(examined, 'view', 'visitante'), {
    message: /"visitante".*\[view-missing\]$/,
    next: 'Crie a visão, dê SELECT nela, ou corrija "relation".',
  });
  t.strictSame(
    uncheckedOf(examined),
    ['dictionary', 'rows', 'keys', 'order', 'text', 'values', 'steady'].map(
      (name) => `${name}: não verificado (depende de: visão)`,
    ),
  );
  t.equal(checkOf(examined, 'rows', 'custodiado')?.message, '3 linhas');
  t.match(checkOf(examined, 'first-load')?.message, ', só de 1 das 2 visões');
});

void t.test('columns beside the dictionary', dictionary);

void t.test('rows', rows);

void t.test('values', values);

void t.test('a replica', replica);

void t.test('what the agent has of its own', async (t) => {
  await t.test('folder and key', async (t) => {
    const { path, folder } = sqliteScene(t, good);
    const state = join(folder, 'state');
    chmodSync(join(state, 'agent.key.jwk'), 0o644);
    const troubles = async () => (await examine(t, path)).troubles;
    t.strictSame(await troubles(), ['key critical'], 'a key that others can read');
    rmSync(state, { recursive: true });
    t.strictSame(await troubles(), ['state-folder warning', 'key warning'], 'before the first start');
    mkdirSync(state);
    chmodSync(state, 0o755);
    t.strictSame(await troubles(), ['state-folder warning', 'key warning'], 'open to others');
  });

  await t.test('the port to listen on', async (t) => {
    const { folder, config } = sqliteScene(t, good);
    const listening = async (listen: { host?: string; port: number }) => {
      const examined = await examine(t, writeConfig(folder, { ...config, listen, log: { level: 'silent' } }));
      return { ...examined, listen: checkOf(examined, 'listen') };
    };
    const other = createServer().listen(0, '127.0.0.1');
    t.teardown(() => other.close());
    other.on('connection', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const held = await listening({ port });
    t.strictSame([held.code, held.troubles], [2, ['listen critical']]);
    t.match(held.listen?.message, `127.0.0.1:${port}: EADDRINUSE. [address-in-use]`);
    const foreign = await listening({ host: '192.0.2.1', port: 8443 });
    t.strictSame([foreign.code, foreign.troubles], [2, ['listen critical']]);
    t.match(foreign.listen?.next, 'O endereço não é desta máquina');
    const own = await freePort();
    const free = await listening({ port: own });
    t.match([free.code, free.listen?.message], [0, `127.0.0.1:${own} está livre`]);
    await serveAgent(t, join(folder, 'agent.yaml'));
    const serving = await listening({ port: own });
    t.match([serving.code, serving.listen?.message], [0, `127.0.0.1:${own} em uso por um agente em serviço`]);
  });
});
