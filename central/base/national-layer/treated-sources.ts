import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import type { Questions } from '../base.ts';
import { sourceTable } from '../names.ts';
import { columnsIn } from '../source-layer/view-tables.ts';
import { isTreated } from './typed-views.ts';

/** A view of a source beside the dictionary. */
export interface ViewToTreat {
  readonly view: string;
  readonly key: readonly string[];
  /** Columns as the source describes them now. */
  readonly described: readonly string[];
  /**
   * Columns of the dictionary that its table has and that treatment reads, also those that the source has no more: they
   * keep what they held.
   */
  readonly columns: readonly string[];
  /** Those that the dictionary does not know: they stay in the source layer. */
  readonly beyond: readonly string[];
  /** Rows that the source has. */
  readonly rows: number;
}

/** Sources of which the base holds something. */
export async function sourcesHeld(questions: Questions): Promise<string[]> {
  const rows = await questions.query<{ source: string }>(
    'SELECT DISTINCT source FROM guarita.view ORDER BY source',
  );
  return rows.map(({ source }) => source);
}

/** The views that the base holds of a source; those that the dictionary does not know have no columns of it. */
export async function viewsToTreat(questions: Questions, source: string): Promise<ViewToTreat[]> {
  const held = await questions.query<{ view: string; key: string[]; described: string[]; rows: string }>(
    `SELECT view, key, ARRAY(SELECT c ->> 'name' FROM jsonb_array_elements(columns) c) AS described, rows::text
       FROM guarita.view WHERE source = $1 ORDER BY view`,
    [source],
  );
  const views: ViewToTreat[] = [];
  for (const { view, key, described, rows } of held) {
    const standard = standardViews.find(({ name }) => name === view)?.columns ?? [];
    const there = new Set(await columnsIn(questions, sourceTable(source, view)));
    views.push({
      ...{ view, key, described, rows: Number(rows) },
      columns: standard.filter(isTreated).flatMap(({ name }) => (there.has(name) ? [name] : [])),
      beyond: described.filter((name) => !standard.some((column) => column.name === name)),
    });
  }
  return views;
}
