import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { parseSync, Visitor } from 'oxc-parser';
import { PurgeCSS } from 'purgecss';
import { readSources, root, type Source } from '../docs/sources.ts';
import { designSystem } from './made-of.ts';

/** Our own, after it, in this order. */
const own = [
  ...['base', 'shell', 'content', 'forms', 'tables', 'charts', 'pictures', 'person', 'network', 'paper'],
].map((name) => `central/console/assets/style/${name}.css`);

/** Browsers from about 2021 on. */
export const targets = ['chrome90', 'firefox90', 'safari15'];

/**
 * The style of all pages: of the design system what their templates use, then our own; small, and of one font, which
 * is asked for at `font`.
 */
export async function style(font: string): Promise<string> {
  const texts = readSources('central/console').map(textsOf);
  const parts = [designSystem, ...own].map((name) => readFile(join(root, name), 'utf8'));
  // As one: of a custom property it is not seen that another file uses it.
  const raw = (await Promise.all(parts)).join('\n').replace('@charset "UTF-8";', '');
  const [purged] = await new PurgeCSS().purge({
    ...{ css: [{ raw }], variables: true, keyframes: true },
    content: texts.map((text) => ({ raw: text, extension: 'html' })),
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
    // What the browser itself makes or says, rather than a template.
    safelist: { standard: ['html', 'body', 'head', ':focus-visible'] },
  });
  const face = `@font-face { font-family: Raleway; font-weight: 100 900; font-display: swap; src: url(${font}) format("woff2"); }`;
  const whole = `${face}\n${purged?.css ?? ''}`;
  const { code } = await transform(whole, {
    ...{ loader: 'css', minify: true, target: targets, legalComments: 'none' },
  });
  return `/* @govbr-ds/core, MIT, SERPRO */${code}`;
}

/** The texts of a source, parts of its templates and names of properties among them: a class is one of them, whole. */
function textsOf({ name, text }: Source): string {
  const texts: string[] = [];
  new Visitor({
    Literal: ({ value }) => {
      if (typeof value === 'string') texts.push(value);
    },
    Property: ({ key }) => {
      if (key.type === 'Identifier') texts.push(key.name);
    },
    TemplateElement: ({ value }) => {
      texts.push(value.raw);
    },
  }).visit(parseSync(name, text).program);
  return texts.join('\n');
}
