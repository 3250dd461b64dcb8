/**
 * The text of a file that people wrote, in UTF-8, or as its mark says (BOM), which is no part of it: Windows puts one there,
 * and its PowerShell writes UTF-16.
 */
export function textOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
