import assert from 'node:assert/strict';
import { array, asyncProperty, boolean, constantFrom, assert as hold, tuple, uint8Array } from 'fast-check';
import type { Test } from 'tap';
import { placesOf } from '../../../central/tables/columns.ts';
import type { TableForm } from '../../../central/tables/table.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { runs } from '../../support/runs.ts';
import { filesOf, readAll } from './scene.ts';

/** Stands in rows; must never be told. */
const secret = 'Fulana';

export async function badTables(t: Test): Promise<void> {
  const write = filesOf(t);
  const wrong = async (content: string | Uint8Array, form?: TableForm): Promise<string> => {
    const file = write(content);
    try {
      const table = await readAll(file, form);
      placesOf(table, ['id', 'nome']);
    } catch (error) {
      if (!(error instanceof GuaritaError)) throw error;
      t.equal(error.code, 'table-invalid');
      t.notMatch(error.message, secret);
      return error.detail.replace(`Arquivo "${file}"`, '…');
    }
    return 'nothing';
  };

  t.equal(await wrong(''), '…: está vazio.');
  t.equal(await wrong('\uFEFF\n  \n;;\n'), '…: está vazio.');
  t.match(await wrong(`id;nome\n1;${secret}\n2;a;b\n`), '…, linha 3: tem 3 colunas; o cabeçalho tem 2.');
  t.match(await wrong(`id;nome\n1;${secret}\n2\n`), '…, linha 3: tem 1 colunas');
  t.match(
    await wrong(`id;nome\n1;"${secret}\n2;a\n`),
    /^…, linha 3: aspas que abrem aqui, ou antes, não fecham/,
  );
  t.match(await wrong(`id;nome\n1;"${secret}${'\n2;a'.repeat(400_000)}`), /uma linha longa demais/);
  t.match(await wrong(`id;nome\n1;"${secret}"a\n`), /^…, linha 2: depois de aspas que fecham/);
  t.match(await wrong(`id;nome\n1;a"${secret}"\n`), /^…, linha 2: aspas no meio/);
  t.match(await wrong(`id;nome\n1;${secret}\n2;\0\n`), /^…, linha 3: há um caractere NUL/);
  t.match(
    await wrong(Buffer.from(`id;nome\n1;${secret}\n2;\0\n`, 'utf16le')),
    /^…, linha 3: há um caractere NUL/,
  );

  const mixed = Buffer.concat([
    Buffer.from(`id;nome\n1;${secret} José\n2;`),
    Buffer.from('João\n', 'latin1'),
  ]);
  t.match(await wrong(mixed), /^…, linha 3: parte do texto é UTF-8 e parte não é/);
  t.match(await wrong(mixed, { encoding: 'utf-8' }), /há bytes que não são UTF-8/);
  t.equal(await wrong(mixed, { encoding: 'windows-1252' }), 'nothing', 'a person may say how');
  t.match(await wrong(Buffer.from([0x61, 0x81, 0x0a])), /parte não é/, 'no letter of Windows-1252 either');
  t.match(await wrong('id;nome,todo\n1;a,b\n'), '…, linha 1: mais de um separador serve.');

  t.match(await wrong('id;nome todo\n1;a\n'), '…: não há coluna "nome". Há: id, nome todo.');
  t.match(
    await wrong(`7;${secret};1980-01-31\n`),
    /^…: não há coluna "id", "nome". A primeira linha não parece/,
  );
  t.match(await wrong('id;nome;id\n1;a;2\n'), '…, linha 1, coluna "id": duas colunas têm este nome.');

  const gone = await readAll('/nowhere/at/all.csv').catch((error: unknown) => error);
  t.match(gone, { code: 'table-invalid', detail: 'Arquivo "/nowhere/at/all.csv": não se pode ler.' });
  t.match(await readAll('/').catch((error: unknown) => error), { detail: /não é um arquivo/ });

  await t.test('any bytes are a table, or are told to be none', async () => {
    const part = constantFrom('a', ';', ',', '\t', '"', '\n', '\r', ' ', 'é', '\xe9', '\0', '\uFEFF', '€');
    const text = array(tuple(part, boolean()), { maxLength: 30 });
    await hold(
      asyncProperty(text, uint8Array({ maxLength: 6 }), async (parts, bytes) => {
        const written = parts.map(([each, latin]) => Buffer.from(each, latin ? 'latin1' : 'utf8'));
        await readAll(write(Buffer.concat([...written, bytes, ...written]))).then(
          ({ header, all }) => assert.ok(all.every(({ cells }) => cells.length === header.length)),
          (error: unknown) => assert.equal(error instanceof GuaritaError && error.code, 'table-invalid'),
        );
      }),
      { numRuns: runs(100, 2000) },
    );
  });
}
