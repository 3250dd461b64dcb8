import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import Type from 'typebox';
import Value from 'typebox/value';
import { parse } from 'yaml';
import { assetPath } from '../../central/console/assets/path.ts';

const articleSchema = Type.Object(
  {
    title: Type.String({ minLength: 1 }),
    category: Type.String({ minLength: 1 }),
    keywords: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
    symptom: Type.String({ minLength: 1 }),
    problem: Type.String({ minLength: 1 }),
  },
  { additionalProperties: false },
);

/** A picture of a page, beside the articles: its name is that of the page, as the test in a browser has it. */
const pictureName = /^[a-z0-9-]+\.png$/;

/** Tags in an article are text; a link leads to a page of this site, and a picture is one of those beside the articles. */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable('table');
markdown.validateLink = (address) => /^\/(?!\/)/.test(address) || pictureName.test(address);

/**
 * The articles of help as the console carries them: JSON of a list, in the order of their files.
 * @param pictures the folder of their pictures
 */
export function helpArticles(folder: string, pictures: string): string {
  markdown.renderer.rules.image = (tokens, index) => {
    const token = tokens[index];
    return pictureTag(pictures, String(token?.attrGet('src')), token?.content ?? '');
  };
  const names = readdirSync(folder).filter((name) => name.endsWith('.md'));
  const articles = names.sort().map((name) => ({
    id: name.replace(/\.md$/, ''),
    ...articleOf(readFileSync(join(folder, name), 'utf8'), name),
  }));
  return `${JSON.stringify(articles, null, 2)}\n`;
}

/** As wide as it was photographed; a browser that shows less of the page fetches it later. */
function pictureTag(folder: string, name: string, shown: string): string {
  const content = readFileSync(join(folder, name));
  // The header of a PNG: width and height are its first two numbers.
  const [width, height] = [content.readUInt32BE(16), content.readUInt32BE(20)];
  const { escapeHtml } = markdown.utils;
  return `<img class="figura" src="${assetPath(name, content)}" alt="${escapeHtml(shown)}" width="${width}" height="${height}" loading="lazy">`;
}

/** Of a file: what stands between its two lines of `---` is YAML, what follows is the solution, in Markdown. */
function articleOf(text: string, name: string) {
  const [, front, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [];
  const told: unknown = parse(front ?? '');
  if (!Value.Check(articleSchema, told)) throw new Error(`${name} does not begin as an article does.`);
  const words = (body ?? '').trim();
  const pictures = [...words.matchAll(/!\[[^\]]*\]\(([^)]*)\)/g)].map(([, picture]) => picture);
  return { ...told, solution: markdown.render(words), words, pictures };
}
