import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GuaritaError } from '../../shared/errors.ts';
import type { ProgramContext } from '../../shared/program.ts';

/**
 * Writes the lines of an export into a file that only its owner may read, or prints them where there is none.
 *
 * @param to the file, or undefined, by the option that names it (`out` of `--out`)
 * @throws GuaritaError `option-invalid` when the file cannot be written
 */
export async function printOrWrite(
  lines: AsyncIterable<string>,
  to: Readonly<Record<string, string | undefined>>,
  { print }: Pick<ProgramContext, 'print'>,
): Promise<void> {
  const [option, file] = Object.entries(to)[0] ?? [];
  if (option === undefined || file === undefined) {
    // As the file would have it: the last line break is printed anyway.
    for await (const line of lines) print(line.replace(/\n$/, ''));
    return;
  }
  await writePrivately(option, file, lines);
  print(`✓ ${file}`);
}

async function writePrivately(option: string, file: string, lines: AsyncIterable<string>): Promise<void> {
  let unread: { readonly error: unknown } | null = null;
  const read = async function* (): AsyncGenerator<string> {
    try {
      yield* lines;
    } catch (error) {
      unread = { error };
      throw error;
    }
  };
  try {
    const handle = await open(file, 'w', 0o600);
    // The mode above is of new files only.
    await handle.chmod(0o600);
    await pipeline(Readable.from(read()), handle.createWriteStream());
  } catch (error) {
    // What could not be read is no fault of the file's.
    if (unread !== null) throw error;
    throw new GuaritaError('option-invalid', `--${option}: não se pode gravar "${file}".`, { cause: error });
  }
}
