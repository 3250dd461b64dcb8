import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { generatedDocs } from '../../scripts/docs/generate.ts';
import { softwareVersion } from '../../shared/version.ts';

const root = join(import.meta.dirname, '..', '..');

await t.test('the generated documents are those that "npm run docs" makes', async (t) => {
  for (const [name, text] of Object.entries(await generatedDocs())) {
    t.equal(readFileSync(join(root, name), 'utf8'), text, name);
  }
});

await t.test('package.json and the programs have one version', (t) => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  t.equal(softwareVersion, version);
  t.end();
});
