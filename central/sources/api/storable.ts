/**
 * A text as SQLite keeps it without changing any of it. JSON may hold half of a surrogate pair, which UTF-8 has no bytes
 * for: instead of another character in its place it is kept as the bytes that it would have, which are no text, and are
 * marked as such on the way.
 */
export function storable(text: string | null): string | Buffer | null {
  if (text === null || text.isWellFormed()) return text;
  return Buffer.concat(
    Array.from(text, (character) => {
      const code = character.codePointAt(0) ?? 0;
      if (code < 0xd800 || code > 0xdfff) return Buffer.from(character);
      return Buffer.from([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]);
    }),
  );
}
