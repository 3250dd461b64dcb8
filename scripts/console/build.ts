import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { assetPath } from '../../central/console/assets/path.ts';
import { helpPictures } from '../../central/console/help/articles.ts';
import { root } from '../docs/sources.ts';
import { fontFile } from './made-of.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/** Of a file that pages refer to: bytes as it is, and as it goes over the line. */
export interface Built {
  readonly name: string;
  readonly bytes: number;
  readonly sent: number;
}

/** Those of the articles of help, by their names. */
async function pictures(): Promise<Record<string, Buffer>> {
  const folder = join(root, 'central/console/help/pictures');
  return Object.fromEntries(
    await Promise.all(helpPictures.map(async (name) => [name, await readFile(join(folder, name))] as const)),
  );
}

/** Makes what pages refer to besides themselves, in a folder: `estilo.css`, `guarita.js`, an icon, a font, and pictures of help. */
export async function buildConsole(folder: string): Promise<readonly Built[]> {
  const font = await readFile(join(root, fontFile));
  const files: Readonly<Record<string, Buffer>> = {
    'estilo.css': Buffer.from(await style(assetPath('raleway.woff2', font))),
    'guarita.js': Buffer.from(await script()),
    'guarita.svg': await readFile(join(root, 'central/console/assets/guarita.svg')),
    'raleway.woff2': font,
    ...(await pictures()),
  };
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    // Whoever reads it meanwhile, or makes it as well, finds the one or the other, whole.
    const partial = join(folder, `${name}.${process.pid}.partial`);
    await writeFile(partial, content);
    await rename(partial, join(folder, name));
  }
  return Object.entries(files).map(([name, content]) => ({
    ...{ name, bytes: content.length },
    sent: /\.(woff2|png)$/.test(name) ? content.length : gzipSync(content, { level: 9 }).length,
  }));
}
