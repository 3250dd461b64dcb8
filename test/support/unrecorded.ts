import { registerHooks } from 'node:module';
import './one-file/use.ts';

/** What tap imports, and what is imported in its place: by the end of its specifier. */
const instead: readonly (readonly [string, string])[] = [
  // A recorder for coverage, which nobody asks for: it reads every imported file a second time and looks for its source
  // map. That would be a quarter of a second a process, and programs that run otherwise than they do elsewhere.
  ['/@tapjs/processinfo/dist/esm/import.mjs', 'data:text/javascript,'],
  ['async-hook-domain', new URL('error-domain.ts', import.meta.url).href],
];

/** Imported before all else in the process of a test file (`.taprc`). */
registerHooks({
  resolve(specifier, context, next) {
    const found = instead.find(([end]) => specifier.endsWith(end));
    return found === undefined ? next(specifier, context) : { url: found[1], shortCircuit: true };
  },
});

process.setSourceMapsEnabled(false);
// Processes that the test starts are not the test's own, but they need not load more files than it does.
process.env.NODE_OPTIONS = `--import=${new URL('one-file/use.ts', import.meta.url).href}`;
