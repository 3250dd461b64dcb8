import { execSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import project from '../../package.json' with { type: 'json' };
import { pgliteTemplate } from './bases.ts';
import { cachedFolder } from './cached-folder.ts';
import { postgresTemplate } from './postgres.ts';

// `npm run build:test` makes what test files copy: six that start at once would each make it, four seconds of the
// processor for PGlite alone.
await pgliteTemplate();
await postgresTemplate();

// The same of tap with the plugins that .taprc names, which it compiles for ten seconds; what is kept says that it has.
const plugins = hash('sha256', readFileSync(join(import.meta.dirname, '..', '..', '.taprc')));
await cachedFolder(`tap-${project.devDependencies.tap}-${plugins.slice(0, 16)}`, () => {
  execSync('tap build', { stdio: 'inherit' });
  return Promise.resolve();
});
