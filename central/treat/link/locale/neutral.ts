import type { Locale } from './locale.ts';
import { soundBy } from './sounds.ts';

/** Of no language: words are compared as they are written, in any script. */
export const neutral: Locale = {
  name: 'neutral',
  particles: new Set(),
  suffixes: new Map(),
  nicknames: new Map(),
  abbreviations: new Map(),
  sound: soundBy([]),
};
