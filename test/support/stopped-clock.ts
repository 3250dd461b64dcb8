/** A clock that stands still on a whole second, so that skews are exact. */
export function stoppedClock(): { now: number; read: () => number } {
  const clock = { now: Math.floor(Date.now() / 1000) * 1000, read: () => clock.now };
  return clock;
}
