import { GuaritaError } from '../../../shared/errors.ts';
import {
  type KeyText,
  type Lookup,
  maxLookupKeys,
  type SourceState,
} from '../../../shared/sources/view-source.ts';
import { goneOf, loadPage } from '../../base/source-layer/load-page.ts';
import { readLoads, type ViewTarget } from '../../base/source-layer/source-schema.ts';
import type { ViewCounts } from '../../state/runs.ts';
import { patiently } from '../patience.ts';
import { isForItsSize } from './page-size.ts';
import type { ViewTurn } from './view-turn.ts';

/** Keys of one question; and the bytes of their text, well below what an agent takes. */
const keysPerLookup = Math.min(2000, maxLookupKeys);
const bytesPerLookup = 256 * 1024;
/** However slow the way is: of these the least share. */
const leastShare = 1 / 32;

export type Keys = readonly (readonly KeyText[])[];

/**
 * Asks the source for the rows of these keys as they are now, and loads what it says: rows as they are, and that there
 * is none. Returns the counts with what that came to. Throws `view-shrank` before it marks more than the judge allows.
 *
 * @param onGone is told the keys of which the source has no row any more, and they are not marked: so that a loss can
 *   be weighed as a whole
 */
export async function lookUp(
  turn: ViewTurn,
  keys: Keys,
  counts: ViewCounts,
  onGone?: (keys: Keys) => void,
): Promise<ViewCounts> {
  const { base, target, run, judge, maxRowBytes, findTombstoneKey } = turn;
  let sum = counts;
  await askInParts(turn, keys, async (answer, expectedLoads) => {
    const loaded = await loadPage(base, target, answer, {
      ...{ expectedLoads, run, maxRowBytes, findTombstoneKey, cursor: null },
      // Of a key whose rows did not all fit, what is not in the answer may be there still.
      wholeKeys: answer.cut === 0,
      mostRemoved: judge.left,
      namesGone: onGone !== undefined,
    });
    return () => {
      judge.spend(loaded.removed);
      onGone?.(loaded.gone ?? []);
      sum = {
        ...sum,
        new: sum.new + loaded.new,
        changed: sum.changed + loaded.changed,
        removed: sum.removed + loaded.removed,
        quarantined: sum.quarantined + loaded.quarantined,
        forgotten: sum.forgotten + loaded.forgotten,
      };
    };
  });
  return sum;
}

/** The keys among these of which the source has no row any more, and the base has. Loads nothing. */
export async function findGone(turn: ViewTurn, keys: Keys, onGone: (keys: Keys) => void): Promise<void> {
  await askInParts(turn, keys, async (answer) => {
    const gone = await goneOf(turn.base, turn.target, answer);
    return () => onGone(gone);
  });
}

/**
 * The number of loads is read before the source is asked: whoever loads a page meanwhile, perhaps with newer rows,
 * makes what is loaded of this answer `source-busy`, and it is asked again.
 * @param take may be tried again; what it returns is called once, when it is done
 */
async function askInParts(
  turn: ViewTurn,
  keys: Keys,
  take: (answer: Lookup, expectedLoads: number) => Promise<() => void>,
): Promise<void> {
  let share = 1;
  const onFailure = (error: GuaritaError, seconds: number) => {
    if (isForItsSize(error)) share = Math.max(leastShare, share / 4);
    turn.onFailure(error, seconds);
  };
  for (let done = 0; done < keys.length; ) {
    if (turn.stop.aborted) return;
    const { answered, taken } = await patiently({ ...turn, onFailure }, async () => {
      const expectedLoads = await readLoads(turn.base, turn.target);
      const answer = await askOnce(turn, firstKeys(keys, done, share));
      return { answered: answer.answered, taken: await take(answer, expectedLoads) };
    });
    taken();
    done += answered;
  }
}

function firstKeys(keys: Keys, from: number, share: number): (readonly KeyText[])[] {
  const part: (readonly KeyText[])[] = [];
  let bytes = 0;
  for (const key of keys.slice(from, from + Math.ceil(keysPerLookup * share))) {
    bytes += Buffer.byteLength(JSON.stringify(key));
    if (part.length > 0 && bytes > bytesPerLookup * share) break;
    part.push(key);
  }
  return part;
}

async function askOnce(turn: ViewTurn, keys: Keys): Promise<Lookup> {
  const { source, target, stop } = turn;
  const answer = await source.lookup(target.view.name, { keys, signal: stop });
  requireSame(answer, target);
  if (answer.answered < 1 || answer.answered > keys.length) {
    throw new GuaritaError('page-invalid', 'Não responde a nenhuma chave, ou a mais do que se pediu.');
  }
  if (answer.cut > 0) turn.onCut(answer.cut);
  return answer;
}

/** Throws `epoch-changed`, with the epoch that is in doubt, and `schema-changed`. */
export function requireSame({ fingerprint, epoch }: SourceState, { view }: ViewTarget): void {
  if (epoch !== view.epoch) throw new GuaritaError('epoch-changed', '', { members: { subject: epoch } });
  if (fingerprint !== view.fingerprint) throw new GuaritaError('schema-changed');
}
