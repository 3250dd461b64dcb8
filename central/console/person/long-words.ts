import { html, type Shown } from '../html/html.ts';

/** A text whose words may be longer than there is place for: those alone are broken anywhere. Nothing is a dash. */
export function breakable(text: string | null): Shown {
  if (text === null) return '–';
  return /\S{31}/.test(text) ? html`<span class="longo">${text}</span>` : text;
}
