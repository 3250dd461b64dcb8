import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GuaritaError } from '../../shared/errors.ts';
import type { ProgramContext } from '../../shared/program.ts';

/**
 * Writes the lines of an export into a file that only its owner may read, or prints them where there is none. Throws
 * `config-invalid` when the file cannot be written.
 */
export async function printOrWrite(
  lines: AsyncIterable<string>,
  out: string | undefined,
  { print }: Pick<ProgramContext, 'print'>,
): Promise<void> {
  if (out === undefined) {
    for await (const line of lines) print(line.trimEnd());
    return;
  }
  await writePrivately(out, lines);
  print(`✓ ${out}`);
}

async function writePrivately(file: string, lines: AsyncIterable<string>): Promise<void> {
  try {
    const handle = await open(file, 'w', 0o600);
    // The mode above is of new files only.
    await handle.chmod(0o600);
    await pipeline(Readable.from(lines), handle.createWriteStream());
  } catch (error) {
    if (error instanceof GuaritaError) throw error;
    throw new GuaritaError('config-invalid', `Não se pode gravar "${file}".`, { cause: error });
  }
}
