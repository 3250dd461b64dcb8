import { readLookup } from './answer-keys.ts';
import { KeyColumns, textsOf } from './keys.ts';
import { type Line, marksOf, partsOf } from './lines.ts';
import type { Steadiness, ViewSnapshot } from './view-snapshot.ts';

const mostRows = 100;
const mostBytes = 1024 * 1024;

/** Enough of a sample to be compared with what is there later; a copy, so that the rest of it need not be kept. */
export function partOfSample(sample: Buffer): Buffer {
  let end = 0;
  for (let rows = 0; rows < mostRows && end < Math.min(sample.length, mostBytes); rows++) {
    end = sample.indexOf(0x0a, end) + 1;
  }
  return Buffer.from(sample.subarray(0, end));
}

/**
 * Finds the rows of a sample once more and counts in which columns they have become others: where a view asks for the
 * time or for chance, in all of them. Rows of which there is no single one, then or now, are left out; of one whose key
 * is not found any more, the key has changed.
 */
export async function rereadSample(snapshot: ViewSnapshot, sample: Buffer): Promise<Steadiness> {
  const { description: view } = snapshot;
  const columns = new KeyColumns(view);
  const places = view.key.map((name) => view.columns.findIndex((column) => column.name === name));
  const before = single(sample, columns);
  if (before.size === 0) return { rows: 0, changed: [] };
  const keys = [...before.values()].map((line) => textsOf(line, places));
  const { lines, answered } = await readLookup(
    snapshot,
    { keys },
    4 * mostBytes,
    sample.length / keys.length,
  );
  const after = single(lines, columns);
  const counts = new Map<number, number>();
  let rows = 0;
  for (const [identity, line] of [...before].slice(0, answered)) {
    const other = after.get(identity);
    if (other === undefined) continue;
    rows++;
    for (const place of placesThatDiffer(line, other, places))
      counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const changed = view.columns.flatMap(({ name }, place) => {
    const times = counts.get(place) ?? 0;
    return times === 0 ? [] : [{ column: name, rows: times }];
  });
  return { rows, changed };
}

/** Lines whole, without their digests, by their keys; none of a key that has several. */
function single(lines: Buffer, columns: KeyColumns): ReadonlyMap<string, Line> {
  const found = new Map<string, Line>();
  const several = new Set<string>();
  for (let start = 0; start < lines.length; ) {
    const end = lines.indexOf(0x0a, start);
    const line = lines.toString('utf8', lines.indexOf(0x09, start) + 1, end);
    start = end + 1;
    if (marksOf(partsOf(line).mark).includes(0)) continue;
    const identity = columns.identityOfLine(line);
    if (found.has(identity)) several.add(identity);
    found.set(identity, line);
  }
  for (const identity of several) found.delete(identity);
  return found;
}

function placesThatDiffer(line: Line, other: Line, key: readonly number[]): readonly number[] {
  const [one, two] = [partsOf(line), partsOf(other)];
  if (marksOf(two.mark).includes(-1)) return key;
  return one.fields.flatMap((field, place) => (field === two.fields[place] ? [] : [place]));
}
