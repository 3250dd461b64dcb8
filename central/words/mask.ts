import type { KeyText } from '../../shared/sources/view-source.ts';

/** Longest text that is shown of a key in a table. */
const longestShown = 60;

/**
 * A key's value with only its begin to be seen: at most two characters, and never more than a third of it, so that a
 * number of a person or a process is not given away where nobody asked for it. Enough to tell some rows apart.
 */
export function maskText(text: string): string {
  const characters = Array.from(text);
  return `${characters.slice(0, Math.min(2, Math.floor(characters.length / 3))).join('')}…`;
}

/** A key as people read it: masked unless asked for; its values parted by " / ", null and bytes told apart from text. */
export function keyText(key: readonly KeyText[], reveal: boolean): string {
  return key.map((value) => valueText(value, reveal)).join(' / ');
}

function valueText(value: KeyText, reveal: boolean): string {
  if (value === null) return '(nulo)';
  if (value.startsWith('\0')) return reveal ? `(bytes) ${shorten(value.slice(1))}` : '(bytes)';
  if (value.trim() === '') return '(em branco)';
  return reveal ? shorten(value) : maskText(value);
}

function shorten(text: string): string {
  const characters = Array.from(text);
  return characters.length <= longestShown ? text : `${characters.slice(0, longestShown).join('')}…`;
}
