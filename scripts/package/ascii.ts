/**
 * Code in ASCII alone, which means the same: programs keep one byte a character. esbuild escapes what stands in texts, not
 * in regular expressions, where a character that is cut to a byte is another one, or makes a range that does not compile.
 */
export function ascii(code: string): string {
  return code.replaceAll(/(\\*)([^\0-\x7f])/g, (_, backslashes: string, other: string) => {
    // One that escapes it would escape the escape's own.
    const before = backslashes.length % 2 === 0 ? backslashes : backslashes.slice(1);
    return `${before}\\u${other.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
