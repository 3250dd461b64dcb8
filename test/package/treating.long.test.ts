// Tier: long. The packaged central is killed within each part of linkage. Needs GUARITA_TEST_BINARIES.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import { rules } from '../../central/treat/rules/all.ts';
import { postgresBases, query } from '../support/bases.ts';
import { emptyFolder, packagedFolder, startPackaged } from '../support/packaged.ts';
import { testPassword, testPostgres } from '../support/postgres.ts';
import { differences, emptyNational, national } from '../treat/settled.ts';
import { SmallState } from '../treat/small-state/small-state.ts';

const folder = packagedFolder(t);

/** A table that a part of linkage writes first: keys, pairs, persons. */
const written = ['nacional.chave', 'nacional.par', 'nacional.evento_pessoa'];

if (folder !== null) {
  const file = join(folder, 'guarita-central-linux-x64');
  await t.test('killed in linkage, it comes to what it comes to undisturbed', (t) => killed(t, file));
}

async function killed(t: Test, file: string): Promise<void> {
  const server = await testPostgres(t);
  const { shared: base } = await postgresBases(t, server);
  const config = join(emptyFolder(t), 'central.yaml');
  writeFileSync(config, JSON.stringify({ state: emptyFolder(t), base: { password: { env: 'SENHA' } } }));
  const address = `postgres://postgres@127.0.0.1:${server.port}/base_shared`;
  const treated = () =>
    startPackaged(t, file, ['treat', '--config', config, '--base', address], {
      environment: { SENHA: testPassword },
    });
  await SmallState.on(base, rules);
  for (const table of written) {
    // Held, so that the program waits right there.
    await base.transaction(async (tx) => {
      await tx.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
      const { child, ended } = treated();
      await Promise.race([
        waitsFor(base, table),
        ended.then(({ stderr }) => Promise.reject(new Error(stderr))),
      ]);
      child.kill('SIGKILL');
      await ended;
      t.pass(`killed before it wrote ${table}`);
    });
  }
  // Twice: what another state's treatment finds in one is counted by its own next one.
  const toTheEnd = async () => {
    for (const _ of [1, 2]) t.match(await treated().ended, { code: 0, stderr: '' });
    return national(base);
  };
  const asItWent = await toTheEnd();
  await emptyNational(base);
  t.strictSame(differences(asItWent, await toTheEnd()), {});
  const [persons] = await query<{ several: number }>(
    base,
    `SELECT count(*)::int AS several FROM nacional.registro WHERE pessoa_id <> natal_id`,
  );
  t.ok((persons?.several ?? 0) > 0, 'somebody was put together');
}

/** Resolves once somebody waits for a table. */
async function waitsFor(base: Base, table: string): Promise<void> {
  for (;;) {
    const [waiting] = await query<{ many: number }>(
      base,
      `SELECT count(*)::int AS many FROM pg_locks WHERE relation = $1::regclass AND NOT granted`,
      [table],
    );
    if ((waiting?.many ?? 0) > 0) return;
  }
}
