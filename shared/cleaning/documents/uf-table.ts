import { getStates } from '@brazilian-utils/brazilian-utils/get-states';
import { codeForm } from '../../dictionary/codes/code-form.ts';

const states = getStates();

/** The two letters of each state. */
export const ufs: readonly string[] = states.map(({ code }) => code);

const byWord = new Map(
  states.flatMap(({ code, name, ibgeCode }) =>
    [code, name, String(ibgeCode)].map((word) => [codeForm(word), code]),
  ),
);

/** The state's two letters, by these, by its name in any spelling, or by its number at the IBGE. */
export function ufOf(text: string): string | null {
  return byWord.get(codeForm(text)) ?? null;
}
