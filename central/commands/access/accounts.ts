import { GuaritaError } from '../../../shared/errors.ts';
import { plainJson } from '../../../shared/plain-text.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import { type AccessOptions, atAccess, cpfOf, requireTerminal, shownCpf } from './ask.ts';
import { reasonOf } from './reason.ts';
import { counted, passwordText, personText } from './words.ts';

/** Shows what somebody has. Throws `cpf-unknown`. */
export async function showAccount(
  cpf: string,
  options: AccessOptions,
  context: ProgramContext,
): Promise<void> {
  const found = await atAccess(options, context, 'who', { cpf: cpfOf(cpf) });
  if (found === null) throw new GuaritaError('cpf-unknown');
  const shown = { ...found, cpf: shownCpf(found.cpf, options) };
  context.print(options.json === true ? plainJson(shown) : personText(found, options));
}

export async function blockAccount(
  cpf: string,
  options: AccessOptions & { readonly reason: string },
  context: ProgramContext,
): Promise<void> {
  const reason = reasonOf(options);
  const { changed, sessions } = await atAccess(options, context, 'block', { cpf: cpfOf(cpf), reason });
  const was = changed ? '✓ Conta bloqueada' : 'A conta já estava bloqueada';
  context.print(`${was}; ${counted(sessions)}.`);
}

export async function unblockAccount(
  cpf: string,
  options: AccessOptions & { readonly reason: string },
  context: ProgramContext,
): Promise<void> {
  const reason = reasonOf(options);
  const { changed } = await atAccess(options, context, 'unblock', { cpf: cpfOf(cpf), reason });
  context.print(changed ? '✓ Conta desbloqueada.' : 'A conta não estava bloqueada.');
}

/** Of somebody, or of all; it has to be said which. Throws `option-invalid`. */
export async function endSessions(
  cpf: string | undefined,
  options: AccessOptions & { readonly all?: boolean },
  context: ProgramContext,
): Promise<void> {
  if ((cpf === undefined) !== (options.all === true)) {
    throw new GuaritaError('option-invalid', 'Dê um CPF, ou --all para as sessões de todos.');
  }
  const input = { cpf: cpf === undefined ? null : cpfOf(cpf) };
  const { sessions } = await atAccess(options, context, 'endSessions', input);
  context.print(`✓ ${counted(sessions)}.`);
}

/** Throws `option-invalid` where nobody but a file would read the password. */
export async function givePassword(
  cpf: string,
  options: AccessOptions,
  context: ProgramContext,
): Promise<void> {
  requireTerminal(context);
  context.print(passwordText(await atAccess(options, context, 'password', { cpf: cpfOf(cpf) })));
}

export async function forgetKey(options: AccessOptions, context: ProgramContext): Promise<void> {
  const { changed } = await atAccess(options, context, 'forgetKey', {});
  if (!changed) return context.print('Não havia chave do console a esquecer.');
  context.print(
    '✓ Chave do console esquecida. Vale a do próximo console que iniciar: reinicie todos com a mesma.',
  );
  context.print(
    '→ Quem usa aplicativo autenticador não entra com ele: depois de confirmar quem é, "access factors CPF --remove".',
  );
}

export async function removeFactors(
  cpf: string,
  options: AccessOptions & { readonly remove?: boolean },
  context: ProgramContext,
): Promise<void> {
  if (options.remove !== true) {
    throw new GuaritaError('option-invalid', 'Com --remove, tira os segundos fatores de quem os perdeu.');
  }
  const { factors, sessions } = await atAccess(options, context, 'removeFactors', { cpf: cpfOf(cpf) });
  context.print(`✓ Segundos fatores removidos: ${factors}; ${counted(sessions)}.`);
  context.print(
    '→ Ao entrar, a pessoa cadastra outro. Confirme antes, por telefone ou pessoalmente, que é ela.',
  );
}
