import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../docs/sources.ts';
import { targets } from './style.ts';

/** The one script of all pages. */
export async function script(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'central/console/browser/main.ts')],
    ...{ absWorkingDir: root, write: false, bundle: true, format: 'esm', platform: 'browser', minify: true },
    ...{ target: targets, legalComments: 'none', logLevel: 'error' },
    tsconfig: join(root, 'central/console/browser/tsconfig.json'),
  });
  return outputFiles[0]?.text ?? '';
}
