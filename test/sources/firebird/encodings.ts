import type { Test } from 'tap';
import { names } from '../../contracts/view-source/names.ts';
import { undecodable as undecodableContract } from '../../contracts/view-source/undecodable.ts';
import type { TestFirebird } from '../../support/firebird.ts';
import { firebirdHarness } from '../../support/firebird-harness.ts';
import { lookUp } from '../../support/read-answers.ts';
import { column, readCycle } from '../../support/read-cycle.ts';
import type { SourceHarness } from '../../support/source-harness.ts';

const none = 'VARCHAR(200) CHARACTER SET NONE';

/** In a source whose columns NONE are said to be in UTF-8; the database itself keeps none of them in a column UTF8. */
export const undecodable: SourceHarness['undecodable'] = [
  { what: 'LATIN1 in a column NONE', type: none, sql: `x'e7e36f'`, hex: 'e7e36f' },
  { what: 'a cut sequence', type: none, sql: `x'6f20f09f98'`, hex: '6f20f09f98' },
  { what: 'a text with 0x00', type: none, sql: `x'610062'`, hex: '610062' },
];

const win1252 = 'VARCHAR(200) CHARACTER SET WIN1252';

/** WIN1252 has bytes that stand for no character: Firebird keeps them, and makes a U+0000 of them. */
export const undecodableInWin1252: SourceHarness['undecodable'] = [
  { what: '0x81', type: win1252, sql: `_WIN1252 x'81'`, hex: '81' },
  { what: 'beside characters', type: win1252, sql: `_WIN1252 x'e7e36f20808d'`, hex: 'e7e36f20808d' },
  { what: 'in a column NONE', type: none, sql: `_NONE x'e790'`, hex: 'e790' },
];

/** Trap 13. */
export async function encodings(t: Test, server: TestFirebird): Promise<void> {
  await t.test('WIN1252, which has bytes that stand for no character', async (t) => {
    const options = { charset: 'WIN1252', undecodable: undecodableInWin1252 } as const;
    const harness = await firebirdHarness(t, server, options);
    await undecodableContract(t, harness);
    await names(t, harness);
  });

  await t.test('I2: the same text has one digest, whatever column it is in', async (t) => {
    const harness = await firebirdHarness(t, server, { charset: 'WIN1252' });
    const bytes: Readonly<Record<string, string>> = {
      UTF8: 'c3a7c3a36f20c39120e282ac',
      WIN1252: 'e7e36f20d12080',
      NONE: 'e7e36f20d12080',
    };
    const digests = new Set<string>();
    for (const [charset, hex] of Object.entries(bytes)) {
      for (const type of [`VARCHAR(20)`, 'BLOB SUB_TYPE TEXT']) {
        const name = `t_${digests.size}_${charset}_${type.length}`;
        await harness.execute(
          `CREATE TABLE "${name}" ("id" INTEGER NOT NULL, "nome" ${type} CHARACTER SET ${charset})`,
        );
        await harness.execute(`INSERT INTO "${name}" VALUES (1, _${charset} x'${hex}')`);
        const source = await harness.open(t, { views: [{ name, key: ['id'] }] });
        const { rows } = await readCycle(source, name);
        t.same(column(rows, 1), ['ção Ñ €'], `${type} ${charset}`);
        digests.add(rows[0]?.digest ?? '');
      }
    }
    t.equal(digests.size, 1);
  });

  await t.test('each byte of the sets of one byte means what the database says it means', async (t) => {
    const harness = await firebirdHarness(t, server);
    const sets = ['WIN1252', 'ISO8859_1', 'DOS850', 'DOS437', 'WIN1251', 'ISO8859_13', 'KOI8R', 'ASCII'];
    for (const charset of sets) {
      await harness.execute(`CREATE TABLE ${charset} ("id" INTEGER, "c" CHAR(1) CHARACTER SET ${charset})`);
      const inserts = Array.from({ length: 255 }, (_, index) => index + 1)
        .filter((byte) => charset !== 'ASCII' || byte < 0x80)
        .map((byte) => [byte, `_${charset} x'${byte.toString(16).padStart(2, '0')}'`]);
      await harness.insertRows?.(charset, inserts);
      const source = await harness.open(t, { views: [{ name: charset, key: ['id'] }] });
      const { rows } = await readCycle(source, charset);
      // By the database's own conversion to UTF-8, which is what the connection of the harness reads.
      const meant = await harness.database.rows(`SELECT "c" FROM ${charset} ORDER BY "id"`);
      const given = rows.map(({ fields, undecodable }) => (undecodable.length > 0 ? '\0' : fields[1]));
      t.same(given, meant.flat(), charset);
    }
  });

  await t.test('keys in each set come back as they were, in cursors and lookups', async (t) => {
    const harness = await firebirdHarness(t, server, { charset: 'WIN1252' });
    for (const charset of ['WIN1252', 'NONE', 'UTF8', 'ISO8859_1', 'DOS850']) {
      const name = `chave_${charset}`;
      await harness.execute(
        `CREATE TABLE "${name}" ("id" VARCHAR(20) CHARACTER SET ${charset} NOT NULL PRIMARY KEY, "n" INTEGER)`,
      );
      const texts = ['ção', "d'água", 'Ñ', 'zé', 'a'];
      await harness.insertRows?.(
        name,
        texts.map((text, index) => [harness.text(text), index]),
      );
      const source = await harness.open(t, { views: [{ name, key: ['id'] }] });
      const whole = await readCycle(source, name);
      t.same((await readCycle(source, name, { limit: 1 })).rows, whole.rows, charset);
      t.same(new Set(column(whole.rows, 0)), new Set(texts));
      const found = await lookUp(
        source,
        name,
        [...texts, '😀', '\\x81'].map((text) => [text]),
      );
      t.same(found.rows.map((row) => row.mark).sort(), [...texts.map(() => '\\N'), '{-1}', '{-1}'].sort());
    }
  });

  await t.test('a set of several bytes a character is said to be unusable, where it is wanted', async (t) => {
    const harness = await firebirdHarness(t, server);
    await harness.execute('CREATE TABLE JAPAO ("id" INTEGER, "nome" VARCHAR(20) CHARACTER SET SJIS_0208)');
    const view = { name: 'JAPAO', key: ['id'] };
    const source = await harness.open(t, { views: [view] });
    t.match(await source.describe(), {
      broken: [{ problem: 'column-unusable', detail: /"nome".*SJIS_0208/ }],
    });
    const without = await harness.open(t, { views: [{ ...view, columns: ['id'] }] });
    t.match(await without.describe(), { broken: [] });
    await harness.execute('CREATE TABLE SEM ("id" INTEGER, "nome" VARCHAR(20) CHARACTER SET NONE)');
    const engine = harness.openEngine({ views: [{ name: 'SEM', key: ['id'] }] }, { charset: 'WIN9999' });
    t.teardown(() => engine.close());
    t.match(await engine.describe(), { broken: [{ problem: 'column-unusable', detail: /WIN9999/ }] });
  });
}
