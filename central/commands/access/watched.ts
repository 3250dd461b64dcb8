import { GuaritaError } from '../../../shared/errors.ts';
import { plainJson } from '../../../shared/plain-text.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import { type AccessOptions, atAccess } from './ask.ts';
import { reasonOf } from './reason.ts';
import { watchedText } from './words.ts';

export interface WatchOptions extends AccessOptions {
  readonly reason: string;
}

export async function watchRegister(
  given: string,
  options: WatchOptions,
  context: ProgramContext,
): Promise<void> {
  const { changed } = await atAccess(options, context, 'watchAdd', saidOf(given, options));
  context.print(changed ? '✓ Registro vigiado: cada consulta a ele levanta um alarme.' : 'Já era vigiado.');
}

export async function unwatchRegister(
  given: string,
  options: WatchOptions,
  context: ProgramContext,
): Promise<void> {
  const { changed } = await atAccess(options, context, 'watchRemove', saidOf(given, options));
  context.print(changed ? '✓ O registro deixa de ser vigiado.' : 'Não era vigiado.');
}

export async function listWatched(options: AccessOptions, context: ProgramContext): Promise<void> {
  const watched = await atAccess(options, context, 'watched', {});
  context.print(options.json === true ? plainJson(watched) : watchedText(watched));
}

/** Throws `option-invalid`, which does not repeat the register. */
function saidOf(
  given: string,
  options: WatchOptions,
): { readonly register: string; readonly reason: string } {
  const register = given.trim().toLowerCase();
  const reason = reasonOf(options);
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(register)) {
    throw new GuaritaError(
      'option-invalid',
      'Dê o registro por inteiro, como a auditoria o mostra (natal_id).',
    );
  }
  return { register, reason };
}
