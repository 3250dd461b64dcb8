import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isSea } from 'node:sea';
import { GuaritaError } from '../../../shared/errors.ts';
import { packagedFile } from '../../base/packaged-file.ts';
import { helpPictures } from '../help/articles.ts';
import type { Asset, Assets } from '../html/assets.ts';
import { assetPath } from './path.ts';

/** Where `npm run build:console` puts them; a packaged program carries them. */
const built = join(import.meta.dirname, '..', '..', '..', 'dist', 'console');

/**
 * What pages refer to, as it was built from the packages that it comes of. Throws `console-unbuilt`.
 * @param folder of the built files; in a packaged program they are inside
 */
export async function readAssets(folder = built): Promise<Assets> {
  const read = async (name: string, mediaType: string): Promise<Asset> => {
    const content = await contentOf(folder, name);
    return { path: assetPath(name, content), mediaType, content };
  };
  const [style, script, icon, font] = await Promise.all([
    read('estilo.css', 'text/css; charset=utf-8'),
    read('guarita.js', 'text/javascript; charset=utf-8'),
    read('guarita.svg', 'image/svg+xml'),
    read('raleway.woff2', 'font/woff2'),
  ]);
  const pictures = await Promise.all(helpPictures.map((name) => read(name, 'image/png')));
  return { style, script, icon, fonts: [font], pictures };
}

async function contentOf(folder: string, name: string): Promise<Buffer> {
  if (isSea()) return packagedFile(name);
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    throw new GuaritaError('console-unbuilt', '', { cause: error });
  }
}
