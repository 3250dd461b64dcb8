import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isSea } from 'node:sea';
import { GuaritaError } from '../../../shared/errors.ts';
import { packagedFile } from '../../base/packaged-file.ts';
import type { Asset, Assets } from '../html/assets.ts';

/** Where `npm run build:console` puts them; a packaged program carries them. */
const folder = join(import.meta.dirname, '..', '..', '..', 'dist', 'console');

/** What pages refer to, as it was built from the packages that it comes of. Throws `console-unbuilt`. */
export async function readAssets(): Promise<Assets> {
  const [style, script, ...fonts] = await Promise.all([
    readAsset('estilo.css', 'text/css; charset=utf-8'),
    readAsset('guarita.js', 'text/javascript; charset=utf-8'),
    ...['raleway-400.woff2', 'raleway-600.woff2'].map((name) => readAsset(name, 'font/woff2')),
  ]);
  return { style, script, fonts };
}

async function readAsset(name: string, mediaType: string): Promise<Asset> {
  const content = await contentOf(name);
  const version = hash('sha256', content, 'hex').slice(0, 12);
  return { path: `/recursos/${version}/${name}`, mediaType, content };
}

async function contentOf(name: string): Promise<Buffer> {
  if (isSea()) return Buffer.from(packagedFile(name));
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    throw new GuaritaError('console-unbuilt', '', { cause: error });
  }
}
