import type { Base } from '../../../central/base/base.ts';
import { ensureChangeIndex } from '../../../central/base/source-layer/change-index.ts';
import { rules } from '../../../central/treat/rules/all.ts';
import { type TreatedSource, treat } from '../../../central/treat/treat.ts';
import type { Row } from '../../support/array-source.ts';
import { Loader } from '../../support/loader.ts';

export const today = '2026-11-29';

/** A view as a state gives it: its columns, the first of which is its key, and its rows. */
export async function given(
  base: Base,
  source: string,
  name: string,
  columns: readonly string[],
  rows: readonly Row[],
): Promise<Loader> {
  const loader = await Loader.on(base, source, columns, { name, key: columns.slice(0, 1) });
  await ensureChangeIndex(base, loader.target);
  await loader.load(rows);
  return loader;
}

export async function treated(base: Base, source: string): Promise<TreatedSource> {
  const [result] = await treat(base, { sources: [source], rules, today });
  if (result === undefined) throw new Error('nothing was treated');
  return result;
}
