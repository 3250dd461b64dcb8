/** What two spellings of one code have in common: its letters and digits, without case and accents. */
export function codeForm(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toUpperCase();
}
