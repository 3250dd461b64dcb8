import type { Blocks } from '../../../central/treat/link/block/blocks.ts';
import type { Linked } from '../../../central/treat/link/link.ts';
import type { Model } from '../../../central/treat/link/model/model.ts';
import type { Thresholds } from '../../../central/treat/link/model/thresholds.ts';
import type { Registers } from '../../../central/treat/link/registers/builder.ts';
import { relink } from '../../../central/treat/link/relink.ts';
import { selectPairs } from '../../../central/treat/link/threads/scored-pairs.ts';

/** People who are new to the nation in a day. */
const newOnes = 1600;

interface DailyOrder {
  readonly model: Model;
  readonly thresholds: Thresholds;
  /** What came of all of them. */
  readonly linked: Linked;
  /** Stands for a base's indexes over the keys, which are there when the day's registers come. */
  readonly blocks: Blocks;
}

/** Seconds that it takes to link a day's new registers with all others; they must come to what they came to with all. */
export function dailySeconds(
  registers: Registers,
  { model, thresholds, linked, blocks }: DailyOrder,
): number {
  const count = registers.ids.length;
  const step = Math.max(1, Math.floor(count / newOnes));
  const changed = new Set<number>();
  for (let place = step - 1; place < count; place += step) changed.add(place);
  const { pairs } = linked;
  const isNew = (at: number): boolean => changed.has(pairs.a[at] ?? -1) || changed.has(pairs.b[at] ?? -1);
  const known = selectPairs(pairs, (at) => !isNew(at));
  const began = performance.now();
  const { personOf } = relink(registers, {
    ...{ model, thresholds, blocks, known, change: { changed, touched: new Set() } },
  });
  const seconds = (performance.now() - began) / 1000;
  for (const [place, person] of personOf.entries()) {
    if (person !== -1 && person !== linked.personOf[place])
      throw new Error('the daily run came to another person');
  }
  return seconds;
}
