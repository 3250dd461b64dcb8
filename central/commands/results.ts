import { count } from '../../shared/count-format.ts';
import { plainTable } from '../../shared/plain-table.ts';
import type { SourceResult } from '../collect/collect-source.ts';
import type { Attention } from '../state/attentions.ts';

const outcomes = {
  complete: 'completa',
  failed: 'falhou',
  stopped: 'interrompida',
  'needs-attention': 'aguarda decisão',
  ended: 'encerrada',
} as const;
/** Beside the name of a view whose row of the table tells of a reconciliation. */
const kinds = { collect: '', reconcile: ' (conferência)' } as const;
const seconds = new Intl.NumberFormat('pt-BR', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/**
 * The table of a run, a row per source and view, and one more where the view was reconciled. Removed rows are a dash
 * where none were found by collecting: a watermark cannot see them.
 */
export function resultsTable(results: readonly SourceResult[]): string {
  const table = plainTable(
    [
      ...['UF', 'visão', 'lidas', 'novas', 'alteradas', 'iguais', 'removidas', 'quarentena'],
      ...['segundos', 'situação'],
    ],
    { colAligns: ['left', 'left', ...Array<'right'>(7).fill('right'), 'left'] },
  );
  for (const { source, views } of results) {
    for (const view of views) {
      const numbers = [view.rows, view.new, view.changed, view.unchanged].map((n) => count.format(n));
      const problem = view.problem === null ? '' : ` (${view.problem})`;
      table.push([
        source,
        view.view + kinds[view.kind],
        ...numbers,
        view.kind === 'collect' && view.removed === 0 ? '–' : count.format(view.removed),
        count.format(view.quarantined),
        seconds.format(view.seconds),
        outcomes[view.outcome] + problem,
      ]);
    }
  }
  return table.toString();
}

/** The same for programs, with what waits for a decision. */
export function resultsJson(results: readonly SourceResult[], waiting: readonly Attention[]): string {
  return JSON.stringify(
    results.map(({ source, outcome, error, views }) => ({
      source,
      outcome,
      problem: error?.code ?? null,
      views,
      attention: waiting.filter((one) => one.source === source),
    })),
  );
}

/** One line for a source's run, for the service. */
export function resultLine({ source, outcome, error, views }: SourceResult): string {
  const sum = (of: (view: SourceResult['views'][number]) => number) =>
    count.format(views.reduce((total, view) => total + of(view), 0));
  const counts = [
    `${sum((v) => v.rows)} lidas`,
    `${sum((v) => v.new)} novas`,
    `${sum((v) => v.changed)} alteradas`,
    `${sum((v) => v.unchanged)} iguais`,
    `${sum((v) => v.removed)} removidas`,
    `${sum((v) => v.quarantined)} em quarentena`,
  ];
  const problem = error === null ? '' : ` (${error.code})`;
  return `${source}: ${outcomes[outcome]}${problem}; ${counts.join(', ')}`;
}
