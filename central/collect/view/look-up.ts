import { GuaritaError } from '../../../shared/errors.ts';
import { type KeyText, maxLookupKeys, type SourceState } from '../../../shared/sources/view-source.ts';
import { loadPage } from '../../base/source-layer/load-page.ts';
import { readLoads, type ViewTarget } from '../../base/source-layer/source-schema.ts';
import type { ViewCounts } from '../../state/runs.ts';
import { patiently } from '../patience.ts';
import type { ViewTurn } from './view-turn.ts';

/** Keys of one question; and the bytes of their text, well below what an agent takes. */
const keysPerLookup = Math.min(2000, maxLookupKeys);
const bytesPerLookup = 256 * 1024;

/**
 * Asks the source for the rows of these keys as they are now, and loads what it says: rows as they are, and that there
 * is none. Returns the counts with what that came to.
 */
export async function lookUp(
  turn: ViewTurn,
  keys: readonly (readonly KeyText[])[],
  counts: ViewCounts,
): Promise<ViewCounts> {
  let sum = counts;
  for (let done = 0; done < keys.length; ) {
    if (turn.stop.aborted) return sum;
    const chunk = firstKeys(keys, done);
    const { answered, loaded } = await patiently(turn, () => lookUpOnce(turn, chunk));
    turn.judge.spend(loaded.removed);
    sum = {
      ...sum,
      new: sum.new + loaded.new,
      changed: sum.changed + loaded.changed,
      removed: sum.removed + loaded.removed,
      quarantined: sum.quarantined + loaded.quarantined,
    };
    done += answered;
  }
  return sum;
}

function firstKeys(keys: readonly (readonly KeyText[])[], from: number): (readonly KeyText[])[] {
  const chunk: (readonly KeyText[])[] = [];
  let bytes = 0;
  for (const key of keys.slice(from, from + keysPerLookup)) {
    bytes += Buffer.byteLength(JSON.stringify(key));
    if (chunk.length > 0 && bytes > bytesPerLookup) break;
    chunk.push(key);
  }
  return chunk;
}

/**
 * The number of loads is read before the source is asked: whoever loads a page meanwhile, perhaps with newer rows,
 * makes this one `source-busy`, and it is asked again.
 */
async function lookUpOnce(turn: ViewTurn, keys: readonly (readonly KeyText[])[]) {
  const { source, base, target, run, judge, maxRowBytes, stop } = turn;
  const expectedLoads = await readLoads(base, target);
  const answer = await source.lookup(target.view.name, { keys, signal: stop });
  requireSame(answer, target);
  if (answer.answered < 1 || answer.answered > keys.length) {
    throw new GuaritaError('page-invalid', 'It answers no key, or more than were asked for.');
  }
  if (answer.cut > 0) turn.onCut(answer.cut);
  const loaded = await loadPage(base, target, answer, {
    ...{ expectedLoads, run, maxRowBytes, cursor: null },
    // Of a key whose rows did not all fit, what is not in the answer may be there still.
    wholeKeys: answer.cut === 0,
    mostRemoved: judge.left,
  });
  return { answered: answer.answered, loaded };
}

/** Throws `epoch-changed`, with the epoch that is in doubt, and `schema-changed`. */
export function requireSame({ fingerprint, epoch }: SourceState, { view }: ViewTarget): void {
  if (epoch !== view.epoch) throw new GuaritaError('epoch-changed', '', { members: { subject: epoch } });
  if (fingerprint !== view.fingerprint) throw new GuaritaError('schema-changed');
}
