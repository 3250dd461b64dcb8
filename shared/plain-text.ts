/**
 * What would act on a terminal, or be seen nowhere: control characters, those that turn the direction of a text, that join
 * or hide, and line ends of other kinds.
 */
const acting = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
/** The same but line breaks. */
const actingInLines = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/gu;

/** What people wrote, in one line, without what would act on a terminal. */
export function plainText(text: string): string {
  return text.replace(acting, ' ');
}

/** The same of a text of several lines. */
export function plainLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(actingInLines, ' ');
}

/** JSON that says the same, in one line, with such characters escaped. */
export function plainJson(value: unknown): string {
  return escapedJson(JSON.stringify(value));
}

/** The same of what is JSON already, a line each. */
export function escapedJson(json: string): string {
  return json.replace(actingInLines, (character) =>
    // Beyond the basic plane it is two.
    character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
