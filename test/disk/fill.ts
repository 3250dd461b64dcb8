import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** Takes what is left of a disk, to the last byte. */
export function fill(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (const size of [65_536, 4096, 1]) {
      const chunk = Buffer.alloc(size, 1);
      try {
        for (;;) writeSync(descriptor, chunk);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
