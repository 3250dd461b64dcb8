import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Line } from '../reading/lines.ts';

/** Rows read before the event loop gets its turn; SQLite itself works in this thread. */
const rowsPerTurn = 2000;

/** Hands over the lines as long as `take` wants more. Throws the reason of the signal. */
export async function takeInTurns(
  lines: Iterable<Line>,
  take: (line: Line) => boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  let taken = 0;
  for (const line of lines) {
    if (!take(line)) return;
    if (++taken % rowsPerTurn === 0) await nextTurn();
    signal?.throwIfAborted();
  }
}
