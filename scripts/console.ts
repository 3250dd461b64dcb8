import { join } from 'node:path';
import { buildConsole } from './console/build.ts';
import { root } from './docs/sources.ts';

/** `npm run build:console`: what the console's pages refer to, in `dist/console`. */
for (const { name, bytes, sent } of await buildConsole(join(root, 'dist', 'console'))) {
  const size = `${(bytes / 1000).toFixed(1)} kB`;
  const gzip = sent === bytes ? '' : `, ${(sent / 1000).toFixed(1)} kB gzip`;
  process.stdout.write(`${name}: ${size}${gzip}\n`);
}
