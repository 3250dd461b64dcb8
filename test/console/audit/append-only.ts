import type { Test } from 'tap';
import { appendAudit } from '../../../central/base/access-layer/audit.ts';
import { forgetTerms, termsShowing } from '../../../central/base/access-layer/audit-terms.ts';
import { verifyAudit } from '../../../central/base/access-layer/audit-verify.ts';
import { asRole } from '../../../central/base/as-role.ts';
import type { TestBases } from '../../support/bases.ts';
import { auditScene, hour } from './audit-scene.ts';

export async function appendOnly(t: Test, bases: TestBases): Promise<void> {
  const scene = await auditScene(t, bases, 'append_only');
  const { base, clock } = scene;
  const register = '00000000-0000-4000-8000-00000000000a';
  await scene.write({ terms: { words: 'maria', records: [register, 'b'] } });
  await scene.write({ terms: { words: 'ana', records: ['b'] } });
  await scene.sign();
  /** What would keep others from being written, read or signed. */
  const spoilt = [
    ...['9000000000000000000', '0', '-1', '2'].map((number) => [number, '2026-01-01T03:00:00.000Z', '{}']),
    ...[new Date(Date.now() + 15 * 60_000).toISOString(), '9999-12-31T00:00:00.000Z'].map((at) => [
      '4',
      at,
      '{}',
    ]),
    ...['2025-12-31T00:00:00.000Z', '2026-99-99T00:00:00.000Z', 'infinity', '2026-01-02'].map((at) => [
      '4',
      at,
      '{}',
    ]),
    ...['x', '[]', 'null'].map((body) => ['4', '2026-01-01T03:00:00.000Z', body]),
  ].map(
    ([number, at, body]) =>
      `INSERT INTO acesso.auditoria (numero, quando, tipo, corpo, elo) VALUES (${number}, '${at}', 'event', '${body}', 'x')`,
  );
  const refused = async (as: typeof base, sql: string) =>
    t.rejects(
      as.transaction((tx) => tx.execute(sql)),
      sql,
    );

  await t.test('who serves the console adds to it, and no more (ASVS 16.4.2)', async (t) => {
    await base.transaction((tx) =>
      tx.execute(`CREATE ROLE audit_console; GRANT USAGE ON SCHEMA acesso TO audit_console;
        GRANT SELECT, INSERT ON acesso.auditoria TO audit_console; GRANT SELECT ON acesso.auditoria_dia TO audit_console;`),
    );
    t.teardown(() =>
      base.transaction((tx) => tx.execute('DROP OWNED BY audit_console; DROP ROLE audit_console')),
    );
    const console = asRole(base, 'audit_console');
    const entry = { kind: 'request', body: {}, terms: { words: 'x' } } as const;
    await console.transaction((tx) => appendAudit(tx, entry, new Date(clock.now())));
    for (const sql of [
      `UPDATE acesso.auditoria SET corpo = '{}'`,
      'UPDATE acesso.auditoria SET sal = NULL, termos = NULL',
      'DELETE FROM acesso.auditoria',
      'TRUNCATE acesso.auditoria',
      'ALTER TABLE acesso.auditoria DISABLE TRIGGER ALL',
      'DROP TRIGGER somente_acrescenta ON acesso.auditoria',
      'DROP TABLE acesso.auditoria',
      `SET session_replication_role = replica; UPDATE acesso.auditoria SET corpo = '{}'`,
      ...spoilt,
      `INSERT INTO acesso.auditoria_dia VALUES ('2026-01-01', 1, 'x', 'x', 'x')`,
      `UPDATE acesso.auditoria_dia SET elo = 'x'`,
      'DELETE FROM acesso.auditoria_dia',
    ]) {
      await refused(console, sql);
    }
  });

  await t.test(
    'nor does whoever has the tables change it by mistake, but for what is to be forgotten',
    async (t) => {
      for (const sql of [
        `UPDATE acesso.auditoria SET corpo = '{}'`,
        `UPDATE acesso.auditoria SET termos = '{}'`,
        `UPDATE acesso.auditoria SET sal = NULL, termos = NULL, quando = 'x'`,
        'DELETE FROM acesso.auditoria',
        'TRUNCATE acesso.auditoria',
        `UPDATE acesso.auditoria_dia SET numero = numero - 1`,
        `DELETE FROM acesso.auditoria_dia`,
        `SET session_replication_role = replica; DELETE FROM acesso.auditoria`,
      ]) {
        await refused(base, sql);
      }
      t.equal(await base.snapshot((questions) => termsShowing(questions, register)), 1);
      t.equal(await base.transaction((tx) => forgetTerms(tx, register)), 1);
      t.equal(await base.transaction((tx) => forgetTerms(tx, register)), 0, 'once');
      const entries = await scene.entries();
      t.match(
        entries.map(({ terms, salt }) => [terms === null, salt === null]),
        [
          [true, true],
          [false, false],
          [false, false],
        ],
      );
      const verdict = await verifyAudit(base, scene.baseId, {
        ...{ keys: [scene.keys.current], now: new Date(clock.now()) },
      });
      t.match(
        verdict,
        { faults: [], withoutTerms: 1, forgotten: 0 },
        'the chain holds; that nobody ordered it is told',
      );
    },
  );

  await t.test('a clock that is ahead does not take the entries with it', async (t) => {
    const entry = { kind: 'request', body: {}, terms: null } as const;
    const write = (now: Date) => base.transaction((tx) => appendAudit(tx, entry, now));
    const ahead = await write(new Date('9999-12-31T00:00:00Z'));
    t.ok(Math.abs(Date.parse(ahead.entry.at) - Date.now()) < hour, ahead.entry.at);
    const behind = await write(new Date(clock.now()));
    t.equal(behind.entry.at, ahead.entry.at, 'nor is one earlier than the one before it');
  });
}
