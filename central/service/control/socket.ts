import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** Longest path of a socket that Linux takes (`sun_path`, less its ending zero). */
const mostBytes = 107;

/** Where a service listens for the commands of its own folder: a folder that only its owner may enter. */
export function controlFolder(state: string): string {
  return join(state, 'control');
}

/** Makes the folder, for its owner alone whatever it was before. */
export function makeControlFolder(state: string): void {
  const folder = controlFolder(state);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
}

/** A path of the socket that may be bound or connected to, until `release`. */
export interface SocketPath {
  readonly path: string;
  readonly release: () => void;
}

/** The socket's path; where that is too long for one, by way of its open folder. Throws what opening it throws. */
export function socketPath(state: string): SocketPath {
  const path = join(controlFolder(state), 'socket');
  if (Buffer.byteLength(path) <= mostBytes) return { path, release: () => undefined };
  const folder = openSync(controlFolder(state), 'r');
  return { path: `/proc/self/fd/${folder}/socket`, release: () => closeSync(folder) };
}
