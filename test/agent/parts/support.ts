import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Test } from 'tap';
import { beginAgreement } from '../../../agent/enrolment/begin-agreement.ts';
import { openHome } from '../../../agent/home.ts';
import { toldLines } from '../../../agent/support/log.ts';
import { generateKeyPair } from '../../../shared/signing/keys.ts';
import { runCommand } from '../../support/commands.ts';
import { createSqlite, peopleSql, temporaryFolder } from '../../support/sqlite-views.ts';

// What a state sends when something does not work: all that helps, whatever is broken; no secret, nothing of a person.

const person = 'MARIA INVENTADA';

interface Scene {
  readonly state: string;
  readonly config: string;
  /** Runs the command, and reads what it wrote. */
  readonly bundle: (...more: string[]) => Promise<Record<string, unknown> & { readonly text: string }>;
}

function scene(t: Test, more: object = {}): Scene {
  const folder = temporaryFolder(t);
  const file = (name: string) => join(folder, name);
  const state = file('agent');
  createSqlite(file('estado.sqlite'), `${peopleSql(5, 'pessoa')} UPDATE pessoa SET nome = '${person}'`);
  const config = file('agent.yaml');
  writeFileSync(
    config,
    JSON.stringify({
      ...{ id: 'AL', uf: 'AL', state, listen: { port: 0, tls: false } },
      source: { engine: 'sqlite', file: file('estado.sqlite') },
      views: [{ name: 'pessoa', key: ['id'], watermark: 'versao' }],
      ...more,
    }),
  );
  const out = file('suporte.json');
  return {
    ...{ state, config },
    async bundle(...args) {
      const { code, errors } = await runCommand('agent', ['support', '-c', config, '--out', out, ...args]);
      t.equal(code, 0, errors);
      const text = readFileSync(out, 'utf8');
      return { ...(JSON.parse(text) as Record<string, unknown>), text };
    },
  };
}

/** An agent under an agreement that has served, refused and been suspended. */
async function enrolled(t: Test, more?: object): Promise<Scene> {
  const made = scene(t, more);
  const home = await openHome({ id: 'AL', state: made.state });
  const term = { begin: new Date(Date.now() - 1e9), end: new Date(Date.now() + 1e10) };
  const central = { key: generateKeyPair(), certificate: null };
  await beginAgreement(home, 'AL', { act: '23701421', term, views: ['pessoa'], central });
  const asked = { request: 'r', grant: 'g', key: 'k', from: '10.8.0.1', method: 'GET', query: 'consulta' };
  const answered = { signature: 's', bytes: 100, digest: 'd', view: 'pessoa' };
  const resource = `/v2/photos/pessoa/${encodeURIComponent(person)}`;
  home.journal.request({ ...asked, ...answered, resource, status: 200, problem: null, rows: 5 });
  home.journal.request({
    ...asked,
    ...answered,
    resource,
    status: 429,
    problem: 'too-many-requests',
    rows: null,
  });
  home.agreements.change({ event: 'suspended', reason: `a pedido de ${person}` });
  home.close();
  return made;
}

export async function supportFiles(t: Test): Promise<void> {
  await t.test('it tells all that is known of the agent, and is its owner’s alone', async (t) => {
    const { bundle, config } = await enrolled(t);
    const told = await bundle();
    t.match(told, {
      versoes: { agente: String, node: process.versions.node },
      maquina: { sistema: String, relogio: String },
      configuracao: { id: 'AL', source: { engine: 'sqlite' } },
      doctor: { health: String, checks: [{ check: 'config', health: 'ok' }] },
      acordo: { estado: 'suspended', numero: '23701421', visoes: ['pessoa'], relogioAtrasadoMs: Number },
      chaves: { agente: { chave: String, certificado: String, ate: String }, proxima: null },
      diario: { entries: 5, faults: [] },
      resumosDoDiario: [{ id: 5, hash: String }],
      pedidos: [
        { visao: 'pessoa', status: 200, problema: null, pedidos: 1 },
        { visao: 'pessoa', status: 429, problema: 'too-many-requests', pedidos: 1 },
      ],
      pasta: { livreMb: Number },
    });
    const files = (told['pasta'] as { arquivos: { nome: string; bytes: number }[] }).arquivos;
    t.ok(files.find(({ nome, bytes }) => nome === 'agent.sqlite' && bytes > 0));
    t.ok(files.find(({ nome }) => nome === 'agent.key.jwk'));
    t.equal(statSync(join(config, '..', 'suporte.json')).mode & 0o777, 0o600);
  });

  await t.test('no secret and nothing of a person is in it, free text neither', async (t) => {
    const { bundle, state } = await enrolled(t, {
      source: {
        engine: 'postgres',
        url: 'postgres://leitura@127.0.0.1:1/siap?sslkey=SEGREDO-NO-ENDERECO',
        password: { env: 'SENHA_DO_BANCO' },
      },
    });
    const { text } = await bundle();
    const { d } = JSON.parse(readFileSync(join(state, 'agent.key.jwk'), 'utf8')) as { d: string };
    for (const secret of ['MARIA', 'SEGREDO-NO-ENDERECO', 'consulta', d]) t.notMatch(text, secret);
    t.match(text, 'SENHA_DO_BANCO', 'where the password is may be told');
    t.match(text, '127.0.0.1:1');
  });

  await t.test('without a usable configuration, what else is known is told', async (t) => {
    const { bundle, state, config } = scene(t);
    writeFileSync(config, `password: ${person}\n`);
    const told = await bundle();
    t.match(told, {
      versoes: { agente: String },
      configuracao: { falhou: /\[secret-exposed\]/ },
      doctor: { health: 'critical' },
      diario: { falhou: /\[secret-exposed\]/ },
    });
    t.notMatch(told.text, 'MARIA');
    t.notOk(existsSync(state));
  });

  await t.test('it makes neither folder nor key where there is none', async (t) => {
    const { bundle, state } = scene(t);
    t.match(await bundle(), {
      configuracao: { id: 'AL' },
      acordo: null,
      chaves: null,
      diario: null,
      pasta: { falhou: /ENOENT/ },
    });
    t.notOk(existsSync(state));
  });

  await t.test(
    'a state folder of a newer version, as a failed upgrade may leave it, is told of',
    async (t) => {
      const { bundle, state } = await enrolled(t);
      const db = new Database(join(state, 'agent.sqlite'));
      db.pragma('user_version = 99');
      db.close();
      t.match(await bundle(), {
        doctor: { checks: Array },
        acordo: { estado: 'suspended' },
        chaves: { agente: { chave: String } },
        diario: { entries: 5, faults: [] },
      });
    },
  );

  await t.test('a damaged state folder does not keep the rest out', async (t) => {
    const { bundle, state } = await enrolled(t);
    writeFileSync(join(state, 'agent.sqlite'), 'none of the database is left'.repeat(1000));
    const told = await bundle();
    t.match(told, { diario: { falhou: /\[state-unwritable\]/ }, pasta: { arquivos: Array } });
  });

  await t.test('doctor, which may take long, can be left out', async (t) => {
    const { bundle } = await enrolled(t);
    t.match(await bundle('--no-doctor'), {
      doctor: 'não foi rodado (--no-doctor)',
      acordo: { estado: 'suspended' },
    });
  });

  await t.test('where nothing runs as a service, it says that there is no log of one', async (t) => {
    const { bundle } = scene(t);
    if (existsSync('/etc/systemd/system/guarita-agent.service')) t.comment('an agent is installed here');
    else t.match(await bundle(), { servico: /não está instalado/, log: /não está instalado/ });
  });

  await t.test('of the log, what is not in a form that is known to hold no data is left out', (t) => {
    const line = (text: string, by = 'guarita-agent[7]') => `2026-11-26T10:00:00+0000 vm ${by}: ${text}`;
    const kept = [
      line('{"level":30,"msg":"serving"}'),
      line('Started guarita-agent.service - Guarita.', 'systemd[1]'),
      line('✗ Não foi possível ler o arquivo de configuração.'),
      line('  → Confira o caminho.'),
      line('  [config-unreadable]'),
      line('    at open (node:fs:123:4)'),
      line('Node.js v24.21.0'),
    ];
    t.same(toldLines(kept.join('\n')), kept);
    t.same(
      toldLines([line(`TypeError: ${person} is no date`), line(person), line(`{"a": ${person}`)].join('\n')),
      [line('TypeError: …'), line('…'), line('…')],
    );
    const asked = (path: string) => line(`{"level":30,"req":{"path":"/v1/photos/foto/${path}"}}`);
    t.same(toldLines(asked('MARIA%20INVENTADA')), [asked('…')], 'the key of a row');
    t.end();
  });
}
