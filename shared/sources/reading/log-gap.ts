import type { Cursor, LogPlace, Position } from './cursor.ts';
import type { CycleBound } from './view-snapshot.ts';

/** What a log has become since it was last looked at. */
export interface LogLook {
  /** Entries may be gone that nobody has read: what the log names is not all that changed. */
  readonly gap: boolean;
  /** From where to read, and behind which entry; null for its first. */
  readonly from: string;
  readonly at: Position | null;
  readonly place: LogPlace;
}

/**
 * Looks whether a log still begins before where its reading stopped. It has a gap when it does not (it was emptied up
 * to a place), when it is or was empty, and when it begins earlier than it did (its numbers began anew). A log that
 * lies before all of what it had is read from its start; one that only ends earlier than it did was restored, as its
 * database was. Throws `epoch-changed` for that; on a replica that has yet to catch up, `replica-behind`.
 * Within a cycle, too, a log may be emptied ahead of its reading: later the place reached would lie behind what is gone.
 * Whether it began anew is left to the next bound there, which alone tells where it is to be read from.
 * @param until the bound that is fixed now; undefined within a cycle
 */
export async function lookAtLog(
  bound: CycleBound,
  { from, at, log }: Cursor & { readonly from: string },
  until: string | null | undefined,
): Promise<LogLook> {
  const oldest = await bound.least();
  const stopped = log?.stopped ?? from;
  // Cursors of earlier releases do not say what there was.
  const before = log === undefined ? undefined : log.oldest;
  const place = { stopped, oldest };
  if (until !== undefined && until !== null) {
    const least = log === undefined ? from : await bound.overlapBefore(stopped);
    if (least !== null && (await bound.isBefore(until, least))) {
      const isAnother = before === null || (before !== undefined && (await bound.isBefore(until, before)));
      if (!isAnother) throw bound.goneBack();
      const begin = oldest ?? from;
      return { gap: true, from: begin, at: null, place: { stopped: oldest ?? stopped, oldest } };
    }
  }
  if (oldest === null || before === null) return { gap: true, from, at, place };
  const isEarlier = before !== undefined && (await bound.isBefore(oldest, before));
  if (isEarlier && until === undefined) return { gap: true, from, at, place: { stopped, oldest: before } };
  // What has not moved has lost nothing, however near the place is to it.
  const isLater = oldest !== before && (await bound.isBefore(stopped, oldest));
  const here = at?.watermark ?? null;
  const gap = isEarlier || (isLater && (here === null || (await bound.isBefore(here, oldest))));
  return { gap, from, at, place };
}
