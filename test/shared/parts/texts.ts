import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { pino } from 'pino';
import type { Test } from 'tap';
import { csvLines, csvStart } from '../../../shared/csv.ts';
import { withoutEscape } from '../../../shared/csv-cell.ts';
import { fileLines } from '../../../shared/file-lines.ts';
import { loggerOptions } from '../../../shared/log.ts';
import { plainTable } from '../../../shared/plain-table.ts';
import { plainJson, plainLines, plainText } from '../../../shared/plain-text.ts';
import { printTo } from '../../../shared/print-to.ts';
import { testFolder } from '../../support/bases.ts';
import { oddText } from '../../support/odd-text.ts';
import { runs } from '../../support/runs.ts';

const numRuns = runs(300, 1200);
/** Whatever acts on a terminal, but line breaks. */
const acting = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;

/** A stream that keeps what is written to it. */
function kept(isTTY: boolean) {
  const parts: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      parts.push(chunk.toString('utf8'));
      done();
    },
  });
  return {
    text: () => parts.splice(0).join(''),
    stream: Object.assign(stream, { isTTY }) as NodeJS.WriteStream,
  };
}

/** No text of a user leaves its place: in CSV, at a terminal, in a log, in lines of JSON. */
export async function textsInPlace(t: Test): Promise<void> {
  await t.test('a CSV is read back as it was, and no cell of it is a formula (ASVS 1.2.10)', (t) => {
    const rows = fc.array(fc.array(oddText(), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(rows, (rows) => {
        const text = csvStart + csvLines([['a', 'b', 'c'], ...rows]);
        const [, ...read] = parse(text, {
          delimiter: ';',
          bom: true,
          record_delimiter: '\r\n',
        });
        for (const cell of read.flat()) assert.doesNotMatch(cell, /^[=+\-@\t\r\n\0＝＋－＠]/);
        assert.deepEqual(
          read.map((cells) => cells.map(withoutEscape)),
          rows,
        );
      }),
      { numRuns },
    );
    t.equal(csvLines([["'=1", "'x", -1.5]]), "''=1;'x;-1,5\r\n", 'a number is one');
    t.end();
  });

  await t.test('at a terminal nothing of it acts; a file has each character', (t) => {
    const [terminal, file] = [kept(true), kept(false)];
    const [toTerminal, toFile] = [printTo(terminal.stream), printTo(file.stream)];
    fc.assert(
      fc.property(oddText(), (text) => {
        toTerminal(text);
        assert.doesNotMatch(terminal.text(), acting);
        toFile(text);
        assert.equal(file.text(), `${text}\n`);
        assert.doesNotMatch(plainText(text), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        if (!acting.test(text)) assert.equal(plainLines(text), text);
      }),
      { numRuns },
    );
    t.equal(plainLines('a;b\r\nc'), 'a;b\nc', 'a line break of another kind is one');
    t.end();
  });

  await t.test('a table stays one', (t) => {
    const cell = fc.oneof(
      oddText(),
      oddText().map((content) => ({ content, colSpan: 1 })),
    );
    fc.assert(
      fc.property(cell, cell, (one, other) => {
        const table = plainTable(['a', 'b'], { colWidths: [20, 20], wordWrap: true });
        table.push([one, other]);
        assert.doesNotMatch(table.toString(), acting);
      }),
      { numRuns: runs(100, 400) },
    );
    t.end();
  });

  await t.test('a record of the log is one line of JSON, whatever stands in it', (t) => {
    const { text, stream } = kept(false);
    const log = pino(loggerOptions('trace'), stream).child({ name: 'test' });
    fc.assert(
      fc.property(oddText(), oddText(), (said, value) => {
        log.info({ value, [`x${said}`]: 1 }, said);
        const [line = '', ...others] = text().split('\n');
        assert.deepEqual(others, ['']);
        assert.doesNotMatch(line, acting);
        const read = JSON.parse(line) as Record<string, unknown>;
        assert.equal(read['value'], value);
        // With nothing to say, nothing is said.
        assert.equal(read['msg'] ?? '', said);
      }),
      { numRuns },
    );
    t.end();
  });

  await t.test('JSON says the same, in one line, however its lines are ended', async (t) => {
    const file = join(testFolder(t), 'lines.jsonl');
    const texts = fc.array(oddText(), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(texts, async (texts) => {
        for (const told of [JSON.stringify, plainJson]) {
          writeFileSync(file, texts.map((text) => `${told(text)}\n`).join(''));
          const read: unknown[] = [];
          for await (const line of fileLines(file)) read.push(JSON.parse(line));
          assert.deepEqual(read, texts);
        }
        assert.doesNotMatch(plainJson(texts), acting);
      }),
      { numRuns: runs(60, 240) },
    );
    writeFileSync(file, '1\r\n2');
    const lines: string[] = [];
    for await (const line of fileLines(file)) lines.push(line);
    t.strictSame(lines.map(Number), [1, 2]);
  });
}
