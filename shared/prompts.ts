import { GuaritaError } from './errors.ts';

/**
 * Questions to the person at the terminal, in Portuguese. The library is loaded when the first one is asked.
 * Each throws `option-invalid` where nobody can answer: what is asked for has an option, too.
 */

/** What is wrong with an answer, in a sentence; null when it will do. */
export type Check = (answer: string) => string | null;

/** Whether there is a person to be asked. */
export function isAsked(): boolean {
  return process.stdin.isTTY;
}

/** @throws `option-invalid` without a terminal */
export async function confirm(message: string, preset = false): Promise<boolean> {
  const answer = await askText(`${message} (${preset ? 'S/n' : 's/N'})`, {
    check: (text) => (yesOrNo(text, preset) === null ? 'Responda sim ou não.' : null),
    mayBeEmpty: true,
  });
  return yesOrNo(answer, preset) ?? preset;
}

/** As people write it, with or without the accent, by its beginning; null for anything else. */
export function yesOrNo(text: string, preset: boolean): boolean | null {
  const word = plain(text);
  if (word === '') return preset;
  if ('sim'.startsWith(word) || 'yes'.startsWith(word)) return true;
  return 'nao'.startsWith(word) || word === 'no' ? false : null;
}

function plain(text: string): string {
  return text.trim().toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
}

interface TextOptions {
  /** What an empty answer means. */
  readonly preset?: string | undefined;
  readonly check?: Check;
  readonly mayBeEmpty?: boolean;
}

/** Asks until the answer will do; without blanks around it. */
export async function askText(
  message: string,
  { preset, check = () => null, mayBeEmpty = false }: TextOptions = {},
): Promise<string> {
  const { input } = await load(message);
  const fault = (answer: string) => {
    const text = answer.trim();
    return text === '' && !mayBeEmpty ? 'Falta a resposta.' : check(text);
  };
  const answer = await ended(
    input({
      message,
      ...(preset === undefined ? {} : { default: preset }),
      validate: (text) => fault(text) ?? true,
      theme,
    }),
  );
  return answer.trim();
}

/** What is typed is not shown. */
export async function askPassword(message: string): Promise<string> {
  const { password } = await load(message);
  return ended(password({ message, toggleMask: false, theme: passwordTheme }));
}

/** @param preset which is marked at first */
export async function choose<T>(
  message: string,
  choices: readonly { readonly name: string; readonly value: T }[],
  preset?: T,
): Promise<T> {
  const { select } = await load(message);
  return ended(
    select({
      message,
      choices: [...choices],
      ...(preset === undefined ? {} : { default: preset }),
      theme: selectTheme,
    }),
  );
}

const theme = { prefix: { idle: '?', done: '✓' } };

/** What the library says in English. */
const selectTheme = { ...theme, style: { keysHelpTip: () => '↑↓ muda · Enter escolhe' } };
const passwordTheme = { ...theme, style: { maskedText: '' } };

/** Ctrl-C is told in Portuguese. Throws `question-abandoned`. */
async function ended<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ExitPromptError') throw error;
    throw new GuaritaError('question-abandoned');
  }
}

async function load(message: string) {
  if (!isAsked()) {
    throw new GuaritaError(
      'option-invalid',
      `Sem terminal para perguntar: "${message}" Use a opção da linha de comando.`,
    );
  }
  return import('@inquirer/prompts');
}
