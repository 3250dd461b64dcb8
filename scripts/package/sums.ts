import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const sumsFile = 'SHA256SUMS';

/** Writes the digests of all files in a folder, as `sha256sum --check SHA256SUMS` reads them. */
export async function writeSums(folder: string): Promise<void> {
  const files = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
  const names = files.flatMap(({ name }) => (name === sumsFile ? [] : [name])).toSorted();
  const lines: string[] = [];
  for (const name of names) {
    const content = await readFile(join(folder, name));
    lines.push(`${createHash('sha256').update(content).digest('hex')}  ${name}\n`);
  }
  await writeFile(join(folder, sumsFile), lines.join(''));
}
