import { cleanCpf } from '../../../shared/cleaning/documents/cpf.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../../central.ts';
import { type ActInput, type ActName, type ActOutput, performAct } from '../../service/access/perform.ts';
import { atCentral } from '../../service/at-central.ts';
import { whoCommands } from '../who-commands.ts';

export interface AccessOptions extends CentralOptions {
  readonly json?: boolean;
  /** CPFs as they are. */
  readonly reveal?: boolean;
}

/**
 * Does something about access: on a server in the base itself, beside whoever is at work; in process here, or by the
 * service that has it. Throws what the act throws, and the errors of opening the base.
 */
export async function atAccess<N extends ActName>(
  options: CentralOptions,
  context: ProgramContext,
  act: N,
  input: ActInput<N>,
): Promise<ActOutput<N>> {
  const config = readCentralConfig(options, context);
  const asked = { act, input, who: whoCommands(context) };
  const output =
    config.base.url === undefined
      ? await atCentral(config, context, 'access', asked)
      : await withBase(config, context, (base) => performAct(base, asked, new Date()));
  return output as ActOutput<N>;
}

/** Eleven digits, of a CPF with its mask or without. Throws `option-invalid`, which does not repeat it. */
export function cpfOf(given: string): string {
  const digits = cleanCpf(given, () => undefined);
  if (digits === null) throw new GuaritaError('option-invalid', 'O CPF não é válido: confira os números.');
  return digits;
}

/** Masked unless asked for; the middle tells people apart: `***.456.789-**`. */
export function shownCpf(cpf: string, { reveal = false }: Pick<AccessOptions, 'reveal'>): string {
  const [a, b, c, d] = [cpf.slice(0, 3), cpf.slice(3, 6), cpf.slice(6, 9), cpf.slice(9)];
  return reveal ? `${a}.${b}.${c}-${d}` : `***.${b}.${c}-**`;
}

/** Before anything is done: what is printed is a password, and is for a person's eyes alone. Throws `option-invalid`. */
export function requireTerminal({ isTerminal = false }: ProgramContext): void {
  if (isTerminal) return;
  throw new GuaritaError(
    'option-invalid',
    'Rode num terminal: a senha provisória aparece só ali, uma vez, e não deve ficar em arquivo.',
  );
}

/** Values parted by commas. */
export function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
