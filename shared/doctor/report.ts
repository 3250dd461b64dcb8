import type { Check } from './check.ts';

const marks: Readonly<Record<Check['health'], string>> = {
  ok: '✓',
  warning: '!',
  critical: '✗',
  unchecked: '–',
};

/**
 * The checks for people: a line for each, and below it what to do next. Those in a row that were not made for the same
 * reason share a line.
 * @param names what each check is called in Portuguese
 */
export function checkLines<Name extends string>(
  checks: readonly Check<Name>[],
  names: Readonly<Record<Name, string>>,
): string[] {
  const nameOf = ({ check, subject }: Check<Name>) =>
    `${names[check]}${subject === null ? '' : ` ${subject}`}`;
  const lines: string[] = [];
  let unchecked: Check<Name>[] = [];
  const tellUnchecked = () => {
    const [first] = unchecked;
    if (first !== undefined) {
      // Of each thing that there may be many of, its name alone.
      const told = unchecked.map(({ check, subject }) => subject ?? names[check]);
      lines.push(`${marks.unchecked} ${first.message}: ${[...new Set(told)].join(', ')}`);
    }
    unchecked = [];
  };
  for (const check of checks) {
    if (check.health !== 'unchecked' || (unchecked[0]?.message ?? check.message) !== check.message) {
      tellUnchecked();
    }
    if (check.health === 'unchecked') unchecked.push(check);
    else {
      lines.push(`${marks[check.health]} ${nameOf(check)}: ${check.message}`);
      if (check.next !== null) lines.push(`  → ${check.next}`);
    }
  }
  tellUnchecked();
  return lines;
}
