import { userInfo } from 'node:os';
import type { ProgramContext } from '../../shared/program.ts';

/** Whose command it is, by the system: of those who share the service's account, whoever took it by sudo. */
export function whoCommands({ environment }: Pick<ProgramContext, 'environment'>): string {
  const person = environment['SUDO_USER'] ?? '';
  if (person !== '') return person;
  try {
    return userInfo().username;
  } catch {
    // It has no name for this user.
    return String(process.getuid?.() ?? '?');
  }
}
