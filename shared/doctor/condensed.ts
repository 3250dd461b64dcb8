import type { Check } from './check.ts';

/** What is well with one thing of which there may be many, such as a view, shares a line. @param name of that line */
export function condensed<Name extends string>(checks: readonly Check<Name>[], name: Name): Check<Name>[] {
  const lines: Check<Name>[] = [];
  const places = new Map<string, number>();
  for (const check of checks) {
    const { subject, health, message } = check;
    const place = subject === null ? undefined : places.get(subject);
    const line = place === undefined ? undefined : lines[place];
    if (subject === null || health !== 'ok') lines.push(check);
    else if (place !== undefined && line !== undefined) {
      lines[place] = { ...line, message: `${line.message}; ${message}` };
    } else {
      places.set(subject, lines.length);
      lines.push({ ...check, check: name });
    }
  }
  return lines;
}
