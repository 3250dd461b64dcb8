import type { EngineOptions } from '../../../shared/sources/engine.ts';
import { logOf, logSequence, rowsOf } from './mirror.ts';
import { columnsOf } from './records.ts';
import type { ApiView } from './view-schema.ts';

/** How the SQLite engine reads a mirror: by its log of changes, which has one writer, so that nothing comes late. */
export function mirrorOptions(file: string, views: readonly ApiView[]): EngineOptions {
  return {
    source: {
      ...{ engine: 'sqlite', file, settleSeconds: 0, overlapSeconds: 0, overlapCount: 0, epoch: '' },
      ...{ timeoutSeconds: 60, scanTimeoutSeconds: 3600 },
    },
    views: views.map((view) => ({
      name: view.name,
      relation: [rowsOf(view.name)],
      key: view.key,
      mode: 'changelog',
      changelog: { relation: [logOf(view.name)], watermark: logSequence, key: view.key },
      columns: columnsOf(view).map(({ name }) => name),
    })),
    pages: { bytes: 4 * 1024 * 1024, rows: 100_000 },
    password: null,
  };
}
