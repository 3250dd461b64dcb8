import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { readCentralConfig, withBase } from '../../../central/central.ts';
import { doctor } from '../../../central/commands/doctor.ts';
import type { UseBase } from '../../../central/doctor/examine.ts';
import type { DoctorReport } from '../../../central/doctor/report.ts';
import { centralStateFile, openCentralState } from '../../../central/state/state.ts';
import { findTombstoneKey } from '../../../central/tombstone-key.ts';
import { ExitCode } from '../../../shared/program.ts';
import { generateKeyPair, type KeyPair, readOrCreateKeyPair } from '../../../shared/signing/keys.ts';
import { centralDatabase, pgliteTemplate, query, testFolder } from '../../support/bases.ts';
import { damages } from '../../support/damaged-state.ts';
import { type GrantClaims, grantToken } from '../../support/grants.ts';
import { holdFolder } from '../../support/lock-holder.ts';
import type { TestPostgres } from '../../support/postgres.ts';

export async function findings(t: Test, server: TestPostgres): Promise<void> {
  const day = 86_400;

  /** Where findings do not depend on the kind of base, one that does not take half a second to open for each command. */

  /**
   * A central that has collected AL: key, grant, base and state agree; and the command over it. The base is in process, or
   * a database of that name on the server.
   */
  async function scene(t: Test, database?: string) {
    const folder = testFolder(t);
    const state = join(folder, 'state');
    mkdirSync(state, { mode: 0o700 });
    const key = readOrCreateKeyPair(join(state, 'central.key.jwk'));
    const grantFile = join(folder, 'AL.grant');
    const agentKey = join(folder, 'AL.jwk');
    writeFileSync(agentKey, JSON.stringify(generateKeyPair().jwk));
    const grant = (changes: Partial<GrantClaims> = {}, of: KeyPair = key) =>
      writeFileSync(grantFile, grantToken({ cnf: { jkt: of.thumbprint }, ...changes }));
    grant();
    const config = join(folder, 'central.yaml');
    const source = { uf: 'AL', url: 'http://127.0.0.1:1', agentKey, grant: grantFile };
    const base =
      database === undefined
        ? {}
        : { url: (await centralDatabase(t, server, database)).url, password: { env: 'BASE_PASSWORD' } };
    writeFileSync(config, JSON.stringify({ state, sources: [source], base, log: { level: 'silent' } }));
    if (database === undefined) cpSync(await pgliteTemplate(), join(state, 'base'), { recursive: true });
    const lines: string[] = [];
    const context = {
      environment: { BASE_PASSWORD: 'admin' },
      print: (line: string) => void lines.push(line),
      stop: new AbortController().signal,
    };
    const onBase: UseBase = (work) => withBase(readCentralConfig({ config }, context), context, work);
    await onBase(async (base, baseId) => {
      await query(
        base,
        `INSERT INTO guarita.view (source, view, key, columns, fingerprint, epoch, loads, cursor, cycle_complete)
         VALUES ('AL', 'custodiado', '{id}', '[]', 'f', 'e', 7, 'sealed-7', true)`,
      );
      const opened = openCentralState(state);
      const { runs, checkpoints } = opened;
      const run = runs.begin('AL');
      checkpoints.save(run, 'AL', 'custodiado', {
        ...{ base: baseId, cursor: 'sealed-7', loads: 7, complete: true },
      });
      runs.end(run, 'complete', null);
      opened.close();
    });
    const run = async (options: { repair?: boolean; json?: boolean } = {}) => {
      lines.length = 0;
      let code = 0;
      try {
        await doctor({ config, ...options }, context);
      } catch (error) {
        if (!(error instanceof ExitCode)) throw error;
        code = error.code;
      }
      return { code, output: lines.join('\n') };
    };
    const report = async (repair = false) => {
      const { code, output } = await run({ json: true, repair });
      const told = JSON.parse(output) as DoctorReport;
      const troubles = told.checks
        .filter(({ health }) => health !== 'ok')
        .map(({ check, subject, health }) => [check, subject, health].join(' '));
      return { code, ...told, troubles };
    };
    return {
      onBase,
      folder,
      state,
      file: centralStateFile(state),
      key,
      grant,
      grantFile,
      agentKey,
      run,
      report,
    };
  }

  await t.test('all is well: each thing is named, and the exit code is 0', async (t) => {
    const s = await scene(t);
    const { code, checks, troubles, repair } = await s.report();
    t.strictSame([code, troubles, repair], [0, [], null]);
    t.strictSame(
      checks.map(({ check }) => check),
      [
        'state-folder',
        'secrets',
        'key',
        'certificate',
        'agent-key',
        'grant',
        'base',
        'checkpoints',
        'view',
        'runs',
      ],
    );
    const { output } = await s.run();
    t.match(output, /^✓ pasta: /m);
    t.match(output, /^✓ visão AL custodiado: marca d’água em dia com a base \(7 cargas\)$/m);
    t.notMatch(output, /[!✗]/);
    t.notMatch(output, 'sealed-7', 'no cursor is printed');
  });

  await t.test('key, grant and permissions', async (t) => {
    const s = await scene(t, 'permissions');
    const troubles = async () => (await s.report()).troubles;
    const now = Math.floor(Date.now() / 1000);
    s.grant({}, generateKeyPair());
    t.strictSame(await troubles(), ['grant AL critical'], 'for another key');
    s.grant({ exp: now - 1 });
    t.strictSame(await troubles(), ['grant AL critical'], 'ended');
    s.grant({ exp: now + 5 * day });
    t.strictSame(await troubles(), ['grant AL critical'], 'five days left');
    s.grant({ exp: now + 50 * day });
    t.strictSame(await troubles(), ['grant AL warning']);
    s.grant({ nbf: now + day });
    t.strictSame(await troubles(), ['grant AL warning'], 'not yet');
    writeFileSync(s.grantFile, 'no grant');
    writeFileSync(s.agentKey, '{}');
    t.strictSame(await troubles(), ['agent-key AL critical', 'grant AL critical']);
    const { output } = await s.run();
    t.match(output, /✗ autorização AL: .+\[grant-invalid\]\n {2}→ /);
    t.notMatch(output, 'no grant');

    s.grant();
    writeFileSync(s.agentKey, JSON.stringify(generateKeyPair().jwk));
    chmodSync(s.state, 0o755);
    chmodSync(s.file, 0o644);
    t.strictSame(await troubles(), ['state-folder  warning', 'checkpoints  warning']);
    chmodSync(s.state, 0o700);
    chmodSync(s.file, 0o600);
    rmSync(join(s.state, 'central.key.jwk'));
    t.strictSame(await troubles(), ['key  critical']);
    t.notOk(existsSync(join(s.state, 'central.key.jwk')), 'and none is made');
  });

  await t.test('the secret by which those are known who were forgotten', async (t) => {
    const s = await scene(t, 'forgotten');
    const file = join(s.state, 'forget.key');
    const told = async () => {
      const { checks } = await s.report();
      return checks.filter(({ check }) => check === 'forget-key').map(({ health }) => health);
    };
    const text = async () => (await s.run()).output;
    t.strictSame(await told(), [], 'nobody was');
    writeFileSync(file, `${'ab'.repeat(32)}\n`, { mode: 0o600 });
    t.strictSame(await told(), ['ok'], 'one that the base does not name yet');
    await s.onBase((base) =>
      query(base, `INSERT INTO guarita.tombstone (source, hash, secret) VALUES ('AL', '\\x00', $1)`, [
        findTombstoneKey(s.state)?.id,
      ]),
    );
    t.strictSame(await told(), ['ok']);
    t.match(await text(), /^✓ segredo dos esquecidos: segredo [0-9a-f]{16}, em ".*forget\.key"$/m);
    t.notMatch(await text(), 'abab', 'it is not told itself');

    writeFileSync(file, `${'cd'.repeat(32)}\n`);
    t.strictSame(await told(), ['critical'], 'another one');
    t.match(await text(), /✗ segredo dos esquecidos: .*outro segredo.*\[tombstone-key-missing\]\n {2}→ /);
    rmSync(file);
    t.strictSame(await told(), ['critical'], 'none');
    t.match(await text(), /Não há ".*forget\.key"\. \[tombstone-key-missing\]/);
    t.notOk(existsSync(file), 'and none is made');
    writeFileSync(file, 'ab', { mode: 0o600 });
    t.strictSame(await told(), ['critical'], 'a damaged one');
    t.match(await text(), '[tombstone-key-unreadable]');
    writeFileSync(file, `${'ab'.repeat(32)}\n`);
    chmodSync(file, 0o640);
    t.strictSame(await told(), ['critical'], 'one that others can read');
    t.match(await text(), /Outros usuários têm acesso a ".*forget\.key"\. \[tombstone-key-unreadable\]/);
    chmodSync(file, 0o600);
    t.strictSame(await told(), ['ok']);
  });

  await t.test('before the first collection nothing is made', async (t) => {
    const s = await scene(t);
    rmSync(s.state, { recursive: true });
    const { code, troubles } = await s.report();
    t.equal(code, 2);
    t.strictSame(troubles, [
      'state-folder  warning',
      'key  critical',
      'base  warning',
      'checkpoints  warning',
    ]);
    t.notOk(existsSync(s.state));
  });

  await t.test('a checkpoint beside the base', async (t) => {
    const s = await scene(t, 'checkpoints');
    const { checks } = await s.report();
    const found = checks.find(({ check }) => check === 'base')?.message ?? '';
    const base = /base (\S+),/.exec(found)?.[1] ?? '';
    const place = { base, cursor: 'sealed-7', loads: 7, complete: true };
    for (const [changes, health] of [
      [{ loads: 6, cursor: 'sealed-6' }, null],
      [{ loads: 8, cursor: 'sealed-8' }, 'warning'],
      [{ base: 'another' }, 'warning'],
      [{ cursor: 'sealed-x' }, 'critical'],
    ] as const) {
      const state = openCentralState(s.state);
      state.checkpoints.save(1, 'AL', 'custodiado', { ...place, ...changes });
      state.close();
      const { troubles } = await s.report();
      t.strictSame(
        troubles,
        health === null ? [] : [`view AL custodiado ${health}`],
        JSON.stringify(changes),
      );
    }
    const { code, repair } = await s.report(true);
    t.match([code, repair], [0, { restored: [{ source: 'AL', view: 'custodiado' }], made: false }]);
  });

  await t.test('a run that a crash cut short, until a later one has ended', async (t) => {
    const s = await scene(t);
    const state = openCentralState(s.state);
    state.runs.begin('AL');
    t.strictSame((await s.report()).troubles, ['runs AL warning']);
    const other = await holdFolder(t, s.state);
    const { checks, troubles } = await s.report();
    t.strictSame(troubles, ['base  warning'], 'central is at work: the run may be its');
    t.match(checks.at(-1)?.message, /em andamento/);
    await other.release();
    state.runs.end(state.runs.begin('AL'), 'complete', null);
    t.strictSame((await s.report()).troubles, []);
    state.close();
  });

  await t.test('damaged, seen, repaired, well again; and refused while central works', async (t) => {
    const s = await scene(t, 'damaged');
    damages.truncate(s.file);
    const seen = await s.report();
    t.equal(seen.code, 2);
    t.strictSame(seen.troubles, ['checkpoints  critical', 'view AL custodiado warning']);
    t.match((await s.run()).output, /✗ marcas d’água: .+danificado.*\n {2}→ .+doctor --repair/);
    const files = () => readdirSync(s.state).filter((name) => !/sqlite-(wal|shm)$|lock-journal$/.test(name));
    const before = files();

    const other = await holdFolder(t, s.state);
    await t.rejects(s.run({ repair: true }), { code: 'central-running' });
    t.strictSame(files(), before, 'nothing was touched');
    await other.release();

    const { code, output } = await s.run({ repair: true });
    t.equal(code, 0);
    t.match(output, /o arquivo danificado está guardado em ".+central\.sqlite\.damaged-/);
    t.match(output, /refeitas pela cópia da base: AL custodiado/);
    const state = openCentralState(s.state);
    t.match(state.checkpoints.find('AL', 'custodiado'), { cursor: 'sealed-7', loads: 7, complete: true });
    t.match(state.views.find('AL', 'custodiado'), { owed: 'checkpoint-lost' });
    state.close();
    t.match((await s.run({ repair: true })).output, /^✓ reparo: nada a reparar$/m);
  });

  await t.test('lost: seen as such, and made anew', async (t) => {
    const s = await scene(t, 'lost');
    rmSync(s.file);
    t.strictSame((await s.report()).troubles, ['checkpoints  critical', 'view AL custodiado warning']);
    t.notOk(existsSync(s.file), 'looking makes nothing');
    t.match(await s.report(true), { code: 0, repair: { made: true, movedTo: null }, troubles: [] });
    t.match(await s.report(true), { code: 0, repair: { made: false, restored: [] } });
  });

  await t.test('without a base nothing is repaired', async (t) => {
    const s = await scene(t, 'without');
    damages.truncate(s.file);
    const config = join(s.folder, 'central.yaml');
    const source = { uf: 'AL', url: 'http://127.0.0.1:1', agentKey: s.agentKey, grant: s.grantFile };
    const base = { url: 'postgres://guarita@127.0.0.1:1/nacional', timeoutSeconds: 1 };
    writeFileSync(
      config,
      JSON.stringify({ state: s.state, sources: [source], base, log: { level: 'silent' } }),
    );
    t.strictSame((await s.report()).troubles, ['base  critical', 'checkpoints  critical']);
    await t.rejects(s.run({ repair: true }), { code: 'base-unavailable' });
    t.notOk(readdirSync(s.state).some((name) => name.includes('damaged-')));
  });
}
