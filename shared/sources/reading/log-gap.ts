import type { Cursor, LogPlace } from './cursor.ts';
import type { CycleBound } from './view-snapshot.ts';

/** What a log has become since it was last looked at. */
export interface LogLook {
  /** Entries may be gone that nobody has read: what the log names is not all that changed. */
  readonly gap: boolean;
  /** From where to read. */
  readonly from: string;
  readonly place: LogPlace;
}

/**
 * Looks whether a log still begins before where its reading stopped. It has a gap when it does not (it was emptied up
 * to a place), when it is or was empty, and when it begins earlier than it did (its numbers began anew). A log that
 * lies before all of what it had is read from its start; one that only ends earlier than it did was restored, as its
 * database was. Throws `epoch-changed` for that; on a replica that has yet to catch up, `replica-behind`.
 */
export async function lookAtLog(
  bound: CycleBound,
  { from, at, log }: Cursor & { readonly from: string },
  until: string | null,
): Promise<LogLook> {
  const oldest = await bound.least();
  const stopped = log?.stopped ?? from;
  // Cursors of earlier releases do not say what there was.
  const before = log === undefined ? undefined : log.oldest;
  const place = { stopped, oldest };
  const least = log === undefined ? from : await bound.overlapBefore(stopped);
  if (until !== null && least !== null && (await bound.isBefore(until, least))) {
    const isAnother = before === null || (before !== undefined && (await bound.isBefore(until, before)));
    if (isAnother) return { gap: true, from: oldest ?? from, place: { stopped: oldest ?? stopped, oldest } };
    throw bound.goneBack();
  }
  if (oldest === null || before === null) return { gap: true, from, place };
  const isEarlier = before !== undefined && (await bound.isBefore(oldest, before));
  // What has not moved has lost nothing, however near the place is to it.
  const isLater = oldest !== before && (await bound.isBefore(stopped, oldest));
  const here = at?.watermark ?? null;
  const gap = isEarlier || (isLater && (here === null || (await bound.isBefore(here, oldest))));
  return { gap, from, place };
}
