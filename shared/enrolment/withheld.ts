import { GuaritaError } from '../errors.ts';
import { confirm, isAsked } from '../prompts.ts';

/** Names as one option lists them: `a,b`. */
export function namesIn(list: string | undefined): string[] {
  return (list ?? '').split(',').flatMap((name) => name.trim() || []);
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
