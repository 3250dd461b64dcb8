import { readFileSync } from 'node:fs';
import { GuaritaError } from './errors.ts';

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

/** The text of a file that a command was given. Throws `option-invalid`, saying why it cannot be read. */
export function readGivenFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
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
