/** SQL that tells an instant as programs read it: ISO 8601 in UTC, to the millisecond. Null stays null. */
export function instant(expression: string): string {
  return textOf(expression, '.MS');
}

/** The same to the microsecond: all that the base keeps of it. */
export function wholeInstant(expression: string): string {
  return textOf(expression, '.US');
}

/** The same to the second, for what people read. */
export function instantToSecond(expression: string): string {
  return textOf(expression, '');
}

function textOf(expression: string, fraction: string): string {
  return `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS${fraction}"Z"')`;
}
