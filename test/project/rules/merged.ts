import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { root } from '../../../scripts/docs/sources.ts';

/** What a merge leaves that nobody looked through; `=======` is also a heading's underline, and never comes alone. */
const marker = /^(?:<{7}|\|{7}|>{7})(?= |$)/m;

/** What people and programs wrote, generated pictures aside. */
const written = ['*', '.*', '{.ci,agent,central,docs,scripts,shared,test}/**/*'];
const texts = /\.(?:css|html|js|json|md|mjs|sh|sql|ts|txt|ya?ml)$|^[^.]+$|^\.[^/]+$/;

export function merged(t: Test): void {
  t.ok(marker.test(`a\n${'|'.repeat(7)} 21f5287\nb`));
  const files = globSync(written, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && texts.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
  t.ok(files.length > 1000);
  t.strictSame(
    files.filter((file) => marker.test(readFileSync(file, 'utf8'))),
    [],
  );
  t.end();
}
