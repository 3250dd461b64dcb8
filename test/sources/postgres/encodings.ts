import type { Test } from 'tap';
import { names } from '../../contracts/view-source/names.ts';
import { undecodable } from '../../contracts/view-source/undecodable.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { postgresHarness } from '../../support/postgres-harness.ts';
import { column, readCycle } from '../../support/read-cycle.ts';

/** Trap 13: a database that is not in UTF-8, or that only says so. */
export async function encodings(t: Test, server: TestPostgres): Promise<void> {
  const raw = (what: string, encoding: string, hex: string) => ({
    what,
    type: 'text',
    sql: `convert_from('\\x${hex}', '${encoding}')`,
    hex,
  });

  await t.test('SQL_ASCII, whose texts are any bytes', async (t) => {
    const values = [
      raw('LATIN1', 'SQL_ASCII', 'e7e36f'),
      raw('a cut sequence', 'SQL_ASCII', '6f20f09f98'),
      raw('escapes beside broken bytes', 'SQL_ASCII', '5c09ff0a'),
    ];
    const options = { database: 'ascii', encoding: 'SQL_ASCII', undecodable: values };
    await undecodable(t, await postgresHarness(t, server, options));
  });

  await t.test('WIN1252, which has bytes that stand for no character', async (t) => {
    const values = [raw('chr(129)', 'WIN1252', '81'), raw('beside characters', 'WIN1252', 'e7e36f20808d')];
    const options = { database: 'win', encoding: 'WIN1252', undecodable: values };
    const harness = await postgresHarness(t, server, options);
    await undecodable(t, harness);
    await names(t, harness);
  });

  await t.test('WIN1252: every other character is the same in the pages before and after', async (t) => {
    const harness = await postgresHarness(t, server, { database: 'win_todos', encoding: 'WIN1252' });
    const defined = Array.from({ length: 255 }, (_, index) => index + 1)
      .filter((code) => ![0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(code))
      .map((code) => code.toString(16).padStart(2, '0'));
    await harness.execute('CREATE TABLE letras (id int, mark timestamptz, body text)');
    await harness.execute(`INSERT INTO letras
      SELECT n, '2020-01-01', convert_from('\\x${defined.join('')}', 'WIN1252') FROM generate_series(1, 4) n`);
    const views = [{ name: 'letras', key: ['id'], watermark: 'mark' }];
    const source = await harness.open(t, { views });
    const before = await readCycle(source, 'letras');
    t.match(before.rows[0]?.fields[2], /€‚ƒ„.*ÀÁÂÃ.*çèé/u);
    await harness.execute(`UPDATE letras SET body = chr(129) WHERE id = 3`);
    const after = await readCycle(source, 'letras', { limit: 1 });
    t.same([after.rows[0], after.rows[1], after.rows[3]], [before.rows[0], before.rows[1], before.rows[3]]);
    t.match(after.rows[2], { undecodable: [3], fields: ['3', String, '\\x81'] });
  });

  await t.test('LATIN1', async (t) => {
    await names(t, await postgresHarness(t, server, { database: 'latin', encoding: 'LATIN1' }));
  });

  await t.test('UTF8 by its name, but the bytes are not', async (t) => {
    const harness = await postgresHarness(t, server, { database: 'falso', encoding: 'SQL_ASCII' });
    await harness.execute('CREATE TABLE misto (id int, mark timestamptz, body text)');
    await harness.execute(`INSERT INTO misto VALUES (1, '2020-01-01', 'ção'),
      (2, '2020-01-01', convert_from('\\xe7e36f', 'SQL_ASCII')), (3, '2020-01-01', '\\xe7e36f')`);
    await server.admin(
      `UPDATE pg_database SET encoding = pg_char_to_encoding('UTF8') WHERE datname = 'falso'`,
    );
    const source = await harness.open(t, { views: [{ name: 'misto', key: ['id'], watermark: 'mark' }] });
    const { rows } = await readCycle(source, 'misto', { limit: 2 });
    t.same(column(rows, 2), ['ção', '\\xe7e36f', '\\xe7e36f']);
    t.same(
      rows.map((row) => row.undecodable),
      [[], [3], []],
    );
  });
}
