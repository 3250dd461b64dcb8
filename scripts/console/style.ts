import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { parseSync, Visitor } from 'oxc-parser';
import { PurgeCSS } from 'purgecss';
import { readSources, root, type Source } from '../docs/sources.ts';
import { designSystem } from './made-of.ts';

/** Our own, after it, in this order. */
const own = ['base', 'shell', 'content', 'forms', 'tables', 'paper'].map(
  (name) => `central/console/assets/style/${name}.css`,
);

/** Browsers from about 2021 on. */
export const targets = ['chrome90', 'firefox90', 'safari15'];

/**
 * The style of all pages: of the design system what their templates use, then our own; small, and of one font, which
 * is asked for at `font`.
 */
export async function style(font: string): Promise<string> {
  const texts = readSources('central/console').map(textsOf);
  const css = await Promise.all(
    [designSystem, ...own].map(async (name) => ({ raw: await readFile(join(root, name), 'utf8'), name })),
  );
  const purged = await new PurgeCSS().purge({
    ...{ css, variables: true, keyframes: true },
    content: texts.map((raw) => ({ raw, extension: 'html' })),
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
    // What the browser itself is in, rather than what a template says.
    safelist: { standard: ['html', 'body', 'head'] },
  });
  const face = `@font-face { font-family: Raleway; font-weight: 100 900; font-display: swap; src: url(${font}) format("woff2"); }`;
  const whole = [face, ...purged.map((part) => part.css)].join('\n');
  const { code } = await transform(whole, {
    ...{ loader: 'css', minify: true, target: targets, legalComments: 'none' },
  });
  return `/* @govbr-ds/core, MIT, SERPRO */${code}`;
}

/** The texts of a source, the parts of its templates among them: a class is in one of them, whole. */
function textsOf({ name, text }: Source): string {
  const texts: string[] = [];
  new Visitor({
    Literal: ({ value }) => {
      if (typeof value === 'string') texts.push(value);
    },
    TemplateElement: ({ value }) => {
      texts.push(value.raw);
    },
  }).visit(parseSync(name, text).program);
  return texts.join('\n');
}
