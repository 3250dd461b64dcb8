import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import type { QuarantinedRow } from '../../../central/base/source-layer/quarantine.ts';
import { quarantineReasons } from '../../../central/base/source-layer/quarantine-codes.ts';
import {
  exportQuarantined,
  listQuarantined,
  type QuarantineOptions,
} from '../../../central/commands/quarantine.ts';
import { quarantineCsv } from '../../../central/commands/quarantine-csv.ts';
import { keyText, maskText } from '../../../central/words/mask.ts';
import type { Row } from '../../support/array-source.ts';
import { centralDatabase, testFolder } from '../../support/bases.ts';
import { Loader } from '../../support/loader.ts';
import type { TestPostgres } from '../../support/postgres.ts';

export async function quarantined(t: Test, server: TestPostgres): Promise<void> {
  await t.test('I10: each code is told in a sentence, with what to do', (t) => {
    for (const { title, hint } of Object.values(quarantineReasons)) {
      t.match(title, /^\p{Lu}.+\.$/u);
      t.match(hint, /^\p{Lu}.+\.$/u);
    }
    t.end();
  });

  await t.test('a masked value shows two characters at most, and never more than a third', (t) => {
    for (const [text, masked] of [
      ['12345678901', '12…'],
      ['000123', '00…'],
      ['12345', '1…'],
      ['12', '…'],
      ['', '…'],
      ['🙂🙂🙂', '🙂…'],
    ] as const) {
      t.equal(maskText(text), masked);
    }
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const shown = Array.from(maskText(text)).slice(0, -1);
        return (
          text.startsWith(shown.join('')) && shown.length <= 2 && shown.length * 3 <= Array.from(text).length
        );
      }),
    );
    t.end();
  });

  await t.test('a key as people read it: null, blank and bytes are told apart from text', (t) => {
    const key = ['12345678', null, ' ', '\0ff00'];
    t.equal(keyText(key, false), '12… / (nulo) / (em branco) / (bytes)');
    t.equal(keyText(key, true), '12345678 / (nulo) / (em branco) / (bytes) ff00');
    t.equal(keyText(['k'.repeat(500)], true).length, 61);
    t.end();
  });

  const row: QuarantinedRow = {
    ...{
      source: 'AL',
      view: 'vinculo',
      key: ['123456'],
      code: 'column-empty',
      reason: 'custodiado_id',
      copies: 1,
    },
    ...{ opened: '2026-06-01T03:00:00Z', lastSeen: '2026-06-02T03:00:00Z', resolved: null, digest: '7' },
    columns: ['id', 'observacao', 'custodiado_id'],
    values: ['123456', 'FULANO; DE "TAL"', null],
  };

  async function csvOf(rows: readonly QuarantinedRow[], reveal: boolean): Promise<string> {
    let text = '';
    for await (const line of quarantineCsv(
      (async function* () {
        yield* rows;
      })(),
      reveal,
    ))
      text += line;
    return text;
  }

  await t.test('the CSV for the state: BOM, semicolons, no value of a row unless asked for', async (t) => {
    t.equal(
      await csvOf([row], false),
      '\uFEFFvisao;chave;codigo;motivo;o_que_fazer;colunas;desde\r\n' +
        'vinculo;12…;column-empty;Uma coluna obrigatória está vazia.;Preencha a coluna na origem.;custodiado_id;' +
        '2026-06-01T03:00:00Z\r\n',
    );
    const revealed = await csvOf([row], true);
    t.match(revealed, /;desde;valores\r\n/);
    t.match(revealed, ';123456;', 'the key in full');
    const cell = JSON.stringify({ id: '123456', observacao: 'FULANO; DE "TAL"', custodiado_id: null });
    t.ok(revealed.endsWith(`;"${cell.replaceAll('"', '""')}"\r\n`));
  });

  await t.test('no cell is a formula to a spreadsheet', async (t) => {
    for (const start of ['=', '+', '-', '@', '\t=', '\r=']) {
      const text = await csvOf([{ ...row, key: [`${start}HYPERLINK("x")`], reason: `${start}1` }], true);
      const [, line = ''] = text.split('\r\n', 2);
      t.notMatch(line, new RegExp(`(^|;)"?[=+@\\t-]`), JSON.stringify(start));
      t.match(text, `'${start}1`);
    }
  });

  async function central(t: Test) {
    const { base, url } = await centralDatabase(t, server, 'quarentena');
    const folder = testFolder(t);
    const config = join(folder, 'guarita-central.yaml');
    const source = (uf: string) =>
      `  - { uf: ${uf}, url: "http://127.0.0.1:1", agentKey: k.jwk, grant: g.grant }\n`;
    writeFileSync(
      config,
      `state: ${folder}\nbase:\n  url: ${url}\n` +
        `  password: { env: SENHA }\nsources:\n${source('AL')}${source('RO')}`,
    );
    const run = async (
      work: (options: QuarantineOptions, context: Parameters<typeof exportQuarantined>[2]) => Promise<void>,
      options: object = {},
    ) => {
      const lines: string[] = [];
      await work(
        { config, ...options },
        {
          environment: { SENHA: 'admin' },
          print: (line) => void lines.push(line),
          stop: new AbortController().signal,
        },
      );
      return lines.join('\n');
    };
    const list = (uf?: string, options: object = {}) =>
      run((all, context) => listQuarantined(uf, all, context), options);
    const save = (uf: string, options: object = {}) =>
      run((all, context) => exportQuarantined(uf, all, context), options);
    return { base, folder, list, save };
  }

  await t.test('list and export, from a base on a server', async (t) => {
    const { base, folder, list, save } = await central(t);
    t.equal(await list(), 'Nenhuma linha em quarentena.');
    const twice = (id: string): Row[] => [
      [id, 'FULANO DE TAL', 'x'],
      [id, 'BELTRANO DE TAL', 'x'],
    ];
    await (await Loader.on(base, 'AL')).load(twice('70010020030'));
    await (await Loader.on(base, 'RO')).load(Array.from({ length: 150 }, (_, i) => twice(`RO${i}`)).flat());

    await t.test('I10: neither shows a person unless asked to', async (t) => {
      const table = await list('al');
      t.match(table, '70…');
      t.match(table, /key-repeated.*Há mais de uma linha com a mesma chave\. \(id\)/s);
      for (const output of [table, await list('AL', { json: true }), await save('AL')]) {
        t.notMatch(output, /70010020030|FULANO/);
      }
      t.match(await list('AL', { reveal: true }), '70010020030');
      t.match(JSON.parse(await list('AL', { json: true, reveal: true })), [{ key: '70010020030' }, {}]);
      t.match(await save('AL', { reveal: true }), /70010020030.*FULANO DE TAL/s);
    });

    await t.test('a long list says how much more there is; an export has it all', async (t) => {
      t.match(await list('RO'), 'Mostradas as 200 mais antigas de 300.');
      t.match(await list(), 'Mostradas as 200 mais antigas de 302.');
      t.equal(await list('RO', { view: 'outra' }), 'Nenhuma linha em quarentena.');
      t.equal((await save('RO')).split('\n').length, 301);
    });

    await t.test('a file is its owner’s alone, also where there was one before', async (t) => {
      for (const name of ['new.csv', 'there.csv']) {
        const out = join(folder, name);
        if (name === 'there.csv') writeFileSync(out, 'x'.repeat(100_000), { mode: 0o644 });
        t.equal(await save('RO', { out }), `✓ ${out}`);
        t.equal(statSync(out).mode & 0o777, 0o600);
        const bytes = readFileSync(out);
        t.strictSame([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
        t.equal(bytes.toString().split('\r\n').length, 302);
      }
      const nowhere = join(folder, 'no', 'such', 'folder.csv');
      await t.rejects(save('RO', { out: nowhere }), { code: 'option-invalid', detail: /^--out: / });
      t.notOk(existsSync(nowhere));
    });

    await t.test('a source that is not configured', async (t) => {
      await t.rejects(list('XX'), { code: 'source-unknown' });
      await t.rejects(save('XX'), { code: 'source-unknown' });
    });
  });
}
