import { type Html, html } from './html.ts';
import { iconPaths } from './icon-paths.ts';

export type Icon = keyof typeof iconPaths;

/** A picture beside words that say the same: nobody has it read to them. */
export function icon(name: Icon): Html {
  const { box, path } = iconPaths[name];
  return html`<svg class="icone" viewBox="${box}" aria-hidden="true" focusable="false"><path d="${path}"></path></svg>`;
}
