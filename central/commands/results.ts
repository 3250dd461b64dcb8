import Table from 'cli-table3';
import type { SourceResult } from '../collect/collect-source.ts';

const outcomes = { complete: 'completa', failed: 'falhou', stopped: 'interrompida' } as const;
const count = new Intl.NumberFormat('pt-BR');
const seconds = new Intl.NumberFormat('pt-BR', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/**
 * The table of a collection, a row per source and view. Removed rows are a dash: a watermark cannot see them, they
 * are found by reconciliation.
 */
export function resultsTable(results: readonly SourceResult[]): string {
  const table = new Table({
    head: ['UF', 'visão', 'lidas', 'novas', 'alteradas', 'iguais', 'removidas', 'segundos', 'situação'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  });
  for (const { source, views } of results) {
    for (const view of views) {
      const numbers = [view.rows, view.new, view.changed, view.unchanged].map((n) => count.format(n));
      const problem = view.problem === null ? '' : ` (${view.problem})`;
      table.push([
        source,
        view.view,
        ...numbers,
        '–',
        seconds.format(view.seconds),
        outcomes[view.outcome] + problem,
      ]);
    }
  }
  return table.toString();
}

/** The same for programs. */
export function resultsJson(results: readonly SourceResult[]): string {
  return JSON.stringify(
    results.map(({ source, outcome, error, views }) => ({
      source,
      outcome,
      problem: error?.code ?? null,
      views,
    })),
  );
}

/** One line for a source's run, for the service. */
export function resultLine({ source, outcome, error, views }: SourceResult): string {
  const sum = (of: (view: SourceResult['views'][number]) => number) =>
    count.format(views.reduce((total, view) => total + of(view), 0));
  const counts = `${sum((v) => v.rows)} lidas, ${sum((v) => v.new)} novas, ${sum((v) => v.changed)} alteradas`;
  const problem = error === null ? '' : ` (${error.code})`;
  return `${source}: ${outcomes[outcome]}${problem}; ${counts}, ${sum((v) => v.unchanged)} iguais`;
}
