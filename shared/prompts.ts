import { GuaritaError } from './errors.ts';

/**
 * Questions to the person at the terminal, in Portuguese. The library is loaded when the first one is asked.
 * Each throws `option-invalid` where nobody can answer: what is asked for has an option, too.
 */

/** @throws `option-invalid` without a terminal */
export async function confirm(message: string, preset = false): Promise<boolean> {
  const prompts = await load(message);
  return prompts.confirm({ message, default: preset, theme, transformer: (yes) => (yes ? 'sim' : 'não') });
}

export async function askText(message: string, preset?: string): Promise<string> {
  const { input } = await load(message);
  return input({ message, ...(preset === undefined ? {} : { default: preset }), theme });
}

/** What is typed is not shown. */
export async function askPassword(message: string): Promise<string> {
  const { password } = await load(message);
  return password({ message, theme });
}

export async function choose<T>(
  message: string,
  choices: readonly { readonly name: string; readonly value: T }[],
): Promise<T> {
  const { select } = await load(message);
  return select({ message, choices: [...choices], theme });
}

const theme = { prefix: { idle: '?', done: '✓' } };

async function load(message: string) {
  if (!process.stdin.isTTY) {
    throw new GuaritaError(
      'option-invalid',
      `Sem terminal para perguntar: "${message}" Use a opção da linha de comando.`,
    );
  }
  return import('@inquirer/prompts');
}
