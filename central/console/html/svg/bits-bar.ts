import { type Html, html } from '../html.ts';

/** Half of the bar's width, and the bits that fill it; what is more is not longer. */
const [half, most] = [80, 12];

/**
 * A weight as a bar from the middle: to the right and full what speaks for it, to the left and empty what speaks against
 * it. It says nothing that the number beside it does not, so who has the page read to them hears the number alone.
 */
export function bitsBar(bits: number): Html {
  const length = Math.round((Math.min(Math.abs(bits), most) / most) * half);
  const isFor = bits >= 0;
  return html`<svg class="barra" width="${half * 2 + 4}" height="14" viewBox="0 0 ${half * 2 + 4} 14" aria-hidden="true" focusable="false">
  <rect class="${isFor ? 'a-favor' : 'contra'}" x="${half + 2 - (isFor ? 0 : length)}" y="2" width="${length}" height="10"></rect>
  <line class="eixo" x1="${half + 2}" y1="0" x2="${half + 2}" y2="14"></line>
</svg>`;
}
