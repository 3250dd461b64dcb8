import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fileOf, folder, packages } from './packages.ts';

/**
 * Imported before all else in the processes of tests and of the programs that they start. Node takes a third of a
 * millisecond for each file that it loads, and half of those that a program loads are of a few packages: they are
 * imported as one file each, as the packaged programs have them.
 */
const files = new Map<string, string>(
  existsSync(folder) ? packages.map((name) => [name, pathToFileURL(join(folder, fileOf(name))).href]) : [],
);

registerHooks({
  resolve(specifier, context, next) {
    const url = files.get(specifier);
    // Packages have what they import in a version of their own.
    if (url === undefined || context.parentURL?.includes('/node_modules/') === true) {
      return next(specifier, context);
    }
    return { url, format: 'module', shortCircuit: true };
  },
});
