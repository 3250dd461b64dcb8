const marks = /\p{M}+/gu;

/**
 * A text as it is compared, never as it is shown: upper case without diacritics. The same for all spellings that
 * differ only by these.
 */
export function matchForm(text: string): string {
  const upper = text.toUpperCase();
  return isAscii(upper) ? upper : upper.normalize('NFD').replace(marks, '').normalize('NFC');
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}
