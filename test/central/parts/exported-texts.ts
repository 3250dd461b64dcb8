import assert from 'node:assert/strict';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import type { QuarantinedRow } from '../../../central/base/source-layer/quarantine.ts';
import { accessText, grantsText, personText, watchedText } from '../../../central/commands/access/words.ts';
import { printOrWrite } from '../../../central/commands/print-or-write.ts';
import { quarantineCsv } from '../../../central/commands/quarantine-csv.ts';
import { findingsCsv } from '../../../central/words/findings-csv.ts';
import { withoutEscape } from '../../../shared/csv-cell.ts';
import { oddText } from '../../support/odd-text.ts';
import { runs } from '../../support/runs.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';

const numRuns = runs(100, 400);

/** As a command prints it where no file is named, and as it is read back: cells of all rows but the header. */
async function readBack(lines: AsyncIterable<string>): Promise<string[][]> {
  let text = '';
  const print = (line: string) => {
    text += `${line}\n`;
  };
  await printOrWrite(lines, { out: undefined }, { print });
  const rows = parse(text, { delimiter: ';', bom: true, record_delimiter: '\r\n' });
  return rows.slice(1).map((cells) => cells.map(withoutEscape));
}

async function* each<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}

/** What people and states wrote stays where it was put, in each export and each list. */
export async function exportedTexts(t: Test): Promise<void> {
  await t.test('what cannot be read is no fault of the file that it goes to', async (t) => {
    const file = join(temporaryFolder(t), 'x.csv');
    const unread = new TypeError('of the base');
    const lines = async function* (): AsyncGenerator<string> {
      yield 'a\n';
      throw unread;
    };
    await t.rejects(printOrWrite(lines(), { out: file }, { print: () => undefined }), unread);
    const elsewhere = printOrWrite(each(['a']), { out: join(file, 'y') }, { print: () => undefined });
    await t.rejects(elsewhere, { code: 'option-invalid', message: /x\.csv/ });
  });
  await t.test('findings and quarantine, as CSV', async (t) => {
    await fc.assert(
      fc.asyncProperty(oddText(), oddText(), async (value, reason) => {
        const finding = {
          source: 'AL',
          view: 'custodiado',
          rule: 'P99',
          id: '1',
          item: '',
          since: 'x',
          seen: 'x',
        };
        const [found] = await readBack(findingsCsv(each([{ ...finding, value }]), true));
        assert.equal(found?.at(-1), value);
        const row: QuarantinedRow = {
          ...{ source: 'AL', view: 'vinculo', key: ['1'], code: 'column-empty', reason, copies: 1 },
          ...{ opened: 'x', lastSeen: 'x', resolved: null, digest: '7', columns: ['nome'], values: [value] },
        };
        const [kept] = await readBack(quarantineCsv(each([row]), true));
        assert.equal(kept?.at(-3), reason);
        assert.deepEqual(JSON.parse(kept?.at(-1) ?? ''), { nome: value });
      }),
      { numRuns },
    );
    t.end();
  });

  await t.test('who has access, at the terminal', (t) => {
    const [from, until] = ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'];
    const now = new Date('2026-06-01T12:00:00Z');
    fc.assert(
      fc.property(oddText(), (text) => {
        const person = {
          ...{
            id: 'x',
            cpf: '12345678909',
            name: text,
            email: text,
            blocked: { since: from, why: 'operator' as const },
            reason: text,
            factors: 1,
          },
          ...{ lastSignIn: null, sessions: 0, hasPassword: true, temporaryUntil: null },
          roles: [{ body: 'DPE-AL', role: 'agente', from, until, recertifyBy: until, bodyEnded: null }],
        };
        const body = { id: 'x', short: 'DPE-AL', name: text, people: 1, ended: null, isCentral: false };
        const grant = {
          ...{ id: 'x', body: 'DPE-AL', agreement: text, views: [], sensitive: [], hidden: [], states: [] },
          ...{ purposes: [], personQuota: 1, bodyQuota: 1, from, until },
        };
        for (const told of [
          accessText({ bodies: [body], people: [person] }, {}, now),
          personText(person, {}),
          grantsText([grant]),
          watchedText([{ register: 'x', reason: text, since: from }]),
        ]) {
          assert.doesNotMatch(told, /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u);
        }
      }),
      { numRuns },
    );
    t.end();
  });
}
