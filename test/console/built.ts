import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', 'dist', 'console');
const names = [
  'estilo.css',
  'guarita.js',
  'guarita.svg',
  'raleway.woff2',
  'raleway-400.woff2',
  'raleway-600.woff2',
];

/** Something in the place of each file that pages refer to and nobody has built yet: a console starts with them. */
export function withAssets(): void {
  mkdirSync(folder, { recursive: true });
  for (const file of names.map((name) => join(folder, name))) {
    if (!existsSync(file)) writeFileSync(file, '');
  }
}
