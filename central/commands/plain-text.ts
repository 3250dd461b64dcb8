/** What people wrote, without what would act on a terminal: control characters, and those that turn its direction. */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
}

/** JSON that says the same, with such characters escaped. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\p{Cc}\p{Cf}]/gu, (character) =>
    // Beyond the basic plane it is two.
    character.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
}
