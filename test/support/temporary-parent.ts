import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/**
 * Where temporary folders go: in memory where there is room for them. What is tested is killed processes, never lost
 * power, and each commit of a state file would otherwise wait for the disk.
 */
export function temporaryParent(): string {
  const memory = '/dev/shm';
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > 2 * 1024 ** 3 ? memory : tmpdir();
}
