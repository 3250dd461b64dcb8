import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { GuaritaError } from './errors.ts';
import { readTextFile } from './text-file.ts';

/** Why a file that a command was given cannot be used at all, by what the system says. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'não existe',
  EISDIR: 'é uma pasta',
  ENOTDIR: 'não existe',
  EACCES: 'este usuário não tem acesso a ele',
  EPERM: 'este usuário não tem acesso a ele',
  EROFS: 'o disco é só de leitura',
  ENOSPC: 'o disco está cheio',
};

/** The text of a file that a command was given. Throws `text-unreadable`, and `option-invalid`, saying why it cannot be read. */
export function readGivenFile(file: string): string {
  try {
    return readTextFile(file);
  } catch (error) {
    if (error instanceof GuaritaError) throw error;
    throw givenFileFault(file, error);
  }
}

/** Whether a file that a command was told to write can be: before what it is to hold is made. Throws `option-invalid`. */
export function requireWritable(file: string): void {
  const isThere = existsSync(file);
  try {
    closeSync(openSync(file, 'a', 0o600));
    if (!isThere) rmSync(file);
  } catch (error) {
    throw givenFileFault(file, error);
  }
}

/** Writes a file that a command was told to write. Throws `option-invalid`. @param mode of a new one */
export function writeGivenFile(file: string, text: string, mode = 0o666): void {
  try {
    writeFileSync(file, text, { mode });
  } catch (error) {
    throw givenFileFault(file, error);
  }
}

/** What the system said of such a file, as ours; null where it is nothing of the system's. */
export function systemFault(file: string, error: unknown): GuaritaError | null {
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && /^E[A-Z]+$/.test(code) ? givenFileFault(file, error) : null;
}

/** The same for one that cannot be read or written. */
export function givenFileFault(file: string, error: unknown): GuaritaError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const why = Object.hasOwn(reasons, code) ? reasons[code] : code;
  return new GuaritaError('option-invalid', `O arquivo "${file}" não serve: ${why}.`, { cause: error });
}
