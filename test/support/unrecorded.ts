import { registerHooks } from 'node:module';
import './one-file/use.ts';

/**
 * Imported before all else in the process of a test file (`.taprc`). tap imports a recorder into that process and into each
 * that it starts: it reads every imported file a second time and looks for its source map, for coverage, which nobody asks
 * for. That would be a quarter of a second a process, and programs that run otherwise than they do elsewhere.
 */
const hook = registerHooks({
  resolve(specifier, context, next) {
    if (specifier.endsWith('/@tapjs/processinfo/dist/esm/import.mjs')) {
      return { url: 'data:text/javascript,', shortCircuit: true };
    }
    // The test file itself. From here on each import would go through here.
    hook.deregister();
    return next(specifier, context);
  },
});

process.setSourceMapsEnabled(false);
// Processes that the test starts are not the test's own, but they need not load more files than it does.
process.env.NODE_OPTIONS = `--import=${new URL('one-file/use.ts', import.meta.url).href}`;
