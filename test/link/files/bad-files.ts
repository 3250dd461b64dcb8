import { join } from 'node:path';
import type { Test } from 'tap';
import type { Summary } from '../../../central/link-files/summarize.ts';
import { runCommand } from '../../support/commands.ts';
import { isNothing, sceneOf } from './scene.ts';

/** Stands in rows; must never be told. */
const secret = 'FULANA';
const columns = 'id=id,name=nome,birth=nascimento:DD/MM/YYYY';

export async function badFiles(t: Test): Promise<void> {
  const { folder, write, link } = sceneOf(t);
  const into = join(folder, 'vinculo');

  await t.test('files that are not linked', async (t) => {
    const wrong = async (content: string | Uint8Array, ...more: string[]): Promise<string> => {
      const args = ['import', write('a.csv', content), '--into', into, '--columns', columns, ...more];
      const { code, errors } = await link(...args);
      t.equal(code, 2);
      t.notMatch(errors, secret);
      t.ok(isNothing(into));
      return errors;
    };
    const head = 'id;nome;nascimento';
    t.match(await wrong(`${head}\n`), /só tem o cabeçalho/);
    t.match(await wrong(`${head}\n1;${secret};\n1;ANA;\n`), /linha 3: o id é o mesmo da linha 2/);
    t.match(await wrong(`${head}\n1;${secret};\n;ANA;\n`), /linha 3, coluna "id": o id está vazio/);
    t.match(await wrong(`id;name\n1;${secret}\n`), /não há coluna "nome", "nascimento". Há: id, name\./);
    t.match(await wrong(`${head}\n1;${secret};\n`, '--truth', 'dono'), /não há coluna "dono"/);
    t.match(
      await wrong(`${head}\n1;${secret};31/01/1980\n2;ANA;1980-01-31\n3;LIA;\n`),
      /linha 3, coluna "nascimento": 1 de 2 datas não são da forma DD\/MM\/YYYY/,
    );
    t.match(
      await wrong(`${head}\n1;${secret};01/31/1980\n`, '--columns', 'id=id,name=nome,birth=nascimento'),
      /linha 2, coluna "nascimento": 1 de 1 datas não se entendem/,
    );
    t.match(
      await wrong(`${head}\n1;${secret};\n`, '--locale', 'fr'),
      /--locale: "fr"; há: pt-BR, en, neutral/,
    );
    t.match(await wrong(`${head}\n1;${secret};\n`, '--seed', '1.5'), /--seed/);
    t.match(await wrong(`${head}\n1;${secret};\n`, '--encoding', 'ebcdic'), /--encoding/);
    t.match(await wrong(`${head}\n1;${secret};\n`, '--separator', '|'), /--separator/);
    write('vinculo.txt', 'mine');
    const { errors } = await link(
      'import',
      write('a.csv', `${head}\n1;A;\n`),
      '--into',
      folder,
      '--columns',
      columns,
    );
    t.match(errors, /já tem outras coisas/);
  });

  await t.test('registers that say little, or all the same', async (t) => {
    const told = async (rows: readonly string[], ...more: string[]): Promise<Summary> => {
      const file = write('a.csv', `id;nome;nascimento\n${rows.join('\n')}\n`);
      const { output, errors } = await link(
        ...['import', file, '--into', into, '--columns', columns, '--json', ...more],
      );
      t.equal(errors, '');
      return JSON.parse(output) as Summary;
    };
    const none = await told(['1;;', '2;;01/02/1980', '3;---;']);
    t.strictSame([none.registers, none.persons, none.compared], [3, 3, 0]);
    const one = await told([`1;${secret};`]);
    t.equal(one.persons, 1);
    const rows = ['1;ANA LIMA;31/01/1980', '2;ANA LIMA;31/01/1980', '3;ANA LIMA;1980'];
    const others = Array.from({ length: 20 }, (_, at) => `${at + 4};LIA;${10 + at}/03/19${50 + at}`);
    const few = await told([...rows, ...others]);
    t.strictSame([few.unreadDates, few.model.lessons], [1, 0], 'few others are left out and counted');
    const same = await told(Array.from({ length: 2500 }, (_, id) => `${id};JOSE DA SILVA;01/02/1980`));
    t.strictSame(
      [same.persons, same.compared],
      [2500, 0],
      'in one block that is too large nobody is compared',
    );
    t.equal(same.leftOut[0]?.largest, 2500);
    const text = await link('import', join(folder, 'a.csv'), '--into', into, '--columns', columns);
    t.match(text.output, /^Pares +nenhum comparado/m);
    t.match(text.output, /^De fora +\d+ blocos de registros/m);
    t.match(text.output, /nada nestes registros o ensina/);
  });

  await t.test('one who is told to stop writes nothing', async (t) => {
    const stop = AbortSignal.abort();
    const place = join(folder, 'parado');
    const args = ['link', 'import', join(folder, 'a.csv'), '--into', place, '--columns', columns];
    const { code, output } = await runCommand('central', args, { stop });
    t.equal(code, 1);
    t.equal(output, 'Interrompido: nada foi gravado.');
    t.ok(isNothing(place));
  });
}
