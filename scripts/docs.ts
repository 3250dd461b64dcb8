import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedDocs } from './docs/generate.ts';

/** `npm run docs`: writes the documents that are made from the code; a test says when they are out of date. */
const root = join(import.meta.dirname, '..');
for (const [name, text] of Object.entries(await generatedDocs())) {
  const file = join(root, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
}
