import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { SourceProgress } from '../collect/collect-source.ts';

export interface Progress {
  readonly update: (progress: SourceProgress) => void;
  readonly stop: () => void;
}

const count = new Intl.NumberFormat('pt-BR');

/** A bar for each source on standard error, by views done; nothing when that is no terminal. */
export function createProgress(sources: readonly string[]): Progress {
  // Told to print nothing there, the library still prints a bare line for each bar when it stops.
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const bars = new MultiBar(
    {
      format: '{source} {bar} {value}/{total} visões  {rows} linhas  {view}',
      clearOnComplete: false,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  const bySource = new Map<string, SingleBar>(
    sources.map((source) => [source, bars.create(1, 0, { source, rows: '0', view: '' })]),
  );
  return {
    update({ source, view, views, viewsDone, rows }) {
      const bar = bySource.get(source);
      bar?.setTotal(views);
      bar?.update(viewsDone, { source, rows: count.format(rows), view: viewsDone === views ? '' : view });
    },
    stop: () => bars.stop(),
  };
}
