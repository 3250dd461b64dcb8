import type { PublicKey } from '../signing/keys.ts';
import { entryHash, headBytes, type JournalEntry, type JournalHead, noHash } from './entry.ts';

/** Something in a journal that its chain or its signed heads do not bear out. */
export interface JournalFault {
  /** The entry that is named, or after which others are missing. */
  readonly id: number;
  readonly fault: 'changed' | 'removed' | 'reordered' | 'head-forged' | 'head-missing' | 'key-unknown';
  /** When the entry, or the head's day, says that it was. */
  readonly at: string;
}

export interface JournalVerdict {
  readonly entries: number;
  readonly heads: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly faults: readonly JournalFault[];
}

/**
 * Checks a journal: that each entry is what was hashed, that none is missing before, between or after them, that they
 * stand in their order, and that each day's head was signed by one of the agent's keys.
 * After a fault the chain is taken up again at the next entry, so that each fault is named once.
 */
export function verifyJournal(
  agent: string,
  entries: Iterable<JournalEntry>,
  heads: readonly JournalHead[],
  keys: readonly PublicKey[],
): JournalVerdict {
  const faults: JournalFault[] = [];
  const headsById = new Map(heads.map((head) => [head.id, head]));
  const lastOfDay = new Map<string, number>();
  let previous: Link | null = null;
  let first: string | null = null;
  let entryCount = 0;
  for (const entry of entries) {
    first ??= entry.at;
    entryCount++;
    const link = linkOf(previous, entry);
    if (link.fault !== null) faults.push({ ...link.fault, at: entry.at });
    const head = headsById.get(entry.id);
    if (head !== undefined && head.hash !== entry.hash) {
      faults.push({ id: entry.id, fault: 'changed', at: entry.at });
    }
    const day = entry.at.slice(0, 10);
    lastOfDay.set(day, Math.max(entry.id, lastOfDay.get(day) ?? 0));
    previous = link;
  }
  for (const head of heads) {
    const fault = headFault(agent, head, keys);
    if (fault !== null) faults.push({ id: head.id, fault, at: head.day });
  }
  faults.push(...missingAfter(previous?.id ?? 0, heads, lastOfDay));
  return {
    entries: entryCount,
    heads: heads.length,
    first,
    last: previous?.at ?? null,
    faults: once(faults),
  };
}

/** An entry in its place: what is wrong with it, and by which hashes the next one may refer to it. */
interface Link {
  readonly id: number;
  readonly at: string;
  readonly hashes: readonly string[];
  readonly fault: Omit<JournalFault, 'at'> | null;
}

function linkOf(previous: Link | null, entry: JournalEntry): Link {
  const { hash, ...rest } = entry;
  const { id, at } = rest;
  const before = previous?.id ?? 0;
  if (id <= before) return { id: before, at, hashes: [], fault: { id, fault: 'reordered' } };
  if (id > before + 1) return { id, at, hashes: [hash], fault: { id: before + 1, fault: 'removed' } };
  const made = (previous?.hashes ?? [noHash]).map((one) => entryHash(one, rest));
  // After an entry that went astray nothing is known of the one that follows it.
  if (made.length === 0 || made.includes(hash)) return { id, at, hashes: [hash], fault: null };
  // Whichever of text and hash was changed, the next entry is not to blame.
  return { id, at, hashes: [hash, ...made], fault: { id, fault: 'changed' } };
}

function headFault(
  agent: string,
  head: JournalHead,
  keys: readonly PublicKey[],
): 'head-forged' | 'key-unknown' | null {
  const key = keys.find(({ thumbprint }) => thumbprint === head.keyid);
  if (key === undefined) return 'key-unknown';
  return key.verify(headBytes(agent, head), Buffer.from(head.signature, 'base64url')) ? null : 'head-forged';
}

/** What a head says was there and is not, and days that have entries but no head that says where they end. */
function missingAfter(
  end: number,
  heads: readonly JournalHead[],
  lastOfDay: ReadonlyMap<string, number>,
): JournalFault[] {
  const beyond = heads.filter(({ id }) => id > end).toSorted((a, b) => a.id - b.id)[0];
  const removed: JournalFault[] =
    beyond === undefined ? [] : [{ id: end + 1, fault: 'removed', at: beyond.day }];
  const headed = new Map(heads.map(({ day, id }) => [day, id]));
  const bare = [...lastOfDay].filter(([day, id]) => (headed.get(day) ?? 0) < id);
  return [...removed, ...bare.map(([day, id]) => ({ id, fault: 'head-missing' as const, at: day }))];
}

function once(faults: readonly JournalFault[]): JournalFault[] {
  const seen = new Set<string>();
  return faults.filter(({ id, fault }) => {
    const name = `${id} ${fault}`;
    return !seen.has(name) && Boolean(seen.add(name));
  });
}
