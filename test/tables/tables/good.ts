import { strict as assert } from 'node:assert';
import { stringify } from 'csv-stringify/sync';
import { array, asyncProperty, constantFrom, assert as hold, string, tuple } from 'fast-check';
import type { Test } from 'tap';
import { placesOf } from '../../../central/tables/columns.ts';
import { encodings } from '../../../central/tables/encoding.ts';
import { separators } from '../../../central/tables/separator.ts';
import { runs } from '../../support/runs.ts';
import { filesOf, readAll } from './scene.ts';

export async function goodTables(t: Test): Promise<void> {
  const write = filesOf(t);

  await t.test('rows with the lines that they end on', async (t) => {
    const { header, all } = await readAll(
      write('id; nome \r\n1;Ana\r\n\r\n2;"Lia\r\nMaria; ""Li"""\r\n;\r\n3;\r\n'),
    );
    t.strictSame(header, ['id', 'nome']);
    t.strictSame(all, [
      { line: 2, cells: ['1', 'Ana'] },
      { line: 5, cells: ['2', 'Lia\nMaria; "Li"'] },
      { line: 7, cells: ['3', ''] },
    ]);
    const old = await readAll(write('a,b\r1,2\r3,4'));
    t.strictSame(old.all.at(-1), { line: 3, cells: ['3', '4'] }, 'lines as on an old Mac');
    t.strictSame(placesOf(old, ['b', 'a']), [1, 0]);
  });

  await t.test('a table may be read again, and left in its midst', async (t) => {
    const table = await readAll(write(`a;b\n${'1;2\n'.repeat(50_000)}`));
    t.equal(table.all.length, 50_000);
    for await (const { line } of table.rows()) {
      t.equal(line, 2);
      break;
    }
  });

  await t.test('the encoding is found out where there is no doubt', async (t) => {
    const found = async (content: string | Uint8Array) => {
      const { encoding, header, all } = await readAll(write(content));
      return [encoding, ...header, ...(all[0]?.cells ?? [])];
    };
    t.strictSame(await found('id;nome\n1;Jose'), ['utf-8', 'id', 'nome', '1', 'Jose']);
    t.strictSame(await found('\uFEFFid;nome\n1;José'), ['utf-8', 'id', 'nome', '1', 'José']);
    const latin = Buffer.from('id;nome\n1;João “Zé”'.replace('“', '\x93').replace('”', '\x94'), 'latin1');
    t.strictSame(await found(latin), ['windows-1252', 'id', 'nome', '1', 'João “Zé”']);
    const wide = Buffer.from('id;nome\n1;José', 'utf16le');
    t.strictSame(await found(wide), ['utf-16le', 'id', 'nome', '1', 'José']);
    t.strictSame(await found(Buffer.from(wide).swap16()), ['utf-16be', 'id', 'nome', '1', 'José']);
    t.strictSame(await found(Buffer.from('\uFEFFid;nome\n1;José', 'utf16le')), [
      'utf-16le',
      'id',
      'nome',
      '1',
      'José',
    ]);
    // A letter of several bytes lies across what is read at once.
    const late = await readAll(
      write(`id;nome\n1;${'x'.repeat((1 << 18) - 11)}é\n2;${'y'.repeat(900_000)}ç\n`),
    );
    t.equal(late.encoding, 'utf-8');
    t.ok(late.all[0]?.cells[1]?.endsWith('xé'));
  });

  await t.test('the separator is found out where there is no doubt', async (t) => {
    const found = async (content: string) => (await readAll(write(content))).separator;
    t.equal(await found('id,nome\n1,a;b\n'), ',');
    t.equal(await found('id\tnome\n1\ta\n'), '\t');
    t.equal(await found('id;"nome, todo"\n1;a\n'), ';', 'in quotes there is none');
    t.equal(await found('id;nome, todo\n1;a, b\n2;c\n'), ';', 'all rows have as many cells');
    t.equal(await found('id\n1\n'), ';');
  });

  await t.test('whatever stands in a table is read back as it was', async () => {
    const cell = string({
      unit: constantFrom('a', 'é', ' ', 'ç', ';', ',', '\t', '"', '\n', '9', '€'),
      maxLength: 6,
    }).map((text) => text.trim());
    const rows = array(tuple(cell, cell, cell), { maxLength: 8 });
    await hold(
      asyncProperty(
        rows,
        constantFrom(...separators),
        constantFrom(...encodings),
        constantFrom('\n', '\r\n'),
        async (rows, separator, encoding, end) => {
          const text = stringify([['a', 'b', 'c'], ...rows], {
            delimiter: separator,
            record_delimiter: end,
            quoted: true,
          });
          const { all } = await readAll(write(encoded(text, encoding)), { encoding, separator });
          const wanted = rows.filter((cells) => cells.some((each) => each !== ''));
          assert.deepEqual(
            all.map(({ cells }) => cells),
            wanted,
          );
        },
      ),
      { numRuns: runs(60, 1000) },
    );
  });
}

function encoded(text: string, encoding: (typeof encodings)[number]): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'windows-1252') return Buffer.from(text.replaceAll('€', '\x80'), 'latin1');
  const wide = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16le' ? wide : wide.swap16();
}
