import { stringify } from 'csv-stringify/sync';
import { count } from '../../shared/count-format.ts';
import { asCell } from '../../shared/csv-cell.ts';
import { writtenDay } from '../../shared/day.ts';
import { plainTable } from '../../shared/plain-table.ts';
import type { ProgramContext } from '../../shared/program.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { withHome } from '../home.ts';
import { type ServedMonth, servedByMonth } from '../journal/served.ts';

export interface ReportOptions {
  readonly config: string;
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** The closing report of an agreement: what was served under it, by month and view, as the journal has it. */
export async function actReport(
  options: ReportOptions,
  { environment, print }: ProgramContext,
): Promise<void> {
  await withHome(readAgentConfig(options.config, environment), (home) => {
    const agreement = home.agreements.get();
    const months = servedByMonth(home.db);
    const head = home.journal.heads().at(-1) ?? null;
    if (options.json === true) {
      print(JSON.stringify({ agreement, months, head }));
      return;
    }
    if (options.csv === true) {
      print(stringify([...months], { header: true, cast: { string: asCell } }).trimEnd());
      return;
    }
    print(
      [
        `Relatório do ACT ${agreement.number}, de ${writtenDay(agreement.begin)} a ${writtenDay(agreement.end)}`,
        ...agreement.extensions.map(
          ({ document, until }) => `  aditivo ${document}: até ${writtenDay(until)}`,
        ),
        tableOf(months),
        ...(head === null ? [] : [`Diário: ${count.format(head.id)} registros; último resumo ${head.hash}`]),
      ].join('\n'),
    );
  });
}

function tableOf(months: readonly ServedMonth[]): string {
  const table = plainTable(['mês', 'visão', 'pedidos', 'linhas', 'bytes', 'recusados'], {
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right'],
  });
  for (const { month, view, requests, rows, bytes, refused } of months) {
    table.push([month, view ?? '–', ...[requests, rows, bytes, refused].map((n) => count.format(n))]);
  }
  return table.toString();
}
