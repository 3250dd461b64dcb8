import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import { count } from '../../shared/count-format.ts';
import type { SourceProgress } from '../collect/collect-source.ts';

export interface Progress {
  readonly update: (progress: SourceProgress) => void;
  readonly stop: () => void;
}

/**
 * A bar for each source on standard error, by views done, or other parts; nothing when that is no terminal. Sources that
 * are not named get theirs when they are first told of.
 */
export function createProgress(sources: readonly string[], parts = 'visões'): Progress {
  // Told to print nothing there, the library still prints a bare line for each bar when it stops.
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const bars = new MultiBar(
    {
      format: `{source} {bar} {value}/{total} ${parts}  {rows} linhas  {view}`,
      clearOnComplete: false,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  const bySource = new Map<string, SingleBar>();
  const barOf = (source: string) => {
    const bar = bySource.get(source) ?? bars.create(1, 0, { source, rows: '0', view: '' });
    bySource.set(source, bar);
    return bar;
  };
  for (const source of sources) barOf(source);
  return {
    update({ source, view, views, viewsDone, rows }) {
      const bar = barOf(source);
      bar.setTotal(views);
      bar.update(viewsDone, { source, rows: count.format(rows), view: viewsDone === views ? '' : view });
    },
    stop: () => bars.stop(),
  };
}
