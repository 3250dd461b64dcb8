import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A folder that is made once, beside the packages, and found there from then on. Its name says of which version it is. */
export async function cachedFolder(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const cache = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'guarita-test');
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const made = mkdtempSync(join(cache, 'new-'));
  await make(made);
  try {
    renameSync(made, folder);
  } catch {
    // Another test file was faster; what it made is as good.
    rmSync(made, { recursive: true });
  }
  return folder;
}
