import { existsSync } from 'node:fs';
import { lockFolder } from '../../shared/state-file.ts';

/**
 * Whether a central is at work in a folder: whether its lock can be had. It is let go at once; a central that starts
 * in that very moment would be refused, and started again.
 */
export function isCentralRunning(folder: string): boolean {
  if (!existsSync(folder)) return false;
  try {
    const lock = lockFolder(folder, 'central');
    lock?.release();
    return lock === null;
  } catch {
    // A folder that cannot be written to is told by its own check.
    return false;
  }
}
