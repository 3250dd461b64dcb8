import type { Test } from 'tap';
import { query, type TestBases } from '../../support/bases.ts';
import { scenesOn } from '../../support/collect-scene.ts';
import { sqliteHarness } from '../../support/sqlite-harness.ts';
import { treated } from './given.ts';

/**
 * A name with a NUL in it, which engines other than PostgreSQL hold and no text of the base does: from the state's file to
 * the national record.
 */
export async function nulInName(t: Test, bases: TestBases): Promise<void> {
  const { shared: base } = bases;
  const harness = sqliteHarness(t);
  harness.db.exec(`CREATE TABLE custodiado (id TEXT PRIMARY KEY, nome TEXT, atualizado_em TEXT);
    CREATE INDEX custodiado_em ON custodiado (atualizado_em, id);
    INSERT INTO custodiado VALUES
      ('1', 'ANA LIMA', '2026-01-01 00:00:01'),
      ('2', 'MARIA' || char(0) || ' DA SILVA', '2026-01-01 00:00:02'),
      ('3', 'RUI COSTA', '2026-01-01 00:00:03')`);
  const source = harness.openEngine({
    views: [{ name: 'custodiado', key: ['id'], watermark: 'atualizado_em' }],
  });
  const s = scenesOn(bases)(t, []);
  const names = async () => {
    t.match(await s.run({ source, reconcile: true }), { outcome: 'complete' });
    const result = await treated(base, s.name);
    t.equal(result.problem, null);
    const rows = await query<{ nome: string }>(
      base,
      'SELECT nome FROM nacional.registro WHERE fonte = $1 ORDER BY id',
      [s.name],
    );
    return rows.map(({ nome }) => nome);
  };
  const told = () =>
    query(
      base,
      `SELECT code, reason, array_to_string(row_values, '|') AS given FROM guarita.quarantine
        WHERE source = $1 AND resolved IS NULL`,
      [s.name],
    );

  t.strictSame(await names(), ['ANA LIMA', 'RUI COSTA'], 'the rows beside it are loaded and treated');
  t.match(await told(), [{ code: 'bytes-undecodable', reason: 'nome', given: /^2\|\\x4d4152494100204441/ }]);
  harness.db.exec(
    `UPDATE custodiado SET nome = 'MARIA DA SILVA', atualizado_em = '2026-01-02 00:00:00' WHERE id = '2'`,
  );
  t.strictSame(await names(), ['ANA LIMA', 'MARIA DA SILVA', 'RUI COSTA'], 'mended, it comes by itself');
  t.strictSame(await told(), []);
}
