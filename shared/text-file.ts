import { readFileSync } from 'node:fs';
import { GuaritaError } from './errors.ts';

/**
 * The text of a file that a person may have written, in UTF-8, or as its mark says (BOM), which is no part of it: Windows
 * puts one there, and its PowerShell writes UTF-16. Never guessed: of a password in another encoding, letters with accents
 * would be others, and nobody would see which.
 *
 * Throws `text-unreadable`, naming file and line, and the errors of the system.
 */
export function readTextFile(file: string): string {
  const bytes = readFileSync(file);
  const encoding = encodingOf(bytes);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // What is wrong becomes this sign, which a text seldom has by itself.
    const at = new TextDecoder(encoding).decode(bytes).indexOf('\ufffd');
    throw unreadable(file, at, bytes, encoding, `não é ${encoding.toUpperCase()}`);
  }
  const nul = text.indexOf('\0');
  if (nul !== -1) throw unreadable(file, nul, bytes, encoding, 'tem um byte zero, que não é texto');
  return text;
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

function unreadable(
  file: string,
  at: number,
  bytes: Uint8Array,
  encoding: string,
  what: string,
): GuaritaError {
  const before = new TextDecoder(encoding).decode(bytes).slice(0, Math.max(at, 0));
  const line = before.split(/\r\n|\r|\n/).length;
  return new GuaritaError('text-unreadable', `Arquivo "${file}", linha ${line}: ${what}.`);
}
