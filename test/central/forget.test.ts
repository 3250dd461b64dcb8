// Tier: quick. Seconds, on a PostgreSQL of its own.
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { appendAudit } from '../../central/base/access-layer/audit.ts';
import { verifyAudit } from '../../central/base/access-layer/audit-verify.ts';
import { migrateBase } from '../../central/base/migrate.ts';
import { natalId } from '../../central/base/national-layer/natal-id.ts';
import { listenForCommands } from '../../central/service/control/listen.ts';
import type { Central } from '../../central/service/open-central.ts';
import { performTold } from '../../central/service/operations.ts';
import { findTombstoneKey } from '../../central/tombstone-key.ts';
import { createLogger } from '../../shared/log.ts';
import { lockFolder } from '../../shared/state-file.ts';
import { openPostgresBase, query, testFolder } from '../support/bases.ts';
import { runCommand } from '../support/commands.ts';
import { Loader } from '../support/loader.ts';
import { testPostgres } from '../support/postgres.ts';

const server = await testPostgres(t);
const folder = testFolder(t);
const state = join(folder, 'state');
const config = join(folder, 'central.yaml');
writeFileSync(
  config,
  JSON.stringify({ state, base: { password: { env: 'SENHA' } }, log: { level: 'silent' } }),
);
const base = openPostgresBase(server, 'postgres');
t.teardown(() => base.close());
const baseId = await migrateBase(base);
const url = `postgres://postgres@127.0.0.1:${server.port}/postgres`;
const forget = (...args: string[]) =>
  runCommand('central', ['-c', config, '--base', url, 'forget', ...args], {
    environment: { SENHA: 'admin', SUDO_USER: 'maria' },
  });

const people = await Loader.on(base, 'AL', ['id', 'nome'], { name: 'custodiado' });
const visits = await Loader.on(base, 'AL', ['id', 'custodiado_id'], { name: 'visita' });
const own = await Loader.on(base, 'AL', ['id', 'texto'], { name: 'parecer' });
await people.load([
  ['p71', 'MARIA'],
  ['p72', 'ANA'],
]);
await visits.load([
  ['1', 'p71'],
  ['2', 'p72'],
]);
await own.load([['1', 'x']]);
const ids = async () => (await people.stored()).map(({ id }) => id);
const keyFile = join(state, 'forget.key');

const register = natalId('AL', 'custodiado', 'p71');
for (const records of [[register, 'b'], ['b']]) {
  const entry = { kind: 'request', body: {}, terms: { words: 'MARIA', records } } as const;
  await base.transaction((tx) => appendAudit(tx, entry, new Date()));
}

// An auditor asked who had looked at them, and typed it in; nothing was shown.
for (const record of [register, ` ${register.toUpperCase()}`, 'b']) {
  const entry = { kind: 'request', body: {}, terms: { record, records: [] } } as const;
  await base.transaction((tx) => appendAudit(tx, entry, new Date()));
}
await query(
  base,
  `INSERT INTO acesso.vigiado (registro, motivo, desde) VALUES ($1, 'x', now()), ('b', 'x', now())`,
  [register],
);

await t.test('what it is not done for is said, and nothing goes', async (t) => {
  for (const [args, code, text] of [
    [['AL', 'custodiado', 'p79', '--order', '1', '--yes'], 1, 'row-unknown'],
    [['AL', 'visita', '1', '--order', '1', '--yes'], 2, 'não é uma visão de pessoas'],
    [['AL', 'custodiado', 'p71', '2', '--order', '1', '--yes'], 2, 'A chave de "custodiado" é: id.'],
    [['RO', 'custodiado', 'p71', '--order', '1', '--yes'], 2, 'não tem nada de "RO"'],
    [['AL', 'custodiado', 'p71', '--order', ' ', '--yes'], 2, 'diga o processo'],
    [['AL', 'custodiado', 'p71', '--yes'], 2, '--order'],
    // Nobody is there to answer.
    [['AL', 'custodiado', 'p71', '--order', '1'], 2, 'Sem terminal para perguntar'],
  ] as const) {
    const { code: exit, errors } = await forget(...args);
    t.equal(exit, code, args.join(' '));
    t.match(errors, text);
    t.notMatch(errors, /p71|p79/, 'no key is told');
  }
  t.strictSame(await ids(), ['p71', 'p72']);
});

await t.test('by order', async (t) => {
  const { code, output, errors } = await forget('al', 'custodiado', 'p71', '--order', '0001/2026', '--yes');
  t.strictSame([code, errors], [0, '']);
  t.match(output, /fonte_al\.custodiado +│ +1/);
  for (const text of [
    'Esquecida',
    'acesso.auditoria',
    'fonte_al.visita',
    'Cópias de segurança',
    'forget.key',
    '"parecer"',
  ]) {
    t.match(output, text);
  }
  t.notMatch(output, 'p71');
  t.strictSame(await ids(), ['p72']);
  const proof = await query(base, 'SELECT fonte, visao, ordem, quem, por_meio FROM decidido.esquecimento');
  t.strictSame(proof, [
    { fonte: 'AL', visao: 'custodiado', ordem: '0001/2026', quem: 'maria', por_meio: 'command' },
  ]);
  const gone = 'SELECT tabela, linhas::int FROM decidido.esquecido ORDER BY numero';
  t.strictSame(await query(base, gone), [
    { tabela: 'fonte_al.visita', linhas: 1 },
    { tabela: 'fonte_al.custodiado', linhas: 1 },
    { tabela: 'acesso.auditoria', linhas: 3 },
    { tabela: 'acesso.vigiado', linhas: 1 },
    { tabela: 'fim', linhas: 0 },
  ]);
  t.strictSame(await query(base, 'SELECT registro FROM acesso.vigiado'), [{ registro: 'b' }]);
  const asked = 'SELECT numero::int, sal IS NULL AS blank, termos FROM acesso.auditoria ORDER BY numero';
  t.match(await query(base, asked), [
    { numero: 1, blank: true, termos: null },
    { numero: 2, blank: false, termos: /MARIA/ },
    { numero: 3, blank: true, termos: null },
    { numero: 4, blank: true, termos: null },
    { numero: 5, blank: false, termos: /"b"/ },
  ]);
  const { withoutTerms, forgotten, faults } = await verifyAudit(base, baseId, { keys: [], now: new Date() });
  t.strictSame(
    [withoutTerms, forgotten, faults],
    [3, 3, []],
    'that somebody looked stays, and the chain holds',
  );
  t.equal(statSync(keyFile).mode & 0o777, 0o600);
  const find = { findTombstoneKey: () => findTombstoneKey(state) };
  t.match(await people.load([['p71', 'MARIA']], find), { new: 0, forgotten: 1 });

  const again = await forget('AL', 'custodiado', 'p71', '--order', 'outra', '--yes', '--json');
  t.match(JSON.parse(again.output), { held: {}, order: { order: '0001/2026', who: 'maria', done: /^20/ } });
  t.match(
    (await forget('AL', 'custodiado', 'p71', '--order', 'x', '--yes')).output,
    /Já foi mandado esquecer/,
  );
});

await t.test('while the service is at work, by the service', async (t) => {
  await people.load([['p74', 'LIA']], { findTombstoneKey: () => findTombstoneKey(state) });
  const lock = lockFolder(state, 'central');
  const asked: string[] = [];
  const service = { base, config: { state } } as unknown as Central;
  const listener = await listenForCommands(
    state,
    (operation, input, controls) => {
      asked.push(operation);
      return performTold(service, operation, input, { ...controls, onProgress: () => undefined });
    },
    createLogger('silent', 'test'),
  );
  const { code, output } = await forget('AL', 'custodiado', 'p74', '--order', '3', '--yes');
  t.strictSame([code, asked], [0, ['forget', 'forget']]);
  t.match(output, 'Esquecida');
  t.match((await forget('AL', 'custodiado', 'p79', '--order', '3', '--yes')).errors, 'row-unknown');
  t.strictSame(await ids(), ['p72']);
  await listener.close();
  lock?.release();
});

await t.test('a secret that was lost is not replaced by another', async (t) => {
  const kept = readFileSync(keyFile);
  rmSync(keyFile);
  const { code, errors } = await forget('AL', 'custodiado', 'p72', '--order', '2', '--yes');
  t.equal(code, 1);
  t.match(errors, 'tombstone-key-missing');
  await t.rejects(people.load([['p73', 'EVA']], { findTombstoneKey: () => findTombstoneKey(state) }), {
    code: 'tombstone-key-missing',
  });
  writeFileSync(keyFile, `${'0'.repeat(64)}\n`, { mode: 0o600 });
  t.match((await forget('AL', 'custodiado', 'p72', '--order', '2', '--yes')).errors, 'tombstone-key-missing');
  writeFileSync(keyFile, kept);
  chmodSync(keyFile, 0o644);
  t.throws(() => findTombstoneKey(state), { code: 'tombstone-key-unreadable' });
  chmodSync(keyFile, 0o600);
  t.match(await people.load([['p73', 'EVA']], { findTombstoneKey: () => findTombstoneKey(state) }), {
    new: 1,
  });
});
