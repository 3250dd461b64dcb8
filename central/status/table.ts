import { count } from '../../shared/count-format.ts';
import type { Health } from '../../shared/doctor/health.ts';
import { plainTable } from '../../shared/plain-table.ts';
import type { StatusRow } from './row.ts';
import { duration, findingWords } from './words.ts';

const healths: Readonly<Record<Health, string>> = { ok: '✓ ok', warning: '! atenção', critical: '✗ crítico' };

/** The status for people: instants in the zone of the schedules. */
export function statusTable(rows: readonly StatusRow[], timeZone: string): string {
  const table = plainTable(
    [
      ...['UF', 'visão', 'modo', 'última coleta', 'atraso', 'linhas', 'quarentena', 'conferida'],
      ...['próxima', 'ACT (dias)', 'situação'],
    ],
    {
      colAligns: [
        ...Array<'left'>(4).fill('left'),
        ...Array<'right'>(3).fill('right'),
        ...['left' as const, 'left' as const, 'right' as const, 'left' as const],
      ],
    },
  );
  const format = new Intl.DateTimeFormat('pt-BR', { dateStyle: 'short', timeStyle: 'short', timeZone });
  const instant = (text: string | null) => (text === null ? '–' : format.format(new Date(text)));
  for (const row of rows) {
    table.push([
      row.source,
      row.view ?? '–',
      row.mode ?? '–',
      instant(row.lastSuccess),
      row.lagSeconds === null ? '–' : duration(row.lagSeconds),
      number(row.rows),
      number(row.quarantined),
      instant(row.lastReconciliation),
      instant(row.nextRun),
      number(row.act?.daysLeft ?? null),
      [healths[row.health], ...row.findings.map((finding) => `  ${findingWords(finding, row)}`)].join('\n'),
    ]);
  }
  return table.toString();
}

function number(value: number | null): string {
  return value === null ? '–' : count.format(value);
}
