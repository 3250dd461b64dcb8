/**
 * Versions of the protocol (docs/protocol.md, Versions). An agent speaks one; central speaks that and the one before,
 * since the agents of 27 states are upgraded on other days than central. `test/protocol/wire.test.ts` holds the wire of
 * each version that is spoken.
 */
export const protocolVersion = 2;

/** What central speaks, the newest first. */
export const spokenVersions = [2, 1] as const;
export type ProtocolVersion = (typeof spokenVersions)[number];

/** The version that a path is of, as far as it looks like one; null for any other. */
export function versionOfPath(path: string): number | null {
  const digits = /^\/v([1-9]\d{0,5})(?:\/|$)/.exec(path)?.[1];
  return digits === undefined ? null : Number(digits);
}
