import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import MarkdownIt from 'markdown-it';
import Type from 'typebox';
import Value from 'typebox/value';
import { parse } from 'yaml';

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

/** Tags in an article are text; a link leads to a page of this site. */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable([
  'image',
  'table',
]);
markdown.validateLink = (address) => /^\/(?!\/)/.test(address);

/** The articles of help as the console carries them: JSON of a list, in the order of their files. */
export function helpArticles(folder: string): string {
  const names = readdirSync(folder).filter((name) => name.endsWith('.md'));
  const articles = names.sort().map((name) => ({
    id: name.replace(/\.md$/, ''),
    ...articleOf(readFileSync(join(folder, name), 'utf8'), name),
  }));
  return `${JSON.stringify(articles, null, 2)}\n`;
}

/** Of a file: what stands between its two lines of `---` is YAML, what follows is the solution, in Markdown. */
function articleOf(text: string, name: string) {
  const [, front, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [];
  const told: unknown = parse(front ?? '');
  if (!Value.Check(articleSchema, told)) throw new Error(`${name} does not begin as an article does.`);
  const words = (body ?? '').trim();
  return { ...told, solution: markdown.render(words), words };
}
