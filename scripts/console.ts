import { join } from 'node:path';

/**
 * `npm run build:console`: what the console's pages refer to, in `dist/console`. After an install (`npm prepare`, with
 * `--if-possible`) it says so and ends well where the packages that they are made of were left out (`npm ci --omit=dev`):
 * all but the console works without.
 */
const ifPossible = process.argv.includes('--if-possible');
try {
  const { buildConsole } = await import('./console/build.ts');
  for (const { name, bytes, sent } of await buildConsole(
    join(import.meta.dirname, '..', 'dist', 'console'),
  )) {
    const size = `${(bytes / 1000).toFixed(1)} kB`;
    const gzip = sent === bytes ? '' : `, ${(sent / 1000).toFixed(1)} kB gzip`;
    process.stdout.write(`${name}: ${size}${gzip}\n`);
  }
} catch (error) {
  const isLeftOut = (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
  if (!ifPossible || !isLeftOut) throw error;
  process.stdout.write(
    'Os arquivos do console não foram montados: faltam os pacotes de desenvolvimento. Para servir o console: npm ci, e depois npm prune --omit=dev.\n',
  );
}
