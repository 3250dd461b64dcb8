import { count } from '../../shared/count-format.ts';
import { writtenMoment } from '../../shared/day.ts';
import { plainTable } from '../../shared/plain-table.ts';
import type { StatusRow } from './row.ts';
import { healths } from './states.ts';

/** Each view for people, two lines each: 80 columns. */
export function viewsTable(rows: readonly StatusRow[]): string {
  const table = plainTable(
    ['UF', 'visão\n(modo)', 'última coleta\nconferida', 'linhas\nquarentena', 'situação'],
    { colAligns: ['left', 'left', 'left', 'right', 'left'] },
  );
  for (const row of rows) {
    table.push([
      row.source,
      `${row.view ?? '–'}\n${row.mode === null ? '' : `(${row.mode})`}`,
      `${instant(row.lastSuccess)}\n${instant(row.lastReconciliation)}`,
      `${number(row.rows)}\n${number(row.quarantined)}`,
      healths[row.health],
    ]);
  }
  return table.toString();
}

function instant(text: string | null): string {
  return text === null ? '–' : writtenMoment(text);
}

function number(value: number | null): string {
  return value === null ? '–' : count.format(value);
}
