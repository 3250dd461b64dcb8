import { GuaritaError } from '../errors.ts';
import { confirm, isAsked } from '../prompts.ts';

/** Names as one option lists them: `a,b`. */
export function namesIn(list: string | undefined): string[] {
  return (list ?? '').split(',').flatMap((name) => name.trim() || []);
}

/**
 * The names that an option lists, each of which has to be among those that are meant: another is most likely a slip.
 * Throws `option-invalid`. @param fault what is wrong with the others, before their names
 */
export function namesAmong(list: string | undefined, meant: readonly string[], fault: string): string[] {
  const names = namesIn(list);
  const stray = names.filter((name) => !meant.includes(name));
  if (stray.length === 0) return names;
  throw new GuaritaError('option-invalid', `${fault} ${stray.join(', ')}.`);
}

/**
 * An invitation is good for one answer, so neither side lets it go for less than was asked for without its own word:
 * told beforehand, by name, or given to a question. Throws `views-withheld`.
 * @param withheld what was asked for, and would not be granted
 */
export async function requireWord(
  withheld: readonly string[],
  told: readonly string[],
  question: string,
): Promise<void> {
  const untold = withheld.filter((view) => !told.includes(view));
  if (untold.length === 0) return;
  const names = untold.join(', ');
  if (isAsked() && (await confirm(`De fora: ${names}. ${question}`))) return;
  throw new GuaritaError('views-withheld', `De fora: ${names}.`);
}
