import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { openTable, type Table, type TableForm, type TableRow } from '../../../central/tables/table.ts';
import { temporaryParent } from '../../support/temporary-parent.ts';

/** Writes files into a folder that is gone after the test. */
export function filesOf(t: Test): (content: string | Uint8Array) => string {
  const folder = mkdtempSync(join(temporaryParent(), 'guarita-tables-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return (content) => {
    const file = join(folder, 'tabela.csv');
    writeFileSync(file, content);
    return file;
  };
}

/** All of a table: how it was read, and its rows. */
export async function readAll(file: string, form?: TableForm): Promise<Table & { all: TableRow[] }> {
  const table = await openTable(file, form);
  const all: TableRow[] = [];
  for await (const row of table.rows()) all.push(row);
  return { ...table, all };
}
