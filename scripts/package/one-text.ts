import type { BuildOptions } from 'esbuild';
import { root } from './programs.ts';

/** How a text is bundled that is whole by itself: CommonJS that Node runs without any file beside it. */
export const oneText = {
  absWorkingDir: root,
  write: false,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node24',
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'error',
} as const satisfies BuildOptions;
